package io.influtrace.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.worker.ledger.TimeIndex.Listed;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.redis.Script;
import io.influtrace.worker.testing.RedisServer;
import io.lettuce.core.ScriptOutputType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A time index answers what one sorted set would, from chunks that Redis keeps compact. */
final class TimeIndexTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with("--appendfsync", "no");

    private static final String INDEX = "{p00}oi";
    private static final Script MOVE = TimeIndex.script("list-and-unlist.lua");
    private static final int MOST = 64;
    private static final long NOW = 1_772_359_200_000L;

    private Redis redis;
    private RedisConnection<String> connection;

    @BeforeEach
    void connect() {
        redis = Redis.of(SERVER.address());
        connection = redis.connect();
    }

    @AfterEach
    void disconnect() {
        connection.close();
        redis.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void whatIsListedIsWhatASortedSetWouldList(long seed) {
        Random random = new Random(seed);
        Map<String, Long> model = new TreeMap<>();
        for (int i = 0; i < 1_500; i++) {
            String name = "shop/O-" + random.nextInt(900);
            long before = model.getOrDefault(name, 0L);
            boolean known = model.containsKey(name);
            if (known && random.nextInt(3) == 0) {
                move(name, Long.toString(before), "");
                model.remove(name);
            } else {
                // Many of one instant, many in a row, some long ago, some before 1970.
                long at = random.nextInt(5) == 0 ? random.nextLong(-5, 5) : NOW + i * 7L + random.nextLong(2) * 50;
                move(name, known ? Long.toString(before) : "", Long.toString(at));
                model.put(name, at);
            }
        }
        assertThat(all()).isEqualTo(sorted(model));
        long from = NOW + 2_000;
        long until = NOW + 4_000;
        List<Listed> within = sorted(model).stream()
                .filter(each -> each.at() >= from && each.at() <= until)
                .toList();
        assertThat(Answers.of(TimeIndex.oldest(connection, INDEX, from, until, 10_000))
                        .listed())
                .isEqualTo(within);
        List<Listed> reversed = new ArrayList<>(within);
        java.util.Collections.reverse(reversed);
        assertThat(Answers.of(TimeIndex.newest(connection, INDEX, from, until, 10_000))
                        .listed())
                .isEqualTo(reversed);
        assertThat(Answers.of(TimeIndex.newest(connection, INDEX, from, until, 1))
                        .listed())
                .isNotEmpty()
                .isEqualTo(reversed.subList(
                        0,
                        Answers.of(TimeIndex.newest(connection, INDEX, from, until, 1))
                                .listed()
                                .size()));
    }

    @Test
    void namesThatComeInTheirOrderFillTheirChunks() {
        int names = 2_000;
        for (int i = 0; i < names; i++) {
            move("shop/O-" + i, "", Long.toString(NOW + i * 3L + i % 7));
        }
        List<String> chunks = Answers.of(connection.async().zrange(INDEX, 0, -1));
        assertThat(chunks.size()).isLessThan(names / (MOST * 3 / 4));
        for (String chunk : chunks) {
            assertThat(Answers.of(connection.async().zcard(INDEX + ":" + chunk)))
                    .isLessThanOrEqualTo(MOST);
            assertThat(Answers.of(connection.async().objectEncoding(INDEX + ":" + chunk)))
                    .isIn("listpack", "ziplist");
        }
    }

    @Test
    void namesOfOneInstantStayTogetherHoweverManyTheyAre() {
        for (int i = 0; i < 200; i++) {
            move("shop/O-" + i, "", Long.toString(NOW));
            move("shop/late-" + i, "", Long.toString(NOW - 1 - i % 2));
        }
        assertThat(all()).hasSize(400);
        assertThat(Answers.of(TimeIndex.oldest(connection, INDEX, NOW, NOW, 1)).listed())
                .hasSize(200);
    }

    @Test
    void whatLeavesTakesItsChunkAlong() {
        for (int i = 0; i < 300; i++) {
            move("shop/O-" + i, "", Long.toString(NOW + i));
        }
        for (int i = 0; i < 300; i++) {
            move("shop/O-" + i, Long.toString(NOW + i), "");
        }
        assertThat(all()).isEmpty();
        assertThat(Answers.of(connection.async().keys("*"))).isEmpty();
    }

    private void move(String name, String leaves, String takes) {
        String[] arguments = {name, leaves, takes};
        CompletionStage<String> done = MOVE.run(connection, ScriptOutputType.VALUE, List.of(INDEX), arguments);
        assertThat(Answers.of(done)).isEqualTo("DONE");
    }

    /** Everything, part by part. */
    private List<Listed> all() {
        List<Listed> all = new ArrayList<>();
        OptionalLong from = OptionalLong.of(TimeIndex.BEGINNING);
        while (from.isPresent()) {
            TimeIndex.Part part =
                    Answers.of(TimeIndex.oldest(connection, INDEX, from.getAsLong(), Long.MAX_VALUE, 100));
            all.addAll(part.listed());
            from = part.next();
        }
        return all;
    }

    private static List<Listed> sorted(Map<String, Long> model) {
        return model.entrySet().stream()
                .map(each -> new Listed(each.getKey(), each.getValue()))
                .sorted(Comparator.comparingLong(Listed::at).thenComparing(Listed::name))
                .toList();
    }
}
