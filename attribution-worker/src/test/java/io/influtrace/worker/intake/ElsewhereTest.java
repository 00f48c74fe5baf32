package io.influtrace.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.order.PingReport;
import io.influtrace.protocol.order.ReportFields;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.catalog.CatalogStore;
import io.influtrace.worker.order.Facts;
import io.influtrace.worker.order.Tokens;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.testing.RedisServer;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What another worker has in hand is known, entry by entry, and forgotten once it is settled. */
final class ElsewhereTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with();

    private static final TokenKeys KEYS = TokenKeys.generate("k1", new Random(3));

    private final Claims claims = new Claims();
    private final Line line = new Line(1);
    private final List<String> ids = new ArrayList<>();
    private Redis redis;
    private RedisConnection<byte[]> connection;
    private CatalogStore store;
    private ReportStream other;
    private Elsewhere elsewhere;

    @BeforeEach
    void handOut() {
        redis = Redis.of(SERVER.address());
        connection = redis.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE), Redis.TIMEOUT);
        store = CatalogStore.open(redis, Clock.systemUTC());
        other = new ReportStream(connection, 0, "other");
        other.join();
        for (int i = 0; i < 6; i++) {
            ids.add(Answers.of(connection.async().xadd(Keys.reports(0), ping("token-" + i))));
        }
        Answers.of(other.next(6));
        Arrivals arrivals = new Arrivals(ClickTokens.of(KEYS), new Facts(store.catalog()));
        elsewhere = new Elsewhere(new ReportStream(connection, 0, "this"), arrivals, claims);
    }

    @AfterEach
    void disconnect() {
        store.close();
        connection.close();
        redis.close();
    }

    @Test
    void settledEntriesBetweenThoseInOtherHandsHideNone() {
        settled(1, 2);
        look();
        assertThat(claimed()).containsExactly("token-0", "token-3", "token-4", "token-5");
        settled(0, 4);
        look();
        assertThat(claimed()).containsExactly("token-3", "token-5");
    }

    @Test
    void whatThisWorkerHoldsIsNotElsewhere() {
        line.add(new Arrival(0, ids.get(3), new PingReport("shop", 10, List.of()), Tokens.NONE, List.of(), false));
        look();
        assertThat(claimed()).containsExactly("token-0", "token-1", "token-2", "token-4", "token-5");
    }

    @Test
    void whatIsTakenIntoHandLaterIsElsewhereNoMore() {
        look();
        line.add(new Arrival(0, ids.get(3), new PingReport("shop", 10, List.of()), Tokens.NONE, List.of(), false));
        look();
        assertThat(claimed()).containsExactly("token-0", "token-1", "token-2", "token-4", "token-5");
    }

    @Test
    void anEntryThatIsGoneFromTheStreamTakesNoTurn() {
        Answers.of(connection.async().xdel(Keys.reports(0), ids.get(2)));
        look();
        assertThat(claimed()).containsExactly("token-0", "token-1", "token-3", "token-4", "token-5");
    }

    private void look() {
        elsewhere.list(Answers.of(elsewhere.ask()), line);
        elsewhere.read();
        assertThat(elsewhere.unlisted()).isEqualTo(Line.ALL_READ);
    }

    private void settled(int... which) {
        for (int each : which) {
            Answers.of(connection.async().xack(Keys.reports(0), Keys.GROUP, ids.get(each)));
        }
    }

    /** The tokens that a report which came last would have to wait for. */
    private List<String> claimed() {
        List<String> claimed = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Arrival last = new Arrival(
                    0, "9-0", new PingReport("shop", 99, List.of()), Tokens.NONE, List.of("token-" + i), false);
            if (!claims.first(last)) {
                claimed.add("token-" + i);
            }
        }
        return claimed;
    }

    private static Map<String, byte[]> ping(String token) {
        Map<String, byte[]> fields = new HashMap<>();
        ReportFields.write(new PingReport("shop", 10, List.of(token)))
                .forEach((name, value) -> fields.put(name, value.getBytes(StandardCharsets.UTF_8)));
        return fields;
    }
}
