package io.influtrace.edge.webhook;

import static io.influtrace.edge.webhook.SignedStore.base64;
import static io.influtrace.edge.webhook.SignedStore.code;
import static io.influtrace.edge.webhook.SignedStore.now;
import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.Await;
import io.influtrace.edge.RealRedis;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.Partitions;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may deliver what: signatures, secrets, sizes and forms, the same for every platform. */
final class WebhookTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    private static SignedStore store;

    @BeforeAll
    static void open() throws Exception {
        store = SignedStore.open(REDIS);
    }

    @AfterAll
    static void close() {
        if (store != null) {
            store.close();
        }
    }

    private static String order(long id) {
        return "{\"id\":" + id + ",\"total_price\":\"12.00\",\"currency\":\"EUR\"}";
    }

    private static HttpResponse<String> created(String integration, String secret, String body) throws Exception {
        return store.post(
                integration, body, "X-Shopify-Topic", "orders/create", "X-Shopify-Hmac-Sha256", base64(secret, body));
    }

    private static List<OrderReport> kept(long id) {
        return store.reports(
                OrderReport.class, report -> report.identity().orderId().equals(Long.toString(id)));
    }

    @Test
    void signatureOfAPublicExampleHolds() {
        String body = "{\"id\":1234567890,\"email\":\"customer@example.com\",\"total_price\":\"123.45\"}";
        List<byte[]> claim = Signature.base64("QNyObTlKbMx2qDlPF/ZOZcBqg5OgPg+2oky3zldc0Gw=");
        assertThat(Signature.holds(List.of("test-webhook-secret"), claim, body.getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(Signature.holds(List.of("test-webhook-secreT"), claim, body.getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(Signature.holds(List.of(), claim, body.getBytes(StandardCharsets.UTF_8)))
                .isFalse();
    }

    @Test
    void eitherSecretIsValidWhileOneIsBeingChanged() throws Exception {
        assertThat(created("shopify-connected", SignedStore.SECRET, order(1)).statusCode())
                .isEqualTo(200);
        assertThat(created("shopify-connected", SignedStore.PREVIOUS, order(2)).statusCode())
                .isEqualTo(200);
        assertThat(kept(1)).hasSize(1);
        assertThat(kept(2)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "shopify,X-Shopify-Hmac-Sha256,bm90aGluZw==,signature_mismatch",
        "shopify,X-Shopify-Hmac-Sha256,%%%,signature_mismatch",
        "shopify,X-Other,1,signature_missing",
        "woocommerce,X-WC-Webhook-Signature,bm90aGluZw==,signature_mismatch",
        "woocommerce,X-Other,1,signature_missing",
        "stripe,Stripe-Signature,'t=1,v1=00',signature_mismatch",
        "stripe,Stripe-Signature,v1=,signature_mismatch",
        "stripe,Stripe-Signature,nonsense,signature_mismatch",
        "stripe,X-Other,1,signature_missing"
    })
    void whatIsNotSignedIsRefusedAndKeptAsANearMiss(String type, String header, String claim, String expected)
            throws Exception {
        HttpResponse<String> answer = store.post(type + "-connected", order(3), header, claim);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(code(answer)).isEqualTo(expected);
        assertThat(answer.body()).doesNotContain(SignedStore.SECRET);
        assertThat(kept(3)).isEmpty();
        String id = type + "-connected";
        int partition = new Partitions(16).ofName(id);
        // The list takes so many a second; what the other tests filled is open again in the next one.
        Await.until("a near miss", () -> {
            store.post(type + "-connected", order(3), header, claim);
            return REDIS.text("LRANGE", Keys.nearMisses(partition, id), 0, -1).contains(expected);
        });
    }

    @Test
    void signatureIsThatOfTheRawBytes() throws Exception {
        String signed = base64(SignedStore.SECRET, order(4));
        HttpResponse<String> answer = store.post(
                "shopify-connected",
                order(4) + " ",
                "X-Shopify-Topic",
                "orders/create",
                "X-Shopify-Hmac-Sha256",
                signed);
        assertThat(code(answer)).isEqualTo("signature_mismatch");
    }

    @Test
    void integrationWithoutASecretTakesNothing() throws Exception {
        assertThat(code(created("bare", "any", order(5)))).isEqualTo("signature_mismatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "stripe-connected", "woocommerce-connected"})
    void integrationOfAnotherTypeOrNoneIsUnknown(String id) throws Exception {
        HttpResponse<String> answer = store.postAs("shopify", id, order(6));
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(code(answer)).isEqualTo("integration_unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "disconnected"})
    void orderOfAStoreThatIsNotWantedIsKeptForTheWorkerToSaySo(String status) throws Exception {
        long id = status.equals("pending") ? 7 : 8;
        assertThat(created("shopify-" + status, SignedStore.SECRET, order(id)).statusCode())
                .isEqualTo(200);
        assertThat(kept(id)).extracting(OrderReport::integrationStatus).containsExactly(status);
    }

    @Test
    void replayedDeliveryIsASecondReportOfTheSameOrder() throws Exception {
        created("shopify-connected", SignedStore.SECRET, order(9));
        created("shopify-connected", SignedStore.SECRET, order(9));
        assertThat(kept(9)).hasSize(2);
        assertThat(kept(9).get(0).identity()).isEqualTo(kept(9).get(1).identity());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{\"id\":10",
                "{\"id\":10}{}",
                "{\"id\":10,\"total_price\":\"12.00\",\"currency\":\"EUR\",}"
            })
    void whatIsNoJsonObjectIsRefused(String body) throws Exception {
        HttpResponse<String> answer = created("shopify-connected", SignedStore.SECRET, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(code(answer)).isEqualTo("invalid_body");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'total_price':'1','currency':'EUR'}; id",
                "{'id':10,'currency':'EUR'}; total_price",
                "{'id':10,'total_price':'1'}; currency",
                "{'id':10,'total_price':'1','currency':'XXZ'}; currency",
                "{'id':10,'total_price':'-1','currency':'EUR'}; total_price",
                "{'id':10,'total_price':'1.001','currency':'EUR'}; total_price",
                "{'id':10,'total_price':1e999999999,'currency':'EUR'}; total_price",
                "{'id':10,'total_price':1e-999999999,'currency':'EUR'}; total_price",
                "{'id':10,'total_price':'1','currency':'EUR','created_at':'yesterday'}; created_at",
                "{'id':10,'total_price':'1','currency':'EUR','created_at':'2999-01-01T00:00:00Z'}; created_at"
            })
    void fieldAtFaultIsNamed(String body, String field) throws Exception {
        HttpResponse<String> answer = created("shopify-connected", SignedStore.SECRET, body.replace('\'', '"'));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(SignedStore.field(answer)).isEqualTo(field);
    }

    @Test
    void hugeNumbersInALineCostNothing() throws Exception {
        String body = "{\"id\":11,\"total_price\":\"12.00\",\"currency\":\"EUR\",\"line_items\":["
                + "{\"title\":\"a\",\"quantity\":1e999999999,\"price\":1e999999999},"
                + "{\"title\":\"b\",\"quantity\":-1,\"price\":1e-999999999},{\"title\":\"c\",\"price\":\"3.456\"}]}";
        assertThat(created("shopify-connected", SignedStore.SECRET, body).statusCode())
                .isEqualTo(200);
        assertThat(kept(11).get(0).items()).extracting(item -> item.price()).containsExactly(0L, 0L, 346L);
    }

    @Test
    void orderOfThisVerySecondIsNoLaterThanItsDelivery() throws Exception {
        long before = System.currentTimeMillis();
        String body = order(16).replace("}", ",\"created_at\":\"" + Instant.ofEpochSecond(now()) + "\"}");
        created("shopify-connected", SignedStore.SECRET, body);
        assertThat(kept(16).get(0).occurredAt())
                .isBetween(before / 1_000 * 1_000, kept(16).get(0).receivedAt());
        assertThat(kept(16).get(0).occurredAt()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void deepNestingIsRefused() throws Exception {
        String body = "{\"id\":12,\"note\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThat(code(created("shopify-connected", SignedStore.SECRET, body))).isEqualTo("invalid_body");
    }

    @Test
    void bodyMayBeLargeButNotLargerThanAMebibyte() throws Exception {
        String large = order(13).replace("}", ",\"note\":\"" + "n".repeat(900_000) + "\"}");
        assertThat(created("shopify-connected", SignedStore.SECRET, large).statusCode())
                .isEqualTo(200);
        String larger = order(14).replace("}", ",\"note\":\"" + "n".repeat(1_100_000) + "\"}");
        HttpResponse<String> answer = created("shopify-connected", SignedStore.SECRET, larger);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(code(answer)).isEqualTo("body_too_large");
    }

    @Test
    void onlyPostsAreTaken() throws Exception {
        HttpResponse<String> answer =
                store.edge.send("GET", "/api/v1/integrations/shopify/shopify-connected/webhooks", "");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void deliveriesAreCountedByPlatformAndOutcome() throws Exception {
        store.shopify("orders/create", order(15));
        store.shopify("products/update", order(15));
        store.post("stripe-connected", "{}");
        assertThat(store.edge.metric("influtrace_edge_beacons_total{kind=\"shopify\",outcome=\"accepted\""))
                .isPositive();
        assertThat(store.edge.metric(
                        "influtrace_edge_beacons_total{kind=\"shopify\",outcome=\"ignored\",reason=\"topic\""))
                .isPositive();
        assertThat(
                        store.edge.metric(
                                "influtrace_edge_beacons_total{kind=\"stripe\",outcome=\"refused\",reason=\"signature_missing\""))
                .isPositive();
    }

    @Test
    void stripesSignatureIsOfTimeAndBodyAndOneOfSeveralClaimsIsEnough() {
        byte[] body = "{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"ping\"}".getBytes(StandardCharsets.UTF_8);
        List<String> secrets = List.of("whsec_0123456789abcdef");
        String claim = "v1=943363db67af5be94788f27ac9182276be9372dde3381a854770ca9c2439f89a";
        long at = 1_772_359_200L;
        String header = "t=" + at + ",v1=" + "00".repeat(32) + "," + claim + ",v0=" + "11".repeat(32);
        assertThat(StripeSignature.parse(header).refusal(body, secrets, at * 1_000))
                .isEmpty();
        assertThat(StripeSignature.parse(header).refusal(body, secrets, (at + 300) * 1_000))
                .isEmpty();
        assertThat(refusal(header, body, secrets, at + 301)).contains("signature_stale");
        assertThat(refusal(header, body, secrets, at - 301)).contains("signature_stale");
        assertThat(refusal(header.replace("t=" + at, "t=" + (at + 1)), body, secrets, at))
                .contains("signature_mismatch");
        assertThat(refusal("t=" + at + ",v0=" + claim.substring(3), body, secrets, at))
                .contains("signature_mismatch");
    }

    private static Optional<String> refusal(String header, byte[] body, List<String> secrets, long seconds) {
        return StripeSignature.parse(header)
                .refusal(body, secrets, seconds * 1_000)
                .map(problem -> problem.code());
    }

    @Test
    void recordedDeliveryOfStripeCannotBeSentAgainLater() throws Exception {
        String body = "{\"type\":\"ping\",\"created\":1,\"data\":{\"object\":{}}}";
        HttpResponse<String> answer = store.post(
                "stripe-connected",
                body,
                "Stripe-Signature",
                SignedStore.stripe(SignedStore.SECRET, now() - 400, body));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(code(answer)).isEqualTo("signature_stale");
    }

    @Test
    void greetingOfWooCommerceIsAnsweredAndNothingElseUnsigned() throws Exception {
        String form = "application/x-www-form-urlencoded";
        assertThat(store.post("woocommerce-connected", "webhook_id=42", "Content-Type", form)
                        .statusCode())
                .isEqualTo(200);
        assertThat(store.post("woocommerce-connected", "webhook_id=42&x=1", "Content-Type", form)
                        .statusCode())
                .isEqualTo(401);
        assertThat(store.post("shopify-connected", "webhook_id=42", "Content-Type", form)
                        .statusCode())
                .isEqualTo(401);
    }
}
