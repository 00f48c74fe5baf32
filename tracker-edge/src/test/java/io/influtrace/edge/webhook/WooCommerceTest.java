package io.influtrace.edge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.RealRedis;
import io.influtrace.protocol.order.CouponCode;
import io.influtrace.protocol.order.NameReport;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.ReportFields;
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

/** What WooCommerce tells of orders, as our reports. */
final class WooCommerceTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    private static final String TOKEN = "A".repeat(54);

    private static final String ORDER = """
            {"id":727,"parent_id":0,"number":"727","order_key":"wc_order_58d2d042d1d","created_via":"checkout",
             "status":"processing","currency":"USD","date_created":"2026-01-02T04:04:05",
             "date_created_gmt":"2026-01-02T09:04:05","date_modified":"2026-01-02T04:04:09",
             "date_modified_gmt":"2026-01-02T09:04:09","date_paid_gmt":"2026-01-02T09:04:08",
             "discount_total":"4.00","discount_tax":"0.00","shipping_total":"10.00","shipping_tax":"0.50",
             "cart_tax":"1.35","total":"29.35","total_tax":"1.85","prices_include_tax":false,"customer_id":0,
             "billing":{"first_name":"John","email":"john.doe@example.com"},"payment_method":"bacs",
             "meta_data":[{"id":1,"key":"_wc_order_attribution_session_entry",
                           "value":"https://shop.example/?itc=%TOKEN%&ref=ava&utm_source=x"},
                          {"id":2,"key":"_card","value":{"brand":"visa"}},{"id":3,"key":"itc","value":"%OTHER%"}],
             "line_items":[{"id":315,"name":"Woo Single #1","product_id":93,"quantity":2,"subtotal":"6.00",
                            "total":"6.00","sku":"W-1","price":3.3333333333}],
             "coupon_lines":[{"id":1,"code":"ava10","discount":"4.00"}],"refunds":[]}
            """.replace("%TOKEN%", TOKEN).replace("%OTHER%", TOKEN.replace('A', 'B'));

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

    private static String order(int id, String status) {
        return ORDER.replace("\"id\":727", "\"id\":" + id).replace("processing", status);
    }

    @Test
    void placedOrderIsReported() throws Exception {
        assertThat(store.wooCommerce("order.created", ORDER).statusCode()).isEqualTo(200);
        OrderReport order = orders("727").get(0);
        assertThat(order.occurredAt())
                .isEqualTo(Instant.parse("2026-01-02T09:04:05.999Z").toEpochMilli());
        assertThat(order.statedAt())
                .hasValue(Instant.parse("2026-01-02T09:04:09Z").toEpochMilli());
        assertThat(order.value()).isEqualTo(2_935);
        assertThat(order.tax()).hasValue(185);
        assertThat(order.shipping()).hasValue(1_000);
        assertThat(order.discount()).hasValue(400);
        assertThat(order.coupons()).containsExactly(new CouponCode("AVA10"));
        assertThat(order.tokens()).containsExactly(TOKEN, TOKEN.replace('A', 'B'));
        assertThat(order.ref()).contains("ava");
        assertThat(order.customer()).isPresent();
        assertThat(order.items().get(0).price()).isEqualTo(333);
        assertThat(order.renews()).isEmpty();
        assertThat(refunds("727")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "failed", "checkout-draft", "auto-draft", "trash"})
    void orderThatIsNotPlacedIsNone(String status) throws Exception {
        HttpResponse<String> answer = store.wooCommerce("order.created", order(30, status));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("ignored", "not_placed");
        assertThat(orders("30")).isEmpty();
    }

    @Test
    void refundsOfAnOrderEachComeWithTheirOwnId() throws Exception {
        String refunded = order(31, "completed")
                .replace(
                        "\"refunds\":[]",
                        "\"refunds\":[{\"id\":900,\"reason\":\"\",\"total\":\"-10.00\"},"
                                + "{\"id\":901,\"reason\":\"late\",\"total\":\"-5.35\"},{\"id\":902,\"total\":\"0.00\"}]");
        store.wooCommerce("order.updated", refunded);
        assertThat(orders("31")).hasSize(1);
        assertThat(refunds("31")).extracting(RefundReport::refundId).containsExactly("900", "901");
        assertThat(refunds("31"))
                .extracting(RefundReport::value)
                .containsExactly(OptionalLong.of(1_000), OptionalLong.of(535));
        List<Report> all = store.reports().stream()
                .filter(report ->
                        ReportFields.write(report).getOrDefault("id", "").endsWith("/31"))
                .toList();
        assertThat(all.get(0)).as("the order stands before its refunds").isInstanceOf(OrderReport.class);
    }

    @Test
    void refundedOrderIsPlacedAndCalledOff() throws Exception {
        store.wooCommerce("order.updated", order(32, "refunded"));
        assertThat(orders("32")).hasSize(1);
        assertThat(refunds("32")).hasSize(1).allMatch(RefundReport::cancellation);
    }

    @Test
    void cancelledOrderIsCalledOffAndNoLongerPlaced() throws Exception {
        store.wooCommerce("order.updated", order(33, "cancelled"));
        assertThat(orders("33")).isEmpty();
        assertThat(refunds("33")).hasSize(1).allMatch(RefundReport::cancellation);
    }

    @Test
    void renewalNamesItsSubscriptionAndTheSubscriptionItsFirstOrder() throws Exception {
        store.wooCommerce(
                "order.created",
                order(34, "processing")
                        .replace(
                                "\"meta_data\":[",
                                "\"meta_data\":[{\"id\":9,\"key\":\"_subscription_renewal\",\"value\":\"35\"},"));
        assertThat(orders("34").get(0).renews()).contains("35");
        store.wooCommerce("subscription.created", "{\"id\":35,\"parent_id\":727,\"status\":\"active\"}");
        assertThat(store.reports(NameReport.class, name -> name.orderId().equals("727")))
                .extracting(name -> name.identity().orderId())
                .containsExactly("35");
        assertThat(store.wooCommerce("subscription.created", "{\"id\":36,\"parent_id\":0}")
                        .body())
                .contains("no_first_order");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order.deleted", "product.created", "action.x"})
    void otherTopicsAreAnsweredAndIgnored(String topic) throws Exception {
        HttpResponse<String> answer = store.wooCommerce(topic, order(37, "processing"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("ignored");
        assertThat(orders("37")).isEmpty();
    }
}
