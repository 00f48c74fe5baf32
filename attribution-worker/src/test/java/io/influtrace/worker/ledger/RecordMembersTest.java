package io.influtrace.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.attribution.Attribution;
import io.influtrace.worker.attribution.Commission;
import io.influtrace.worker.attribution.CouponFacts;
import io.influtrace.worker.attribution.FirstOrder;
import io.influtrace.worker.attribution.Inputs;
import io.influtrace.worker.attribution.Model;
import io.influtrace.worker.attribution.OrderFacts;
import io.influtrace.worker.attribution.PolicyFacts;
import io.influtrace.worker.attribution.Signal;
import io.influtrace.worker.ledger.OrderRecord.Ruling;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an edge reads of a record lies where the protocol says, and what an order is to others reads as it was written. */
final class RecordMembersTest {

    private static final OrderIdentity IDENTITY = new OrderIdentity("shop", "O-1");
    private static final Map<String, PolicyFacts> POLICIES = Map.of(
            "main", new PolicyFacts("main", 1, Model.LAST_CLICK, 30, new Commission.Fixed(500, "EUR"), Map.of()));

    private static Inputs inputs(List<CouponFacts> coupons, Optional<FirstOrder> first) {
        return new Inputs(
                new OrderFacts("shop", "O-1", "connected", 1_772_359_200_000L, 7_900, "USD", 0, 0),
                coupons,
                List.of(),
                List.of(),
                POLICIES,
                Map.of(),
                first);
    }

    private static OrderRecord settled(Inputs inputs) {
        return OrderRecord.ABSENT
                .done(new Ruling(inputs, Attribution.decide(inputs)), "1-0")
                .numbered(2);
    }

    @Test
    void decisionOfACreditedOrderLiesWhereAnEdgeLooks() {
        CouponFacts code = new CouponFacts(
                "AVA10",
                CouponFacts.Standing.MAPPED,
                Optional.of(new CouponFacts.Mapping("ava", "spring", "main")),
                false,
                List.of());
        JsonObject json = new JsonObject(RecordJson.write(settled(inputs(List.of(code), Optional.empty())), IDENTITY));
        assertThat(json.containsKey("s")).isFalse();
        assertThat(json.getJsonObject("i").getJsonArray("o").encode()).isEqualTo("[1772359200000,7900,\"USD\"]");
        assertThat(json.getJsonObject("d").containsKey("v")).isFalse();
        assertThat(json.getJsonObject("d").getString("s")).isEqualTo("coupon");
        assertThat(json.getJsonObject("d").getJsonArray("c").getJsonArray(0).getLong(1))
                .isEqualTo(500);
        assertThat(json.getJsonObject("d").getJsonArray("c").getJsonArray(0).getString(5))
                .isEqualTo("EUR");
        assertThat(json.getJsonArray("a").encode()).isEqualTo("[\"ava\"]");
    }

    @Test
    void decisionOfAnUnattributedOrderLiesWhereAnEdgeLooks() {
        CouponFacts code = new CouponFacts("NOPE", CouponFacts.Standing.UNKNOWN, Optional.empty(), false, List.of());
        JsonObject json = new JsonObject(RecordJson.write(settled(inputs(List.of(code), Optional.empty())), IDENTITY));
        assertThat(json.getJsonObject("d").getString("v")).isEqualTo("unattributed");
        assertThat(json.getJsonObject("d").getString("r")).isEqualTo("coupon_unknown");
        assertThat(json.containsKey("a")).isFalse();
    }

    @Test
    void renewalReadsAsItWasWritten() {
        FirstOrder first = new FirstOrder(
                "O-0",
                Signal.LINK,
                List.of(
                        FirstOrder.share("ava", "main", "spring", "1-2-3-4", BigInteger.TWO),
                        FirstOrder.share("ben", "main", "", "coupon:shop/O-0", BigInteger.ONE.shiftLeft(90))));
        OrderRecord record = settled(inputs(List.of(), Optional.of(first)));
        OrderRecord reread = RecordJson.read(RecordJson.write(record, IDENTITY), IDENTITY);
        assertThat(reread.ruling().orElseThrow().inputs())
                .isEqualTo(record.ruling().orElseThrow().inputs());
        assertThat(reread.ruling().orElseThrow().decision().credits())
                .isEqualTo(record.ruling().orElseThrow().decision().credits());
    }

    @Test
    void whatAnOrderIsToOthersReadsAsItWasWritten() {
        Kin kin = Kin.NONE
                .with(new Kin.Renewal("R-1", Optional.empty()))
                .with(new Kin.Renewal("R-2", Optional.of(new Kin.Waiting(List.of("v", "1", "id", "shop/R-2")))));
        for (Kin each : List.of(kin, kin.released(), kin.naming(new Kin.Target("shop", "O-9")))) {
            OrderRecord record = OrderRecord.ABSENT
                    .with(OrderRecord.ABSENT.history().with(each))
                    .numbered(1);
            assertThat(RecordJson.read(RecordJson.write(record, IDENTITY), IDENTITY))
                    .isEqualTo(record);
        }
    }

    @Test
    void renewalsAreKeptUpToABound() {
        Kin kin = Kin.NONE;
        for (int i = 0; i < Kin.MAX_RENEWALS + 5; i++) {
            kin = kin.with(new Kin.Renewal("R-" + i, Optional.empty()));
        }
        assertThat(kin.renewals()).hasSize(Kin.MAX_RENEWALS);
        assertThat(kin.renewedBy("R-0")).isTrue();
    }
}
