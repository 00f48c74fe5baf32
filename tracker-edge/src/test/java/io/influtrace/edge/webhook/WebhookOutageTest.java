package io.influtrace.edge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.Await;
import io.influtrace.edge.RealRedis;
import io.influtrace.protocol.order.OrderReport;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Platforms deliver again what was not answered 2xx: while Redis is away each is told so, and nothing is lost by it. */
final class WebhookOutageTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    private static final String STRIPE = """
            {"id":"evt_1","type":"checkout.session.completed","created":%d,"data":{"object":{"id":"cs_1","object":\
            "checkout.session","payment_status":"paid","amount_total":1200,"currency":"eur","created":%d,\
            "payment_intent":"pi_1"}}}""";

    @Test
    void deliveriesDuringAnOutageAreToldToComeAgainAndAreThenKeptOnce() throws Exception {
        try (SignedStore store = SignedStore.open(REDIS)) {
            String stripe = STRIPE.formatted(SignedStore.now(), SignedStore.now());
            List<Callable<HttpResponse<String>>> deliveries = List.of(
                    () -> store.shopify("orders/create", "{\"id\":71,\"total_price\":\"12.00\",\"currency\":\"EUR\"}"),
                    () -> store.wooCommerce(
                            "order.created",
                            "{\"id\":72,\"status\":\"processing\",\"total\":\"12.00\",\"currency\":\"EUR\"}"),
                    () -> store.stripe(stripe));
            REDIS.kill();
            for (Callable<HttpResponse<String>> delivery : deliveries) {
                Await.until("it is refused", () -> delivery.call().statusCode() == 503);
                HttpResponse<String> refused = delivery.call();
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.body()).contains("\"code\":\"store_unavailable\"", "\"retry\":true");
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            }
            REDIS.start();
            for (Callable<HttpResponse<String>> delivery : deliveries) {
                Await.until("it is taken", () -> delivery.call().statusCode() == 200);
            }
            assertThat(store.reports(OrderReport.class, report -> true))
                    .extracting(report -> report.identity().scope())
                    .containsExactlyInAnyOrder("shopify-connected", "woocommerce-connected", "stripe-connected");
        }
    }
}
