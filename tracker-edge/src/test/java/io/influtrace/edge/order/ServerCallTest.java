package io.influtrace.edge.order;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.RealRedis;
import io.influtrace.edge.RunningEdge;
import io.influtrace.protocol.config.Change.Kind;
import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.ReportFields;
import io.influtrace.protocol.order.Source;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Response;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
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
import org.junit.jupiter.params.provider.ValueSource;

/** What a store's own server reports under its secret. */
final class ServerCallTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    private static final String SECRET = "s3cret";
    private static RunningEdge edge;

    @BeforeAll
    static void start() throws Exception {
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(SECRET.getBytes(StandardCharsets.UTF_8)));
        for (String type : List.of("api", "custom")) {
            String secret = type.equals("api") ? hash : hash.replace('a', 'b');
            IntegrationRecord record = new IntegrationRecord(
                    type, type, Optional.empty(), "pending", "full", Optional.empty(), Optional.of(secret));
            RunningEdge.publish(REDIS, Kind.INTEGRATION, type, record.write());
        }
        edge = RunningEdge.start(REDIS);
    }

    @AfterAll
    static void stop() {
        if (edge != null) {
            edge.close();
        }
    }

    private static HttpResponse<String> post(String path, String body, String authorization) throws Exception {
        return edge.send(
                "POST", "/api/v1/" + path, body, "Content-Type", "application/json", "Authorization", authorization);
    }

    private static List<Report> reports(String orderId) {
        List<Report> reports = new ArrayList<>();
        int partition = new Partitions(16).of(new OrderIdentity("api", orderId));
        for (Response entry : requireNonNull(REDIS.call("XRANGE", Keys.reports(partition), "-", "+"))) {
            Map<String, String> fields = new HashMap<>();
            for (int i = 0; i < entry.get(1).size(); i += 2) {
                fields.put(
                        entry.get(1).get(i).toString(), entry.get(1).get(i + 1).toString());
            }
            reports.add(ReportFields.read(fields));
        }
        return reports;
    }

    @Test
    void conversionOfASecretsHolderIsKeptAlsoBeforeVerification() throws Exception {
        HttpResponse<String> answer = post("conversions", """
                {"external_transaction_id":"T-1","value":"12.00","currency":"EUR","click_token":"abc",
                 "coupon":"ava10","occurred_at":"2026-01-02T03:04:05+01:00"}""", "Bearer " + SECRET);
        assertThat(answer.statusCode()).isEqualTo(202);
        OrderReport report = (OrderReport) reports("T-1").get(0);
        assertThat(report.source()).isEqualTo(Source.API);
        assertThat(report.integrationStatus()).isEqualTo("pending");
        assertThat(report.occurredAt())
                .isEqualTo(Instant.parse("2026-01-02T02:04:05Z").toEpochMilli());
        assertThat(report.tokens()).containsExactly("abc");
        assertThat(report.value()).isEqualTo(1_200);
    }

    @Test
    void refundAndCancellationAreKept() throws Exception {
        String refund = "{\"external_transaction_id\":\"T-2\",\"refund_id\":\"R-1\",\"value\":5,\"currency\":\"EUR\"}";
        assertThat(post("refunds", refund, "bearer " + SECRET).statusCode()).isEqualTo(202);
        String cancel = "{\"external_transaction_id\":\"T-2\",\"refund_id\":\"R-2\",\"cancellation\":true}";
        assertThat(post("refunds", cancel, "Bearer " + SECRET).statusCode()).isEqualTo(202);
        List<Report> reports = reports("T-2");
        assertThat(((RefundReport) reports.get(0)).value()).isEqualTo(OptionalLong.of(500));
        assertThat(((RefundReport) reports.get(1)).cancellation()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"''", "Bearer", "Bearer wrong", "Basic s3cret"})
    void whoeverHasNoSecretIsRefused(String authorization) throws Exception {
        HttpResponse<String> answer = post("conversions", "{}", authorization);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void timeFarAheadIsRefused() throws Exception {
        String body = "{\"external_transaction_id\":\"T-3\",\"value\":1,\"currency\":\"EUR\",\"occurred_at\":\""
                + Instant.now().plusSeconds(360) + "\"}";
        HttpResponse<String> answer = post("conversions", body, "Bearer " + SECRET);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("field")).isEqualTo("occurred_at");
    }

    private static void known(String orderId, String record) {
        OrderIdentity identity = new OrderIdentity("api", orderId);
        REDIS.call("SET", Keys.order(new Partitions(16).of(identity), identity.text()), record);
    }

    private static HttpResponse<String> convert(String orderId) throws Exception {
        return post(
                "conversions",
                "{\"external_transaction_id\":\"" + orderId + "\",\"value\":\"79.00\",\"currency\":\"USD\"}",
                "Bearer " + SECRET);
    }

    @Test
    void repeatedConversionIsAnsweredWithTheFirstDecisionAndKeptAllTheSame() throws Exception {
        known(
                "K-1",
                "{\"v\":2,\"e\":\"1-0\",\"i\":{\"o\":[1772359200000,7900,\"USD\"]},"
                        + "\"d\":{\"s\":\"coupon\",\"c\":[[-1,790]]},\"a\":[\"ava\"]}");
        HttpResponse<String> answer = convert("K-1");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(answer.body())).isEqualTo(new JsonObject("""
                        {"status":"duplicate","orderId":"K-1","occurredAt":"2026-03-01T10:00:00Z","value":"79.00",
                         "currency":"USD","verdict":"credited","signal":"coupon",
                         "credits":[{"creator":"ava","value":"79.00","commission":"7.90","currency":"USD"}]}"""));
        assertThat(reports("K-1")).hasSize(1);
    }

    @Test
    void sharesAndForeignCommissionsAreAnsweredToo() throws Exception {
        known(
                "K-2",
                "{\"v\":2,\"i\":{\"o\":[1772359200000,7900,\"JPY\"]},\"d\":{"
                        + "\"c\":[[0,500,\"\",4000,\"\",\"EUR\"],[1,390,\"\",3900]]},\"a\":[\"ava\",\"ben\"]}");
        JsonObject answer = new JsonObject(convert("K-2").body());
        assertThat(answer.getJsonArray("credits").encode())
                .isEqualTo("[{\"creator\":\"ava\",\"value\":\"4000\",\"commission\":\"5.00\",\"currency\":\"EUR\"},"
                        + "{\"creator\":\"ben\",\"value\":\"3900\",\"commission\":\"390\",\"currency\":\"JPY\"}]");
        assertThat(answer.getString("signal")).isEqualTo("link");
    }

    @Test
    void orderThatNobodyEarnedSaysWhy() throws Exception {
        known(
                "K-3",
                "{\"v\":1,\"i\":{\"o\":[1772359200000,7900,\"USD\"]},"
                        + "\"d\":{\"v\":\"unattributed\",\"r\":\"coupon_unknown\"}}");
        JsonObject answer = new JsonObject(convert("K-3").body());
        assertThat(answer.getString("verdict")).isEqualTo("unattributed");
        assertThat(answer.getString("signal")).isEqualTo("none");
        assertThat(answer.getString("reason")).isEqualTo("coupon_unknown");
        assertThat(answer.getJsonArray("credits")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"v\":1,\"s\":\"WAITING\",\"f\":[[\"R-9\",100,\"USD\",1,0]]}",
                "{\"v\":1,\"s\":\"DECIDING\",\"i\":{\"o\":[1,7900,\"USD\"]},\"d\":{\"c\":[[0,790]]},\"a\":[\"ava\"]}",
                "{\"v\":1,\"i\":{\"o\":[1,7900,\"USD\"]},\"d\":{\"v\":\"ignored\",\"r\":\"integration_pending\"}}",
                "{\"v\":1",
                "[]"
            })
    void whatIsNotDecidedYetIsAccepted(String record) throws Exception {
        known("K-4", record);
        assertThat(convert("K-4").statusCode()).isEqualTo(202);
    }

    @Test
    void repeatedRefundIsAnsweredAsOne() throws Exception {
        known("K-5", "{\"v\":1,\"s\":\"WAITING\",\"f\":[[\"R-9\",100,\"USD\",1,0]]}");
        String refund = "{\"external_transaction_id\":\"K-5\",\"refund_id\":\"R-%s\",\"value\":1,\"currency\":\"USD\"}";
        assertThat(post("refunds", refund.formatted("9"), "Bearer " + SECRET).statusCode())
                .isEqualTo(200);
        assertThat(post("refunds", refund.formatted("8"), "Bearer " + SECRET).statusCode())
                .isEqualTo(202);
        assertThat(reports("K-5")).hasSize(2);
    }

    @Test
    void renewalAndTheTimeOfAStatementAreKept() throws Exception {
        post("conversions", """
                {"external_transaction_id":"T-9","value":1,"currency":"EUR","renews":"T-1",
                 "occurred_at":"2026-01-02T03:04:05Z","updated_at":"2026-01-05T00:00:00Z"}""", "Bearer " + SECRET);
        OrderReport report = (OrderReport) reports("T-9").get(0);
        assertThat(report.renews()).contains("T-1");
        assertThat(report.statedAt())
                .hasValue(Instant.parse("2026-01-05T00:00:00Z").toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'value':1,'currency':'EUR'}; external_transaction_id",
                "{'external_transaction_id':'','value':1,'currency':'EUR'}; external_transaction_id",
                "{'external_transaction_id':'T-8','currency':'EUR'}; value",
                "{'external_transaction_id':'T-8','value':1}; currency",
                "{'external_transaction_id':'T-8','value':1,'currency':'EUR','occurred_at':'soon'}; occurred_at",
                "{'external_transaction_id':'T-8','value':1,'currency':'EUR','updated_at':'soon'}; updated_at",
                "{'external_transaction_id':'T-8','value':1,'currency':'EUR','renews':'T-8'}; renews",
                "{'external_transaction_id':'T-8','value':1,'currency':'EUR','click_token':[1]}; click_token[0]",
                "{'external_transaction_id':'T-8','value':1,'currency':'EUR','items':[{'price':'x'}]}; items[0].price"
            })
    void fieldAtFaultIsNamed(String body, String field) throws Exception {
        HttpResponse<String> answer = post("conversions", body.replace('\'', '"'), "Bearer " + SECRET);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("field")).isEqualTo(field);
    }
}
