package io.influtrace.edge.webhook;

import static java.util.Objects.requireNonNull;

import io.influtrace.edge.RealRedis;
import io.influtrace.edge.RunningEdge;
import io.influtrace.protocol.config.Change.Kind;
import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.ReportFields;
import io.influtrace.protocol.redis.Keys;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Response;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A running edge that knows a store of each platform, and the platforms' own way of signing what they send to it. */
final class SignedStore implements AutoCloseable {

    static final String SECRET = "a-secret-of-the-platform";
    static final String PREVIOUS = "the-secret-before-that-one";

    private final RealRedis redis;
    final RunningEdge edge;

    private SignedStore(RealRedis redis) throws Exception {
        this.redis = redis;
        for (String type : List.of("shopify", "woocommerce", "stripe")) {
            for (String status : List.of("connected", "pending", "disconnected")) {
                IntegrationRecord record = new IntegrationRecord(
                        type + "-" + status,
                        type,
                        Optional.empty(),
                        status,
                        "full",
                        Optional.empty(),
                        Optional.of(SECRET),
                        Optional.of(PREVIOUS));
                RunningEdge.publish(redis, Kind.INTEGRATION, record.id(), record.write());
            }
        }
        RunningEdge.publish(
                redis,
                Kind.INTEGRATION,
                "bare",
                new IntegrationRecord(
                                "bare",
                                "shopify",
                                Optional.empty(),
                                "connected",
                                "full",
                                Optional.of("the-store"),
                                Optional.empty())
                        .write());
        edge = RunningEdge.start(redis);
    }

    static SignedStore open(RealRedis redis) throws Exception {
        return new SignedStore(redis);
    }

    HttpResponse<String> post(String integration, String body, String... headers) throws Exception {
        String type = integration.equals("bare") ? "shopify" : integration.replaceFirst("-.*", "");
        return postAs(type, integration, body, headers);
    }

    HttpResponse<String> postAs(String type, String integration, String body, String... headers) throws Exception {
        return edge.send("POST", "/api/v1/integrations/" + type + "/" + integration + "/webhooks", body, headers);
    }

    HttpResponse<String> shopify(String topic, String body) throws Exception {
        return post("shopify-connected", body, "X-Shopify-Topic", topic, "X-Shopify-Hmac-Sha256", base64(SECRET, body));
    }

    HttpResponse<String> wooCommerce(String topic, String body) throws Exception {
        return post(
                "woocommerce-connected",
                body,
                "X-WC-Webhook-Topic",
                topic,
                "X-WC-Webhook-Signature",
                base64(SECRET, body));
    }

    HttpResponse<String> stripe(String body) throws Exception {
        return post("stripe-connected", body, "Stripe-Signature", stripe(SECRET, now(), body));
    }

    static long now() {
        return System.currentTimeMillis() / 1_000;
    }

    static String stripe(String secret, long seconds, String body) {
        return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(hmac(secret, seconds + "." + body));
    }

    static String base64(String secret, String body) {
        return Base64.getEncoder().encodeToString(hmac(secret, body));
    }

    private static byte[] hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String code(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getString("code", "");
    }

    static String field(HttpResponse<String> answer) {
        return new JsonObject(answer.body()).getString("field", "");
    }

    /** Everything in the streams, oldest first within each partition. */
    List<Report> reports() {
        List<Report> reports = new ArrayList<>();
        for (int partition = 0; partition < 16; partition++) {
            for (Response entry : requireNonNull(redis.call("XRANGE", Keys.reports(partition), "-", "+"))) {
                Map<String, String> fields = new HashMap<>();
                for (int i = 0; i < entry.get(1).size(); i += 2) {
                    fields.put(
                            entry.get(1).get(i).toString(),
                            entry.get(1).get(i + 1).toString());
                }
                reports.add(ReportFields.read(fields));
            }
        }
        return reports;
    }

    /** The reports of one kind that a condition picks. */
    <T extends Report> List<T> reports(Class<T> kind, Predicate<T> which) {
        return reports().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(which)
                .toList();
    }

    @Override
    public void close() {
        edge.close();
    }
}
