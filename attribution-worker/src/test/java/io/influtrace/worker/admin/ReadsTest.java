package io.influtrace.worker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.attribution.TouchChange;
import io.influtrace.worker.reading.Balance;
import io.influtrace.worker.reading.ClickCount;
import io.influtrace.worker.reading.DayCount;
import io.influtrace.worker.reading.EventView;
import io.influtrace.worker.testing.RedisServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the books say is shown whole to the merchant, and to each creator their own. */
@Timeout(60)
final class ReadsTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with();

    private static final long DAY = 86_400_000;
    private static final long AT = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
    private static final LocalDate MARCH_1 = LocalDate.parse("2026-03-01");
    private static final String SPAN = "from=2026-03-01&to=2026-03-31";

    @TempDir
    Path dataDir;

    private BackOffice office;
    private WrittenBooks books;
    private String ava;

    @BeforeEach
    void open() throws Exception {
        office = BackOffice.open(SERVER, dataDir);
        books = office.books;
        office.furnish();
        ava = office.post("/api/v1/tokens", new JsonObject("{\"role\":\"creator\",\"creator\":\"ava\"}"))
                .json()
                .getString("token");
    }

    @AfterEach
    void close() {
        office.close();
    }

    private List<String> ids(String path, String name) throws Exception {
        List<String> ids = new ArrayList<>();
        office.get(path).json().getJsonArray("items").forEach(item -> ids.add(((JsonObject) item).getString(name)));
        return ids;
    }

    @Test
    void anOrderTellsItsVerdictCreditTraceAndWhatWentBack() throws Exception {
        books.orders.add(WrittenBooks.order("A-1", AT, Optional.of("ava"), 2_500));
        JsonObject order = office.get("/api/v1/orders/shop/A-1").json();
        assertThat(order.getString("verdict")).isEqualTo("credited");
        assertThat(order.getString("signal")).isEqualTo("coupon");
        assertThat(order.containsKey("reason")).isFalse();
        assertThat(order.getString("occurredAt")).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(order.getJsonArray("credits").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("creator", "ava")
                        .put("campaign", "main")
                        .put("link", "spring")
                        .put("value", "75.00")
                        .put("commission", "7.50")
                        .put("currency", "USD")
                        .put("eventId", "coupon:shop/A-1"));
        assertThat(order.getString("refunded")).isEqualTo("25.00");
        assertThat(order.getJsonArray("trace").getJsonObject(0).getString("outcome"))
                .isEqualTo("credited");
        assertThat(order.getString("explanation")).startsWith("Credited by coupon");
        assertThat(order.getJsonObject("inputs").getJsonArray("coupons")).hasSize(1);
    }

    @Test
    void anOrderThatIsNotSettledIsNotThere() throws Exception {
        assertThat(office.get("/api/v1/orders/shop/none").status()).isEqualTo(404);
    }

    @Test
    void ordersAreSiftedByWhatIsAsked() throws Exception {
        books.orders.add(WrittenBooks.order("C", AT + 2 * DAY, Optional.of("ben"), 0));
        books.orders.add(WrittenBooks.order("B", AT + DAY, Optional.empty(), 0));
        books.orders.add(WrittenBooks.order("A", AT, Optional.of("ava"), 0));
        assertThat(ids("/api/v1/orders", "orderId")).containsExactly("C", "B", "A");
        assertThat(ids("/api/v1/orders?verdict=unattributed", "orderId")).containsExactly("B");
        assertThat(ids("/api/v1/orders?creator=ava", "orderId")).containsExactly("A");
        assertThat(ids("/api/v1/orders?integration=other", "orderId")).isEmpty();
        assertThat(ids("/api/v1/orders?from=2026-03-02&to=2026-03-02", "orderId"))
                .containsExactly("B");
        assertThat(office.get("/api/v1/orders?from=yesterday").json().getString("field"))
                .isEqualTo("from");
    }

    @Test
    void aSiftedListIsReadInPartsWithoutGapOrRepeat() throws Exception {
        for (int i = 0; i < 60; i++) {
            Optional<String> creator = i % 3 == 0 ? Optional.of("ava") : Optional.empty();
            books.orders.add(WrittenBooks.order("o" + i, AT - i, creator, 0));
        }
        List<String> ids = new ArrayList<>();
        String next = "";
        do {
            JsonObject part = office.get("/api/v1/orders?creator=ava&limit=4&cursor=" + next)
                    .json();
            assertThat(part.getJsonArray("items").size()).isLessThanOrEqualTo(4);
            part.getJsonArray("items").forEach(item -> ids.add(((JsonObject) item).getString("orderId")));
            next = part.getString("next", "");
        } while (!next.isEmpty());
        assertThat(ids).hasSize(20).doesNotHaveDuplicates().startsWith("o0").endsWith("o57");
    }

    @Test
    void aCreatorSeesTheirOwnCreditAndNothingElseOfAnOrder() throws Exception {
        books.orders.add(WrittenBooks.order("A", AT, Optional.of("ava"), 0));
        books.orders.add(WrittenBooks.order("B", AT, Optional.of("ben"), 0));
        JsonObject orders =
                office.as(ava, "GET", "/api/v1/orders?creator=ben", "").json();
        assertThat(orders.getJsonArray("items")).hasSize(1);
        JsonObject own = orders.getJsonArray("items").getJsonObject(0);
        assertThat(own.getString("orderId")).isEqualTo("A");
        assertThat(own.fieldNames()).doesNotContain("trace", "inputs", "explanation", "assists");
        assertThat(office.as(ava, "GET", "/api/v1/orders/shop/A", "").status()).isEqualTo(200);
        assertThat(office.as(ava, "GET", "/api/v1/orders/shop/B", "").status()).isEqualTo(404);
    }

    private static EventView event(String id, String creator, String status, String reason) {
        return new EventView(
                id,
                Optional.of(creator),
                "spring",
                "main",
                Optional.of("ff"),
                AT,
                "link",
                status,
                reason,
                reason.isEmpty() ? 0 : AT + 1,
                AT + 30 * DAY,
                List.of("shop/A"),
                reason.equals("superseded_by_coupon")
                        ? Optional.of(new TouchChange.Other("coupon:shop/A", "ben", AT + DAY))
                        : Optional.empty());
    }

    @Test
    void aSupersededEventTellsBothSidesAndBothTimesButNotToItsCreator() throws Exception {
        books.events.add(event("1-30-a-1", "ava", "duplicate", "superseded_by_coupon"));
        books.events.add(event("coupon:shop/A", "ben", "converted", "converted"));
        JsonObject whole = office.get("/api/v1/events/1-30-a-1").json();
        assertThat(whole.getString("reason")).isEqualTo("superseded_by_coupon");
        assertThat(whole.getString("at")).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(whole.getJsonObject("supersededBy"))
                .isEqualTo(new JsonObject(
                        "{\"eventId\":\"coupon:shop/A\",\"creator\":\"ben\",\"at\":\"2026-03-02T12:00:00Z\"}"));
        assertThat(office.get("/api/v1/events/coupon:shop/A").json().getString("status"))
                .isEqualTo("converted");
        assertThat(office.get("/api/v1/events/coupon:shop%2FA").status()).isEqualTo(200);

        String own = office.as(ava, "GET", "/api/v1/events/1-30-a-1", "").raw().body();
        assertThat(own).contains("flagged for review").doesNotContain("ben", "superseded", "shop/A");
        assertThat(office.as(ava, "GET", "/api/v1/events/coupon:shop/A", "").status())
                .isEqualTo(404);
        assertThat(ids("/api/v1/events?status=converted", "id")).containsExactly("coupon:shop/A");
        assertThat(ids("/api/v1/events?link=other", "id")).isEmpty();
    }

    @Test
    void aCreatorsRowAddsUpClicksOrdersMoneyAndVisitors() throws Exception {
        books.clicks.add(new ClickCount(MARCH_1, 1, 2, ClickClass.HUMAN, 7));
        books.clicks.add(new ClickCount(MARCH_1.plusDays(1), 1, 2, ClickClass.HUMAN, 1));
        books.clicks.add(new ClickCount(MARCH_1, 1, 2, ClickClass.BOT, 3));
        books.clicks.add(new ClickCount(MARCH_1, 1, 0, ClickClass.HUMAN, 99));
        books.clicks.add(new ClickCount(MARCH_1.minusDays(1), 1, 2, ClickClass.HUMAN, 50));
        for (String metric : List.of("orders 2", "revenue 10001", "refunded 2500", "assisted 300")) {
            String[] parts = metric.split(" ", 2);
            books.days.add(
                    new DayCount(MARCH_1, "shop", "ava", "main", "spring", "USD", parts[0], Long.parseLong(parts[1])));
        }
        books.balances.add(new Balance("ava", "USD", 700, 50, 20, -5));
        for (int partition : List.of(0, 3)) {
            office.look
                    .async()
                    .pfadd(Keys.visitors(partition, AT, 2), "v1", "v" + partition)
                    .toCompletableFuture()
                    .join();
        }

        JsonObject row = office.get("/api/v1/reports/creators?" + SPAN)
                .json()
                .getJsonArray("rows")
                .getJsonObject(0);

        assertThat(row)
                .isEqualTo(
                        new JsonObject()
                                .put("creator", "ava")
                                .put("currency", "USD")
                                .put(
                                        "clicks",
                                        new JsonObject(
                                                "{\"human\":8,\"repeat\":0,\"bot\":3,\"preview\":0,\"prefetch\":0,\"head\":0}"))
                                .put("visitors", 3)
                                .put("orders", 2)
                                .put("revenue", "100.01")
                                .put("refunded", "25.00")
                                .put("assisted", "3.00")
                                .put("survey", "0.00")
                                .put("averageOrder", "50.00")
                                .put("refundRate", "0.2500")
                                .put("conversionRate", "0.2500")
                                .put(
                                        "commission",
                                        new JsonObject(
                                                "{\"pending\":\"7.00\",\"approved\":\"0.50\",\"paid\":\"0.20\",\"adjusted\":\"-0.05\"}")));
    }

    @Test
    void aReportIsSiftedByCampaignCreatorAndCurrency() throws Exception {
        books.clicks.add(new ClickCount(MARCH_1, 1, 2, ClickClass.HUMAN, 7));
        books.days.add(new DayCount(MARCH_1, "shop", "ava", "main", "spring", "USD", "orders", 1));
        books.days.add(new DayCount(MARCH_1, "shop", "ben", "main", "spring", "EUR", "orders", 1));
        assertThat(creators("")).containsExactly("ava", "ben");
        assertThat(creators("&creator=ben")).containsExactly("ben");
        assertThat(creators("&campaign=none")).isEmpty();
        assertThat(office.as(ava, "GET", "/api/v1/reports/creators?creator=ben&" + SPAN, "")
                        .raw()
                        .body())
                .contains("\"ava\"")
                .doesNotContain("\"ben\"");
        assertThat(office.get("/api/v1/reports/creators?from=2026-03-02&to=2026-03-01")
                        .json()
                        .getString("field"))
                .isEqualTo("from");
    }

    private List<String> creators(String more) throws Exception {
        List<String> creators = new ArrayList<>();
        office.get("/api/v1/reports/creators?" + SPAN + more)
                .json()
                .getJsonArray("rows")
                .forEach(row -> creators.add(((JsonObject) row).getString("creator")));
        return creators;
    }
}
