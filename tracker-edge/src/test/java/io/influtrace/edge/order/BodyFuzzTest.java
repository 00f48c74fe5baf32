package io.influtrace.edge.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.RunningEdge;
import io.influtrace.edge.body.Body;
import io.influtrace.edge.body.Invalid;
import io.influtrace.protocol.hostile.Mutations;
import io.influtrace.protocol.order.CustomerHash;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.ReportFields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spoilt bodies are refused by name or become reports that the worker reads as they are; nothing else ever happens. */
final class BodyFuzzTest {

    private static final List<String> BODIES = List.of(
            "{\"orderId\":\"ORDER-1234\",\"value\":79.00,\"currency\":\"USD\",\"coupon\":\"CREATOR10\"}",
            "{\"orderId\":1,\"value\":\"79\",\"currency\":\"JPY\",\"coupon\":[\"A\",\"B\"],\"ageMs\":5,\"tax\":1}",
            "{\"orderId\":\"é\",\"value\":0,\"currency\":\"EUR\",\"items\":[{\"sku\":\"a\",\"quantity\":2,\"price\":1.5}],"
                    + "\"customer\":{\"email\":\"a+b@mail.example\"},\"tokens\":[\"t1\",\"t2\"],\"ref\":\"ava\"}",
            "{\"external_transaction_id\":\"X-1\",\"value\":1,\"currency\":\"USD\",\"refund_id\":\"R\","
                    + "\"occurred_at\":\"2026-01-01T00:00:00Z\",\"cancellation\":false,\"click_token\":\"t\"}",
            // A number that once left the parser as a NumberFormatException, and the sender with a 500.
            "{\"orderId\":\"N\",\"value\":1e99911111111111111111,\"currency\":\"USD\"}",
            "{}",
            "[[[[[[[[[[[[{\"orderId\":{}}]]]]]]]]]]]]");

    private static final CustomerHash CUSTOMERS = CustomerHash.of(new byte[32]);
    private static final Receipt RECEIPT = new Receipt(
            RunningEdge.shop("shop", "https://shop.example.com", "connected"), 1_770_000_000_000L, false, List.of());

    private interface Reading {
        Report read(Body body) throws Invalid;
    }

    private static final List<Reading> READINGS = List.of(
            body -> BeaconBody.order(body, RECEIPT, CUSTOMERS),
            body -> BeaconBody.survey(body, RECEIPT),
            body -> BeaconBody.ping(body, RECEIPT),
            body -> ServerBody.conversion(body, RECEIPT, CUSTOMERS),
            body -> ServerBody.refund(body, RECEIPT));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void bodyIsRefusedByNameOrBecomesAReportThatTheWorkerReads(long seed) {
        Mutations mutations = new Mutations(seed, BODIES);
        int accepted = 0;
        for (int i = 0; i < Mutations.RUNS; i++) {
            byte[] bytes =
                    mutations.oneIn(2) ? mutations.bytes() : mutations.text().getBytes(StandardCharsets.UTF_8);
            for (Reading reading : READINGS) {
                try {
                    Report report = reading.read(Body.parse(bytes));
                    assertThat(ReportFields.read(ReportFields.write(report))).isEqualTo(report);
                    accepted++;
                } catch (Invalid invalid) {
                    assertThat(invalid.problem().code()).isEqualTo("invalid_body");
                    assertThat(invalid.problem().got().orElse("")).hasSizeLessThan(200);
                }
            }
        }
        assertThat(accepted).isPositive();
    }
}
