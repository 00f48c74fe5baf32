package io.influtrace.worker.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.redis.Partitions;
import io.influtrace.worker.attribution.Commission;
import io.influtrace.worker.attribution.Model;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.scenario.StoryRunner;
import io.influtrace.worker.testing.RedisServer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What another policy would have paid, in cents, and that asking changes nothing. */
final class ReplayTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with("--appendfsync", "no");

    private static final String STORY = """
        name: orders that a first click would have earned
        steps:
          - {at: 2026-03-01T10:00:00Z, click: {visitor: v1, link: spring, creator: ava, as: c1}}
          - {at: 2026-03-01T10:05:00Z, click: {visitor: v1, link: summer, creator: ben, as: c2}}
          - {at: 2026-03-02T11:00:00Z, order: {id: O-1, visitor: v1, value: "80.00"}}
          - {at: 2026-03-02T12:00:00Z, order: {id: O-2, tokens: [c1], value: "50.00"}}
          - {at: 2026-03-03T11:00:00Z, refund: {id: R-1, order: O-1, value: "40.00"}}
          - {at: 2026-03-20T10:00:00Z, click: {visitor: v2, link: spring, creator: cleo, as: c3}}
          - {at: 2026-03-30T10:00:00Z, order: {id: O-3, visitor: v2, value: "10.00"}}
          - {at: 2026-03-30T10:00:01Z, order: {id: O-4, value: "10.00", coupon: BEN10}}
        """;

    private Redis redis;
    private RedisConnection<String> connection;

    @BeforeEach
    void tell() throws Exception {
        redis = Redis.of(SERVER.address());
        connection = redis.connect();
        Map<String, Object> story = new Yaml(new SafeConstructor(new LoaderOptions())).load(STORY);
        try (StoryRunner runner = StoryRunner.on(redis)) {
            runner.run(story);
        }
    }

    @AfterEach
    void disconnect() {
        connection.close();
        redis.close();
    }

    @Test
    void theSamePolicyChangesNothing() {
        Replays.Result result = run(overlay(Optional.of(Model.LAST_CLICK), OptionalInt.of(30), Optional.empty()));
        assertThat(result.orders()).isEqualTo(4);
        assertThat(result.changed()).isZero();
        assertThat(result.examples()).isEmpty();
        assertThat(result.rows())
                .containsExactly(row("ben", "5.00", "5.00", "0.00"), row("cleo", "1.00", "1.00", "0.00"));
    }

    @Test
    void anotherModelMovesTheMoneyOfTheOrdersThatItConcerns() {
        Replays.Result result = run(overlay(Optional.of(Model.FIRST_CLICK), OptionalInt.empty(), Optional.empty()));
        assertThat(result.rows())
                .containsExactly(
                        row("ava", "0.00", "9.00", "9.00"),
                        row("ben", "5.00", "1.00", "-4.00"),
                        row("cleo", "1.00", "1.00", "0.00"));
        assertThat(result.changed()).isEqualTo(2);
        assertThat(result.examples())
                .extracting(example -> example.order().orderId())
                .containsExactly("O-1", "O-2");
        assertThat(result.examples().get(0).rows())
                .containsExactly(row("ava", "0.00", "4.00", "4.00"), row("ben", "4.00", "0.00", "-4.00"));
    }

    @Test
    void aShorterWindowLosesWhatCameLater() {
        Replays.Result result = run(overlay(Optional.empty(), OptionalInt.of(7), Optional.empty()));
        assertThat(result.rows())
                .containsExactly(row("ben", "5.00", "5.00", "0.00"), row("cleo", "1.00", "0.00", "-1.00"));
    }

    @Test
    void anotherCommissionIsPaidOnWhatStandsAfterRefunds() {
        Replays.Result result =
                run(overlay(Optional.empty(), OptionalInt.empty(), Optional.of(Commission.percent("12.5"))));
        assertThat(result.rows())
                .containsExactly(row("ben", "5.00", "6.25", "1.25"), row("cleo", "1.00", "1.25", "0.25"));
        Replays.Result fixed =
                run(overlay(Optional.empty(), OptionalInt.empty(), Optional.of(new Commission.Fixed(3, "JPY"))));
        assertThat(fixed.rows()).contains(row("ben", "JPY", "0", "6", "6"), row("ben", "5.00", "0.00", "-5.00"));
    }

    @Test
    void onlyOrdersOfTheSpanAreDecidedAgain() {
        long from = Instant.parse("2026-03-30T10:00:00Z").toEpochMilli();
        Overlay twice = overlay(Optional.empty(), OptionalInt.empty(), Optional.of(Commission.percent("20")));
        assertThat(replays().run(twice, from, from + 1).orElseThrow().rows())
                .containsExactly(row("cleo", "1.00", "2.00", "1.00"));
    }

    @Test
    void aDryRunWritesNothing() {
        Map<String, String> before = StoredKeys.dump(connection);
        run(overlay(Optional.of(Model.LINEAR), OptionalInt.of(3), Optional.of(Commission.percent("50"))));
        assertThat(StoredKeys.dump(connection)).isEqualTo(before);
    }

    private static Overlay overlay(Optional<Model> model, OptionalInt days, Optional<Commission> commission) {
        return new Overlay("main", model, days, commission);
    }

    private Replays replays() {
        return new Replays(connection, new Partitions(Partitions.DEFAULT_COUNT));
    }

    private Replays.Result run(Overlay overlay) {
        return replays().run(overlay, 0, Long.MAX_VALUE).orElseThrow();
    }

    private static Replays.Row row(String creator, String before, String after, String difference) {
        return row(creator, "USD", before, after, difference);
    }

    private static Replays.Row row(String creator, String currency, String before, String after, String difference) {
        return new Replays.Row(creator, currency, before, after, difference);
    }
}
