package io.influtrace.edge.order;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.Await;
import io.influtrace.edge.RealRedis;
import io.influtrace.edge.RunningEdge;
import io.influtrace.protocol.config.Change.Kind;
import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.order.CouponCode;
import io.influtrace.protocol.order.Item;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.PingReport;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.ReportFields;
import io.influtrace.protocol.order.Source;
import io.influtrace.protocol.order.SurveyReport;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Response;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pixel's calls over real HTTP and a real Redis. */
final class BeaconTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    private static final String CUSTOM = "/api/v1/integrations/custom/";
    private static final String SHOP = "https://shop.example.com";
    private static final String ORDER = "{\"orderId\":\"O-1\",\"value\":79.00,\"currency\":\"USD\"}";
    private static final Partitions PARTITIONS = new Partitions(16);
    private static RunningEdge edge;

    @BeforeAll
    static void start() throws Exception {
        for (String status : List.of("connected", "pending", "disconnected")) {
            RunningEdge.publish(
                    REDIS,
                    Kind.INTEGRATION,
                    status,
                    RunningEdge.shop(status, SHOP, status).write());
        }
        RunningEdge.publish(
                REDIS,
                Kind.INTEGRATION,
                "busy",
                RunningEdge.shop("busy", SHOP, "connected").write());
        IntegrationRecord stored = new IntegrationRecord(
                "second",
                "custom",
                Optional.of("http://localhost:8082"),
                "connected",
                "required",
                Optional.of("main-store"),
                Optional.empty());
        RunningEdge.publish(REDIS, Kind.INTEGRATION, "second", stored.write());
        edge = RunningEdge.start(REDIS, Map.of("RATE_LIMIT", "60"));
    }

    @AfterAll
    static void stop() {
        if (edge != null) {
            edge.close();
        }
    }

    private static HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of("Content-Type", "text/plain;charset=UTF-8"));
        all.addAll(List.of(headers));
        return edge.send("POST", CUSTOM + path, body, all.toArray(String[]::new));
    }

    private static HttpResponse<String> order(String body) throws Exception {
        return post("connected/orders", body, "Origin", SHOP);
    }

    private static List<Report> reports(int partition) {
        List<Report> reports = new ArrayList<>();
        for (Response entry : requireNonNull(REDIS.call("XRANGE", Keys.reports(partition), "-", "+"))) {
            Map<String, String> fields = new HashMap<>();
            Response pairs = entry.get(1);
            for (int i = 0; i < pairs.size(); i += 2) {
                fields.put(pairs.get(i).toString(), pairs.get(i + 1).toString());
            }
            reports.add(ReportFields.read(fields));
        }
        return reports;
    }

    private static OrderReport reported(String scope, String orderId) {
        OrderIdentity identity = new OrderIdentity(scope, orderId);
        return reports(PARTITIONS.of(identity)).stream()
                .filter(report ->
                        report instanceof OrderReport order && order.identity().equals(identity))
                .map(OrderReport.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static String code(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getString("code");
    }

    @Test
    void acceptedOrderLiesInItsStreamWithAllThatWasSaid() throws Exception {
        long before = System.currentTimeMillis();
        HttpResponse<String> answer = order("""
                {"orderId":" O-7 ","value":"79.5","currency":"usd","coupon":["ava10 ","AVA10","ben"],"discount":5,
                 "paymentStatus":"paid","customer":{"email":"Ava.Ro+x@gmail.com"},"tax":7.25,"shipping":0,
                 "items":[{"sku":"S\\t1","name":"Shirt\\nblue","quantity":2,"price":37.5,"collection":"new"}],
                 "tokens":["tok-one","tok_two"],"ref":"ava","ageMs":3600000,"unknown":{"a":[1]}}""");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"status\":\"accepted\"}");
        OrderReport report = reported("connected", "O-7");
        assertThat(report.value()).isEqualTo(7_950);
        assertThat(report.currency()).isEqualTo("USD");
        assertThat(report.source()).isEqualTo(Source.PIXEL);
        assertThat(report.integrationStatus()).isEqualTo("connected");
        assertThat(report.coupons()).containsExactly(new CouponCode("AVA10"), new CouponCode("BEN"));
        assertThat(report.tokens()).containsExactly("tok-one", "tok_two");
        assertThat(report.items()).containsExactly(new Item("S 1", "Shirt blue", 2, 3_750, "new"));
        assertThat(report.tax()).isEqualTo(OptionalLong.of(725));
        assertThat(report.shipping()).isEqualTo(OptionalLong.of(0));
        assertThat(report.discount()).isEqualTo(OptionalLong.of(500));
        assertThat(report.receivedAt()).isBetween(before, System.currentTimeMillis());
        assertThat(report.receivedAt() - report.occurredAt()).isEqualTo(3_600_000);
        assertThat(report.customer().orElseThrow()).matches("[\\w-]{22}");
        assertThat(REDIS.text("XRANGE", Keys.reports(PARTITIONS.of(report.identity())), "-", "+"))
                .doesNotContain("gmail");
    }

    @Test
    void numbersMayBeTextsAsThePixelAndManyShopsWriteThem() throws Exception {
        HttpResponse<String> answer = order("""
                {"orderId":"T-1","value":"79","currency":"USD","ageMs":"3600000",
                 "items":[{"sku":"7","quantity":"3","price":"37.50"}]}""");
        assertThat(answer.statusCode()).isEqualTo(202);
        OrderReport report = reported("connected", "T-1");
        assertThat(report.items()).containsExactly(new Item("7", "", 3, 3_750, ""));
        assertThat(report.receivedAt() - report.occurredAt()).isEqualTo(3_600_000);
    }

    @Test
    void ageOfAPageIsClippedToWhatItsOutboxHolds() throws Exception {
        order("{\"orderId\":\"old\",\"value\":1,\"currency\":\"EUR\",\"ageMs\":99999999999}");
        order("{\"orderId\":\"new\",\"value\":1,\"currency\":\"EUR\",\"ageMs\":-5}");
        OrderReport old = reported("connected", "old");
        assertThat(old.receivedAt() - old.occurredAt()).isEqualTo(7L * 86_400_000);
        OrderReport fresh = reported("connected", "new");
        assertThat(fresh.receivedAt()).isEqualTo(fresh.occurredAt());
    }

    @Test
    void storeNamedByTheIntegrationIsTheOrdersScope() throws Exception {
        HttpResponse<String> answer = post("second/orders", ORDER, "Origin", "http://LOCALHOST:8082");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("http://localhost:8082");
        assertThat(reported("main-store", "O-1").integration()).isEqualTo("second");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                              | origin_missing",
                "null                           | origin_mismatch",
                "http://shop.example.com        | origin_mismatch",
                "https://www.shop.example.com   | origin_mismatch",
                "https://shop.example.com:444   | origin_mismatch",
                "https://shop.example.com.      | origin_mismatch",
                "https://shop.example.com/      | origin_mismatch",
                "https://shop.example.com/a     | origin_mismatch",
                "https://a@shop.example.com     | origin_mismatch",
                "https://shop.example.com.evil  | origin_mismatch",
                "shop.example.com               | origin_mismatch"
            })
    void anyOtherOriginIsRefusedAndReadByNobody(String origin, String code) throws Exception {
        HttpResponse<String> answer = origin == null
                ? post("connected/orders", ORDER, "Referer", SHOP + "/thanks")
                : post("connected/orders", ORDER, "Origin", origin);
        assertThat(answer.statusCode()).isEqualTo(403);
        JsonObject problem = new JsonObject(answer.body());
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(problem.getBoolean("retry")).isFalse();
        assertThat(problem.getString("expected")).isEqualTo(SHOP);
        assertThat(problem.getString("got")).isEqualTo(origin == null ? "" : origin);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.headers().firstValue("Vary")).contains("Origin");
    }

    @Test
    void twoOriginsNeverMatch() throws Exception {
        assertThat(code(post("connected/orders", ORDER, "Origin", SHOP, "Origin", SHOP)))
                .isEqualTo("origin_mismatch");
    }

    @ParameterizedTest
    @CsvSource({"https://SHOP.example.com:443", "HTTPS://shop.EXAMPLE.com"})
    void spellingsOfTheSameOriginMatch(String origin) throws Exception {
        HttpResponse<String> answer = post("connected/orders", ORDER, "Origin", origin);
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(SHOP);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .contains("true");
        assertThat(answer.headers().firstValue("Access-Control-Expose-Headers"))
                .contains("Retry-After, Influtrace-Status");
    }

    @Test
    void unverifiedAndDisconnectedStoresAreToldSoReadably() throws Exception {
        for (String status : List.of("pending", "disconnected")) {
            HttpResponse<String> answer = post(status + "/orders", ORDER, "Origin", SHOP);
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(code(answer)).isEqualTo("integration_" + status);
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains(SHOP);
        }
        HttpResponse<String> unknown = post("nobody/orders", ORDER, "Origin", SHOP);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(new JsonObject(unknown.body()).getBoolean("retry")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "[]                                                                   | -",
                "{                                                                    | -",
                "{} {}                                                                | -",
                "{\"orderId\":\"a\",\"orderId\":\"b\",\"value\":1,\"currency\":\"USD\"} | -",
                "{\"orderId\":\"a\",\"value\":NaN,\"currency\":\"USD\"}               | -",
                "{\"value\":1,\"currency\":\"USD\"}                                   | orderId",
                "{\"orderId\":\"\",\"value\":1,\"currency\":\"USD\"}                  | orderId",
                "{\"orderId\":\"a\\u0000b\",\"value\":1,\"currency\":\"USD\"}         | orderId",
                "{\"orderId\":\"\\ud800\",\"value\":1,\"currency\":\"USD\"}           | orderId",
                "{\"orderId\":\"a\",\"currency\":\"USD\"}                             | value",
                "{\"orderId\":\"a\",\"value\":-1,\"currency\":\"USD\"}                | value",
                "{\"orderId\":\"a\",\"value\":1.005,\"currency\":\"USD\"}             | value",
                "{\"orderId\":\"a\",\"value\":1.5,\"currency\":\"JPY\"}               | value",
                "{\"orderId\":\"a\",\"value\":1e999999999,\"currency\":\"USD\"}       | value",
                "{\"orderId\":\"a\",\"value\":\"12,50\",\"currency\":\"USD\"}         | value",
                "{\"orderId\":\"a\",\"value\":1}                                      | currency",
                "{\"orderId\":\"a\",\"value\":1,\"currency\":\"XXX\"}                 | currency",
                "{\"orderId\":\"a\",\"value\":1,\"currency\":\"USD\",\"items\":[{\"price\":\"x\"}]} | items[0].price",
                "{\"orderId\":\"a\",\"value\":1,\"currency\":\"USD\",\"items\":[{\"quantity\":\"2.5\"}]} | items[0].quantity",
                "{\"orderId\":\"a\",\"value\":1,\"currency\":\"USD\",\"items\":[{\"quantity\":1e999999999}]} | items[0].quantity",
                "{\"orderId\":\"a\",\"value\":1,\"currency\":\"USD\",\"tokens\":[1]}  | tokens[0]"
            })
    void badBodyNamesItsField(String body, String field) throws Exception {
        HttpResponse<String> answer = order(body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        JsonObject problem = new JsonObject(answer.body());
        assertThat(problem.getString("code")).isEqualTo("invalid_body");
        assertThat(problem.getString("field")).isEqualTo(field);
        assertThat(problem.getString("expected")).isNotEmpty();
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(SHOP);
    }

    @Test
    void tooLargeAndForeignFormsAreRefusedReadably() throws Exception {
        String large = ORDER.replace("O-1", "x".repeat(17_000));
        HttpResponse<String> tooLarge = order(large);
        assertThat(tooLarge.statusCode()).isEqualTo(413);
        assertThat(code(tooLarge)).isEqualTo("body_too_large");
        assertThat(tooLarge.headers().firstValue("Access-Control-Allow-Origin")).contains(SHOP);
        HttpResponse<String> form = edge.send(
                "POST",
                CUSTOM + "connected/orders",
                ORDER,
                "Origin",
                SHOP,
                "Content-Type",
                "application/x-www-form-urlencoded");
        assertThat(form.statusCode()).isEqualTo(415);
        HttpResponse<String> latin = edge.send(
                "POST",
                CUSTOM + "connected/orders",
                ORDER,
                "Origin",
                SHOP,
                "Content-Type",
                "text/plain; charset=iso-8859-1");
        assertThat(latin.statusCode()).isEqualTo(415);
    }

    @Test
    void preflightIsForTheRegisteredOriginAlone() throws Exception {
        HttpResponse<String> own = edge.send("OPTIONS", CUSTOM + "connected/orders", "", "Origin", SHOP);
        assertThat(own.statusCode()).isEqualTo(204);
        assertThat(own.headers().firstValue("Access-Control-Allow-Methods")).contains("POST");
        assertThat(own.headers().firstValue("Access-Control-Allow-Headers")).contains("content-type");
        HttpResponse<String> other = edge.send("OPTIONS", CUSTOM + "connected/ping", "", "Origin", "https://evil.net");
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        HttpResponse<String> get = edge.send("GET", CUSTOM + "connected/orders", "", "Origin", SHOP);
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("Allow")).contains("POST, OPTIONS");
    }

    @Test
    void pingIsPixelActivityAlsoBeforeTheStoreIsVerified() throws Exception {
        HttpResponse<String> pending = post("pending/ping", "{}", "Origin", SHOP);
        assertThat(pending.statusCode()).isEqualTo(204);
        assertThat(pending.headers().firstValue("Influtrace-Status")).contains("pending");
        assertThat(pending.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
                .contains("Influtrace-Status");
        String key = Keys.lastSeen(PARTITIONS.ofName("pending"), "pending");
        assertThat(REDIS.text("HGET", key, "origin")).isEqualTo(SHOP);
        assertThat(REDIS.number("HGET", key, "at")).isPositive();
        post("busy/orders", ORDER, "Origin", SHOP);
        assertThat(REDIS.number("EXISTS", Keys.lastSeen(PARTITIONS.ofName("busy"), "busy")))
                .isZero();
    }

    @Test
    void pingWithTokensNamesTheTouchesOfOneBrowser() throws Exception {
        String cookie = "influtrace_edge=00000000000000ff." + "c".repeat(54);
        assertThat(post("connected/ping", "{\"tokens\":[\"one\"]}", "Origin", SHOP, "Cookie", cookie)
                        .statusCode())
                .isEqualTo(204);
        assertThat(reports(PARTITIONS.ofName("connected")))
                .anyMatch(report ->
                        report instanceof PingReport ping && ping.tokens().equals(List.of("one", "c".repeat(54))));
    }

    @Test
    void objectionLeavesOnlyTheOrderAndItsCoupon() throws Exception {
        post(
                "connected/orders",
                "{\"orderId\":\"gpc\",\"value\":1,\"currency\":\"USD\",\"tokens\":[\"one\"],\"ref\":\"ava\",\"coupon\":\"AVA\"}",
                "Origin",
                SHOP,
                "Sec-GPC",
                "1",
                "Cookie",
                "influtrace_edge=00000000000000ff." + "c".repeat(54));
        OrderReport report = reported("connected", "gpc");
        assertThat(report.tokens()).isEmpty();
        assertThat(report.ref()).isEmpty();
        assertThat(report.coupons()).hasSize(1);
    }

    @Test
    void surveyLiesInTheOrdersStream() throws Exception {
        HttpResponse<String> answer =
                post("connected/surveys", "{\"orderId\":\"S-1\",\"creator\":\"ava\"}", "Origin", SHOP);
        assertThat(answer.statusCode()).isEqualTo(202);
        OrderIdentity identity = new OrderIdentity("connected", "S-1");
        assertThat(reports(PARTITIONS.of(identity)))
                .anyMatch(report -> report instanceof SurveyReport survey
                        && survey.identity().equals(identity)
                        && survey.creator().equals(Optional.of("ava")));
    }

    @Test
    void refusedBeaconIsKeptForTheMerchant() throws Exception {
        String key = Keys.nearMisses(PARTITIONS.ofName("disconnected"), "disconnected");
        // An event loop keeps so many a second, and the refusals of the other tests may have used this second up.
        Await.until("it is kept", () -> {
            post("disconnected/orders", ORDER.replace("O-1", "lost-1"), "Origin", "https://www.shop.example.com");
            return REDIS.text("LRANGE", key, 0, 0).contains("lost-1");
        });
        JsonObject entry = new JsonObject(REDIS.text("LINDEX", key, 0));
        assertThat(entry.getString("code")).isEqualTo("origin_mismatch");
        assertThat(entry.getString("expected")).isEqualTo(SHOP);
        assertThat(entry.getString("got")).isEqualTo("https://www.shop.example.com");
        assertThat(entry.getLong("at")).isPositive();
    }

    @Test
    void oneStoreAboveItsRateIsToldToWait() throws Exception {
        HttpResponse<String> last = post("busy/orders", ORDER, "Origin", SHOP);
        for (int i = 0; i < 400 && last.statusCode() == 202; i++) {
            last = post("busy/orders", ORDER, "Origin", SHOP);
        }
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(code(last)).isEqualTo("rate_limited");
        assertThat(last.headers().firstValue("Retry-After")).contains("1");
        assertThat(last.headers().firstValue("Access-Control-Allow-Origin")).contains(SHOP);
        assertThat(edge.metric(
                        "influtrace_edge_beacons_total{kind=\"order\",outcome=\"refused\",reason=\"rate_limited\""))
                .isPositive();
    }

    @Test
    void anythingElseIsNotFound() throws Exception {
        HttpResponse<String> answer = edge.send("GET", "/metrics", "");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(code(answer)).isEqualTo("not_found");
    }
}
