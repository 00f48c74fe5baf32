package io.influtrace.edge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.RealRedis;
import io.influtrace.protocol.order.CouponCode;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Source;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Shopify tells of orders, as our reports. */
final class ShopifyTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    private static final String TOKEN = "A".repeat(54);

    private static final String ORDER = """
            {"id":820982911946154508,"admin_graphql_api_id":"gid://shopify/Order/820982911946154508","name":"#1001",
             "number":234,"order_number":1234,"email":"jon@example.com","contact_email":"jon@example.com",
             "created_at":"2026-01-02T04:04:05-05:00","processed_at":"2026-01-02T04:04:05-05:00",
             "updated_at":"2026-01-02T04:10:00-05:00","cancelled_at":null,"currency":"USD",
             "presentment_currency":"CAD","financial_status":"paid","test":false,"taxes_included":true,
             "total_price":"80.00","total_tax":"9.00","total_discounts":"8.00",
             "total_price_set":{"shop_money":{"amount":"80.00","currency_code":"USD"},
                                "presentment_money":{"amount":"108.00","currency_code":"CAD"}},
             "total_tax_set":{"shop_money":{"amount":"9.00","currency_code":"USD"},
                              "presentment_money":{"amount":"12.15","currency_code":"CAD"}},
             "total_discounts_set":{"presentment_money":{"amount":"10.80","currency_code":"CAD"}},
             "discount_codes":[{"code":"ava10","amount":"8.00","type":"percentage"},{"code":"WELCOME","amount":"0"}],
             "landing_site":"/products/mug?ref=ava&itc=%TOKEN1%&utm_source=x","referring_site":"",
             "note_attributes":[{"name":"__itc","value":"%TOKEN2%"},{"name":"gift","value":"yes"}],
             "shipping_lines":[{"title":"Post","price":"10.00","discount_allocations":[{"amount":"2.00",
               "amount_set":{"presentment_money":{"amount":"2.70","currency_code":"CAD"}}}],
               "price_set":{"presentment_money":{"amount":"13.50","currency_code":"CAD"}},
               "tax_lines":[{"price":"1.00","price_set":{"presentment_money":{"amount":"1.35","currency_code":"CAD"}}}]}],
             "line_items":[{"id":1,"title":"Mug","name":"Mug - blue","sku":"MUG-1","quantity":2,"price":"36.00",
               "price_set":{"presentment_money":{"amount":"48.60","currency_code":"CAD"}},"properties":[]}],
             "customer":{"id":1,"email":"jon@example.com","default_address":{"address1":null}}}
            """.replace("%TOKEN1%", TOKEN).replace("%TOKEN2%", TOKEN.replace('A', 'B'));

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

    private static List<OrderReport> orders(String id) {
        return store.reports(
                OrderReport.class, report -> report.identity().orderId().equals(id));
    }

    private static List<RefundReport> refunds(String id) {
        return store.reports(
                RefundReport.class, report -> report.identity().orderId().equals(id));
    }

    @Test
    void orderIsReportedAsTheShopperSawIt() throws Exception {
        assertThat(store.shopify("orders/create", ORDER).statusCode()).isEqualTo(200);
        OrderReport order = orders("820982911946154508").get(0);
        assertThat(order.source()).isEqualTo(Source.WEBHOOK);
        assertThat(order.occurredAt())
                .isEqualTo(Instant.parse("2026-01-02T09:04:05.999Z").toEpochMilli());
        assertThat(order.statedAt())
                .hasValue(Instant.parse("2026-01-02T09:10:00Z").toEpochMilli());
        assertThat(order.value()).isEqualTo(10_800);
        assertThat(order.currency()).isEqualTo("CAD");
        assertThat(order.tax()).hasValue(1_215);
        assertThat(order.shipping()).hasValue(1_350 - 270 - 135);
        assertThat(order.discount()).hasValue(1_080);
        assertThat(order.coupons()).containsExactly(new CouponCode("AVA10"), new CouponCode("WELCOME"));
        assertThat(order.tokens()).containsExactly(TOKEN, TOKEN.replace('A', 'B'));
        assertThat(order.ref()).contains("ava");
        assertThat(order.customer()).isPresent();
        assertThat(order.items()).hasSize(1);
        assertThat(order.items().get(0).price()).isEqualTo(4_860);
        assertThat(order.items().get(0).quantity()).isEqualTo(2);
    }

    @Test
    void addressIsNeverWrittenAnywhere() throws Exception {
        store.shopify("orders/create", ORDER.replace("820982911946154508", "20"));
        assertThat(orders("20").get(0).toString()).doesNotContain("jon@");
    }

    @Test
    void orderOfAShopWithOneCurrencyStatesEachAmountOnce() throws Exception {
        String body = """
                {"id":21,"total_price":"1500","total_tax":"100","currency":"JPY","created_at":"2026-01-02T04:04:05Z",
                 "total_shipping_price_set":{"presentment_money":{"amount":"200","currency_code":"JPY"}},
                 "note_attributes":[{"name":"renews","value":"20"}]}""";
        store.shopify("orders/paid", body);
        OrderReport order = orders("21").get(0);
        assertThat(order.value()).isEqualTo(1_500);
        assertThat(order.tax()).hasValue(100);
        assertThat(order.shipping()).hasValue(200);
        assertThat(order.renews()).contains("20");
    }

    @Test
    void cancellationTakesAllThatIsLeftOnce() throws Exception {
        String body = "{\"id\":22,\"cancelled_at\":\"2026-01-03T00:00:00Z\",\"cancel_reason\":\"customer\"}";
        store.shopify("orders/cancelled", body);
        store.shopify("orders/cancelled", body);
        assertThat(refunds("22"))
                .hasSize(2)
                .allMatch(RefundReport::cancellation)
                .extracting(RefundReport::refundId)
                .containsOnly("cancelled");
        assertThat(refunds("22").get(0).occurredAt())
                .isEqualTo(Instant.parse("2026-01-03T00:00:00Z").toEpochMilli());
    }

    @Test
    void refundIsWhatItsPaymentsGaveBack() throws Exception {
        String body = """
                {"id":509562969,"order_id":23,"created_at":"2026-01-03T00:00:00Z","note":"wrong size","restock":true,
                 "refund_line_items":[{"id":1,"quantity":1,"subtotal":"99.00"}],
                 "transactions":[{"id":1,"kind":"refund","status":"success","amount":"41.94","currency":"CAD"},
                   {"id":2,"kind":"refund","status":"success","amount":"8.06","currency":"CAD"},
                   {"id":3,"kind":"refund","status":"failure","amount":"100.00","currency":"CAD"},
                   {"id":4,"kind":"capture","status":"success","amount":"100.00","currency":"CAD"}]}""";
        assertThat(store.shopify("refunds/create", body).statusCode()).isEqualTo(200);
        RefundReport refund = refunds("23").get(0);
        assertThat(refund.refundId()).isEqualTo("509562969");
        assertThat(refund.value()).isEqualTo(OptionalLong.of(5_000));
        assertThat(refund.currency()).isEqualTo("CAD");
        assertThat(refund.cancellation()).isFalse();
    }

    @Test
    void goodsThatComeBackForNothingAreNoRefund() throws Exception {
        HttpResponse<String> answer =
                store.shopify("refunds/create", "{\"id\":1,\"order_id\":24,\"transactions\":[],\"restock\":true}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("ignored", "no_money");
        assertThat(refunds("24")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders/updated", "products/create", "app/uninstalled", ""})
    void otherTopicsAreAnsweredAndIgnored(String topic) throws Exception {
        HttpResponse<String> answer = store.shopify(topic.isEmpty() ? "-" : topic, "{\"id\":25}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("ignored");
        assertThat(orders("25")).isEmpty();
    }
}
