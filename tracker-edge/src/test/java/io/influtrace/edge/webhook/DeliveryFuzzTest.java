package io.influtrace.edge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.body.Invalid;
import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.hostile.Mutations;
import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.ReportFields;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spoilt deliveries of each platform, small ones by the ten thousand and some as large as they may be. */
final class DeliveryFuzzTest {

    private static final CustomerHash CUSTOMERS = CustomerHash.of(new byte[32]);
    private static final int LARGE = 20;
    private static final int LINES = 4_000;
    private static final String LINE =
            ",{\"id\":1,\"sku\":\"MUG-1\",\"name\":\"Mug - blue\",\"quantity\":2,\"price\":\"36.00\","
                    + "\"total\":\"72.00\",\"total_discount\":\"0.00\",\"title\":\"Mug\",\"properties\":[]}";

    private record Sender(Platform platform, String header, List<String> topics, List<String> bodies) {}

    private static final List<Sender> SENDERS = List.of(
            new Sender(
                    new Shopify(CUSTOMERS),
                    "X-Shopify-Topic",
                    List.of("orders/create", "orders/cancelled", "refunds/create"),
                    List.of(
                            "{\"id\":71,\"total_price\":\"12.00\",\"currency\":\"EUR\",\"created_at\":\"2026-01-01T00:00:00Z\","
                                    + "\"landing_site\":\"/?ref=ava&itc=x\",\"note_attributes\":[{\"name\":\"__itc\",\"value\":\"x\"}],"
                                    + "\"discount_codes\":[{\"code\":\"AVA10\"}],\"customer\":{\"email\":\"a@b.example\"},"
                                    + "\"line_items\":[{\"id\":1,\"quantity\":2,\"price\":\"6.00\"}]}",
                            "{\"id\":5,\"order_id\":71,\"transactions\":[{\"kind\":\"refund\",\"status\":\"success\","
                                    + "\"amount\":\"3.00\",\"currency\":\"EUR\"}]}")),
            new Sender(
                    new WooCommerce(CUSTOMERS),
                    "X-WC-Webhook-Topic",
                    List.of("order.created", "order.updated", "subscription.created"),
                    List.of("{\"id\":72,\"status\":\"processing\",\"total\":\"12.00\",\"currency\":\"EUR\","
                            + "\"date_created_gmt\":\"2026-01-01T00:00:00\",\"coupon_lines\":[{\"code\":\"ava10\"}],"
                            + "\"meta_data\":[{\"key\":\"itc\",\"value\":\"x\"}],\"refunds\":[{\"id\":1,\"total\":\"-3.00\"}],"
                            + "\"line_items\":[{\"id\":1,\"quantity\":2,\"total\":\"12.00\"}]}")),
            new Sender(
                    new Stripe(CUSTOMERS),
                    "X-None",
                    List.of(""),
                    List.of(
                            "{\"type\":\"checkout.session.completed\",\"created\":1770000000,\"data\":{\"object\":{\"id\":\"cs_1\","
                                    + "\"payment_status\":\"paid\",\"amount_total\":1200,\"currency\":\"eur\",\"payment_intent\":\"pi_1\","
                                    + "\"metadata\":{\"ref\":\"ava\",\"coupon\":\"ava10\"}}}}",
                            "{\"type\":\"charge.refunded\",\"created\":1770000000,\"data\":{\"object\":{\"id\":\"ch_1\",\"amount\":1200,"
                                    + "\"amount_refunded\":300,\"currency\":\"eur\",\"payment_intent\":\"pi_1\"}}}")));

    private static Arrival arrival(Platform platform) {
        return new Arrival(
                new IntegrationRecord(
                        "shop",
                        platform.type(),
                        Optional.empty(),
                        "connected",
                        "full",
                        Optional.empty(),
                        Optional.of("secret")),
                1_770_000_000_000L);
    }

    /** How many reports a delivery came to; fails with whatever is no refusal that names its field. */
    private static int reports(Sender sender, String topic, byte[] body) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add(sender.header, topic);
        try {
            List<Report> reports = sender.platform
                    .read(headers, body, arrival(sender.platform))
                    .reports();
            for (Report report : reports) {
                assertThat(ReportFields.read(ReportFields.write(report))).isEqualTo(report);
            }
            return reports.size();
        } catch (Invalid invalid) {
            assertThat(invalid.problem().code()).isEqualTo("invalid_body");
            assertThat(invalid.problem().got().orElse("")).hasSizeLessThan(200);
            return 0;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void deliveryIsRefusedByNameOrBecomesReportsThatTheWorkerReads(long seed) {
        for (Sender sender : SENDERS) {
            Mutations mutations = new Mutations(seed, sender.bodies);
            int accepted = 0;
            for (int i = 0; i < Mutations.RUNS / 4; i++) {
                byte[] body = mutations.oneIn(2)
                        ? mutations.bytes()
                        : mutations.text().getBytes(StandardCharsets.UTF_8);
                for (String topic : sender.topics) {
                    accepted += reports(sender, topic, body);
                }
            }
            assertThat(accepted).as(sender.platform.type()).isPositive();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void deliveryOfAMebibyteIsReadOrRefusedLikeASmallOne(long seed) {
        for (Sender sender : SENDERS) {
            String body = sender.bodies.get(0);
            int lines = body.lastIndexOf("]}");
            String large = lines < 0 ? body : body.substring(0, lines) + LINE.repeat(LINES) + body.substring(lines);
            Mutations mutations = new Mutations(seed, List.of(large));
            for (int i = 0; i < LARGE; i++) {
                for (String topic : sender.topics) {
                    assertThat(reports(sender, topic, mutations.text().getBytes(StandardCharsets.UTF_8)))
                            .isBetween(0, 3);
                }
            }
        }
    }
}
