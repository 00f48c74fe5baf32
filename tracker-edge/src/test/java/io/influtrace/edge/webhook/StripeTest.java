package io.influtrace.edge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.RealRedis;
import io.influtrace.protocol.order.CouponCode;
import io.influtrace.protocol.order.NameReport;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.RefundReport;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Stripe tells of payments, subscriptions and refunds, as our reports. */
final class StripeTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    private static final String TOKEN = "A".repeat(54);

    private static final long AT = 1_767_344_645L;

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

    private static HttpResponse<String> event(String type, String object) throws Exception {
        return store.stripe("{\"id\":\"evt_1\",\"object\":\"event\",\"api_version\":\"2025-03-31.basil\",\"created\":"
                + AT + ",\"livemode\":true,\"type\":\"" + type + "\",\"data\":{\"object\":" + object + "}}");
    }

    private static List<OrderReport> orders(String id) {
        return store.reports(
                OrderReport.class, report -> report.identity().orderId().equals(id));
    }

    private static List<String> names(String orderId) {
        return store.reports(NameReport.class, name -> name.orderId().equals(orderId)).stream()
                .map(name -> name.identity().orderId())
                .sorted()
                .toList();
    }

    @Test
    void paidCheckoutIsAnOrderUnderItsPaymentsId() throws Exception {
        HttpResponse<String> answer = event("checkout.session.completed", """
                {"id":"cs_1","object":"checkout.session","mode":"payment","payment_status":"paid","status":"complete",
                 "amount_subtotal":7900,"amount_total":7900,"currency":"usd","payment_intent":"pi_1","invoice":null,
                 "subscription":null,"client_reference_id":"%s","customer_email":null,
                 "customer_details":{"email":"jenny@example.com","name":"Jenny"},"metadata":{"ref":"ava","coupon":"ava10"},
                 "discounts":[{"coupon":null,"promotion_code":"promo_1"}],
                 "total_details":{"amount_discount":800,"amount_shipping":500,"amount_tax":650}}""".formatted(TOKEN));
        assertThat(answer.statusCode()).isEqualTo(200);
        OrderReport order = orders("pi_1").get(0);
        assertThat(order.occurredAt()).isEqualTo(AT * 1_000 + 999);
        assertThat(order.value()).isEqualTo(7_900);
        assertThat(order.currency()).isEqualTo("USD");
        assertThat(order.tax()).hasValue(650);
        assertThat(order.shipping()).hasValue(500);
        assertThat(order.tokens()).containsExactly(TOKEN);
        assertThat(order.ref()).contains("ava");
        assertThat(order.coupons()).containsExactly(new CouponCode("AVA10"), new CouponCode("PROMO_1"));
        assertThat(order.customer()).isPresent();
        assertThat(names("pi_1")).isEmpty();
    }

    @Test
    void merchantsOwnReferenceIsNoToken() throws Exception {
        event("checkout.session.completed", session("pi_2", "\"client_reference_id\":\"cart-77\",\"amount_total\":5"));
        assertThat(orders("pi_2").get(0).tokens()).isEmpty();
    }

    private static String session(String payment, String more) {
        return "{\"id\":\"cs_2\",\"mode\":\"payment\",\"payment_status\":\"paid\",\"currency\":\"eur\",\"payment_intent\":\""
                + payment + "\"," + more + "}";
    }

    @ParameterizedTest
    @CsvSource({
        "jpy,1500,1500",
        "isk,150000,1500",
        "ugx,150000,1500",
        "mga,1500,150000",
        "kwd,1500,1500",
        "huf,150000,150000",
        "krw,1500,1500",
        "usd,1500,1500"
    })
    void amountsAreInStripesUnitsNotInIsos(String currency, long units, long minor) throws Exception {
        event(
                "checkout.session.completed",
                session("pi_" + currency, "\"amount_total\":" + units)
                        .replace("\"currency\":\"eur\"", "\"currency\":\"" + currency + "\""));
        assertThat(orders("pi_" + currency).get(0).value()).isEqualTo(minor);
    }

    @Test
    void checkoutCountsWhenItsMoneyCame() throws Exception {
        String open = session("pi_3", "\"amount_total\":500").replace("\"paid\"", "\"unpaid\"");
        assertThat(event("checkout.session.completed", open).body()).contains("not_paid");
        assertThat(orders("pi_3")).isEmpty();
        event("checkout.session.async_payment_succeeded", session("pi_3", "\"amount_total\":500"));
        assertThat(orders("pi_3")).hasSize(1);
    }

    @Test
    void checkoutThatCostNothingIsKnownByItself() throws Exception {
        event(
                "checkout.session.completed",
                session("x", "\"amount_total\":0")
                        .replace("\"payment_intent\":\"x\"", "\"payment_intent\":null")
                        .replace("cs_2", "cs_free")
                        .replace("\"paid\"", "\"no_payment_required\""));
        assertThat(orders("cs_free").get(0).value()).isZero();
    }

    @Test
    void subscriptionsFirstInvoiceIsOneOrderWhoeverTellsOfIt() throws Exception {
        event("checkout.session.completed", """
                {"id":"cs_4","mode":"subscription","payment_status":"paid","amount_total":2000,"currency":"usd",
                 "payment_intent":null,"invoice":"in_1","subscription":"sub_1","metadata":{"itc":"%s"}}""".formatted(TOKEN));
        event("invoice.paid", """
                {"id":"in_1","object":"invoice","billing_reason":"subscription_create","amount_paid":2000,
                 "currency":"usd","customer_email":"jenny@example.com","created":%d,
                 "parent":{"type":"subscription_details",
                           "subscription_details":{"subscription":"sub_1","metadata":{"itc":"%s"}}},
                 "total_taxes":[{"amount":100},{"amount":50}]}""".formatted(AT, TOKEN));
        assertThat(orders("in_1")).hasSize(2).allMatch(order -> order.value() == 2_000);
        assertThat(orders("in_1")).allMatch(order -> order.tokens().equals(List.of(TOKEN)));
        assertThat(orders("in_1").get(1).tax()).hasValue(150);
        assertThat(orders("in_1")).allMatch(order -> order.renews().isEmpty());
        assertThat(names("in_1")).containsOnly("sub_1");
    }

    @Test
    void laterInvoiceRenewsItsSubscriptionAndItsPaymentNamesIt() throws Exception {
        event("invoice.paid", """
                {"id":"in_2","billing_reason":"subscription_cycle","amount_paid":2000,"currency":"usd",
                 "subscription":"sub_2","payment_intent":"pi_22","tax":130,"customer_email":null}""");
        assertThat(orders("in_2").get(0).renews()).contains("sub_2");
        assertThat(orders("in_2").get(0).tax()).hasValue(130);
        assertThat(names("in_2")).containsExactly("pi_22");
        event(
                "invoice_payment.paid",
                "{\"id\":\"inpay_1\",\"invoice\":\"in_3\",\"payment\":{\"type\":\"payment_intent\",\"payment_intent\":\"pi_33\"}}");
        assertThat(names("in_3")).containsExactly("pi_33");
    }

    @Test
    void invoiceOfNoSubscriptionBelongsToItsCheckout() throws Exception {
        HttpResponse<String> answer = event(
                "invoice.paid",
                "{\"id\":\"in_9\",\"billing_reason\":\"manual\",\"amount_paid\":5,\"currency\":\"usd\"}");
        assertThat(answer.body()).contains("ignored", "not_a_subscription");
        assertThat(orders("in_9")).isEmpty();
    }

    @Test
    void refundIsTheSumOfAllThatWentBack() throws Exception {
        event("charge.refunded", """
                {"id":"ch_1","object":"charge","amount":7900,"amount_refunded":1500,"currency":"usd","refunded":false,
                 "payment_intent":"pi_9"}""");
        RefundReport refund = store.reports(
                        RefundReport.class,
                        report -> report.identity().orderId().equals("pi_9"))
                .get(0);
        assertThat(refund.refundId()).isEqualTo("ch_1");
        assertThat(refund.running()).isTrue();
        assertThat(refund.value()).isEqualTo(OptionalLong.of(1_500));
        assertThat(refund.occurredAt()).isEqualTo(AT * 1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment_intent.succeeded", "customer.created", "charge.updated"})
    void otherEventsAreAnsweredAndIgnored(String type) throws Exception {
        HttpResponse<String> answer = event(type, "{\"id\":\"x\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("ignored");
    }

    @Test
    void eventWithoutAnObjectIsRefused() throws Exception {
        HttpResponse<String> answer = store.stripe("{\"type\":\"invoice.paid\",\"created\":" + AT + "}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(SignedStore.field(answer)).isEqualTo("data.object");
    }
}
