package io.influtrace.worker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.scenario.StoryRunner;
import io.influtrace.worker.scenario.StoryText;
import io.influtrace.worker.testing.RedisServer;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.vertx.core.json.JsonObject;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A person is taken out of every corner of Redis, and the books stay as they are. */
@Timeout(60)
final class ErasureTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with();

    private static final String KIM =
            CustomerHash.of(new byte[32]).hash("kim@shop.example").orElseThrow();
    private static final String LEE =
            CustomerHash.of(new byte[32]).hash("lee@shop.example").orElseThrow();

    private static final String STORY = """
            - name: what kim and lee bought
              world: {coupons: {BEN10: {oncePerCustomer: true}}}
              steps:
                - {at: 2026-01-01T00:00:00Z, click: {visitor: kim, link: spring, creator: ava, as: c1}}
                - {at: 2026-01-01T00:00:00Z, click: {visitor: lee, link: spring, creator: ava, as: c2}}
                - {at: 2026-01-01T00:00:00Z, click: {visitor: kim, link: silent, creator: ben, as: c3}}
                - {at: 2026-01-02T00:00:00Z, order: {id: A, visitor: kim, value: 10, customer: kim@shop.example}}
                - {at: 2026-01-02T00:00:00Z, order: {id: B, value: 10, coupon: BEN10, customer: kim@shop.example}}
                - {at: 2026-01-02T00:00:00Z, order: {id: C, value: 10, coupon: BEN10, customer: lee@shop.example}}
                - {at: 2026-01-02T00:00:00Z, order: {id: D, value: 10, customer: lee@shop.example}}
                - {at: 2026-01-02T00:00:00Z, order: {id: E, value: 10, customer: Kim+x@shop.example}}
              expect: {orders: {A: {verdict: credited}, B: {verdict: credited}, E: {verdict: unattributed}}}
            """;

    @TempDir
    Path dataDir;

    private interface Look {
        void at(BackOffice office, RedisCommands<String, String> redis) throws Exception;
    }

    /** Redis as the story leaves it, byte for byte as characters. */
    private void afterTheStory(Look look) throws Exception {
        Redis redis = Redis.of(SERVER.address());
        try (StoryRunner runner = StoryRunner.on(redis)) {
            runner.run(StoryText.stories(new StringReader(STORY)).get(0));
        } finally {
            redis.close();
        }
        RedisClient client = RedisClient.create("redis://127.0.0.1:" + SERVER.port());
        try (BackOffice office = BackOffice.open(SERVER, dataDir)) {
            look.at(
                    office,
                    client.connect(new StringCodec(StandardCharsets.ISO_8859_1)).sync());
        } finally {
            client.shutdown();
        }
    }

    /** All that Redis holds, by key. */
    private static Map<String, String> everything(RedisCommands<String, String> redis) {
        Map<String, String> all = new TreeMap<>();
        for (String key : redis.keys("*")) {
            Object value = switch (redis.type(key)) {
                case "string" -> redis.get(key);
                case "hash" -> redis.hgetall(key);
                case "zset" -> redis.zrangeWithScores(key, 0, -1);
                case "list" -> redis.lrange(key, 0, -1);
                case "stream" -> redis.xrange(key, Range.create("-", "+"));
                case "set" -> redis.smembers(key);
                default -> throw new AssertionError("a type that nobody looks into: " + redis.type(key));
            };
            all.put(key, value.toString());
        }
        return all;
    }

    private static Map<String, String> books(RedisCommands<String, String> redis) {
        Map<String, String> books = everything(redis);
        books.keySet()
                .removeIf(key -> !key.endsWith("}balances")
                        && !key.contains("}d:")
                        && !key.contains("}n:")
                        && !key.contains("}ledger")
                        && !key.contains("}u:"));
        return books;
    }

    @Test
    void aCustomersHashIsGoneFromRecordsCodesReportsAndDeadLettersAndTheBooksStand() throws Exception {
        afterTheStory((office, redis) -> {
            redis.xadd(Keys.deadLetters(3), Map.of("cus", KIM, "dead.reason", "poison", "t", "order"));
            assertThat(everything(redis).toString()).contains(KIM).contains(LEE);
            Map<String, String> before = books(redis);

            BackOffice.Answer answer = office.as(
                    BackOffice.TOKEN,
                    "DELETE",
                    "/api/v1/customers",
                    new JsonObject().put("email", " KIM@shop.example").encode());

            assertThat(answer.json())
                    .isEqualTo(new JsonObject("{\"orders\":1,\"codes\":1,\"deadLetters\":1,\"waiting\":0}"));
            assertThat(everything(redis).toString()).doesNotContain(KIM).contains(LEE, "poison");
            assertThat(books(redis)).isEqualTo(before);
            assertThat(before).isNotEmpty();
            assertThat(office.differences()).isEmpty();
        });
    }

    @Test
    void aReportThatWaitsIsCountedAndLeftToBeSettled() throws Exception {
        afterTheStory((office, redis) -> {
            redis.xadd(Keys.reports(5), Map.of("cus", KIM));
            JsonObject body = new JsonObject().put("email", "kim@shop.example");
            JsonObject erased = office.as(BackOffice.TOKEN, "DELETE", "/api/v1/customers", body.encode())
                    .json();
            assertThat(erased.getInteger("waiting")).isEqualTo(1);
            assertThat(redis.xlen(Keys.reports(5))).isEqualTo(1);
        });
    }

    @Test
    void aVisitorIsGoneFromEveryRowAndEveryClickStillCounts() throws Exception {
        afterTheStory((office, redis) -> {
            String kim = row("kim".hashCode());
            String lee = row("lee".hashCode());
            assertThat(everything(redis).toString()).contains(kim).contains(lee);
            Map<String, String> before = books(redis);

            BackOffice.Answer answer = office.delete("/api/v1/visitors/" + Long.toHexString("kim".hashCode()));

            assertThat(answer.json()).isEqualTo(new JsonObject("{\"clicks\":2}"));
            assertThat(everything(redis).toString()).doesNotContain(kim).contains(lee);
            assertThat(books(redis)).isEqualTo(before);
            assertThat(office.differences()).isEmpty();
            assertThat(office.delete("/api/v1/visitors/" + Long.toHexString("kim".hashCode()))
                            .json()
                            .getInteger("clicks"))
                    .isZero();
        });
    }

    /** A visitor as it lies in a row. */
    private static String row(long visitor) {
        return new String(ByteBuffer.allocate(8).putLong(visitor).array(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatNamesNobodyIsRefusedAndOnlyAnAdminErases() throws Exception {
        afterTheStory((office, redis) -> {
            for (String id : new String[] {"0", "xyz", "12345678901234567"}) {
                assertThat(office.delete("/api/v1/visitors/" + id).json().getString("field"))
                        .isEqualTo("id");
            }
            assertThat(office.as(BackOffice.TOKEN, "DELETE", "/api/v1/customers", "{\"email\":\"kim\"}")
                            .json()
                            .getString("field"))
                    .isEqualTo("email");
            String member = office.post("/api/v1/tokens", new JsonObject("{\"role\":\"member\"}"))
                    .json()
                    .getString("token");
            assertThat(office.as(member, "DELETE", "/api/v1/visitors/ff", "").status())
                    .isEqualTo(403);
        });
    }
}
