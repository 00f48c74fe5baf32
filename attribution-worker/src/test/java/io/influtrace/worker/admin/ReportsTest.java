package io.influtrace.worker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.reading.ClickCount;
import io.influtrace.worker.reading.DayCount;
import io.influtrace.worker.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The reports by campaign, link, day and product, and each as a spreadsheet reads it. */
@Timeout(60)
final class ReportsTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with();

    private static final LocalDate MARCH_1 = LocalDate.parse("2026-03-01");
    private static final LocalDate MARCH_2 = LocalDate.parse("2026-03-02");
    private static final String SPAN = "?from=2026-03-01&to=2026-03-31";

    @TempDir
    Path dataDir;

    private BackOffice office;
    private String ava;

    @BeforeEach
    void open() throws Exception {
        office = BackOffice.open(SERVER, dataDir);
        office.furnish();
        ava = office.post("/api/v1/tokens", new JsonObject("{\"role\":\"creator\",\"creator\":\"ava\"}"))
                .json()
                .getString("token");
        clicks(MARCH_1, 2, ClickClass.HUMAN, 8);
        clicks(MARCH_1, 2, ClickClass.BOT, 1);
        clicks(MARCH_2, 3, ClickClass.HUMAN, 4);
        clicks(MARCH_2, 0, ClickClass.HUMAN, 4);
        count(MARCH_1, "ava", "orders", 2);
        count(MARCH_1, "ava", "revenue", 20_000);
        count(MARCH_1, "ava", "refunded", 5_000);
        count(MARCH_1, "ava", "commission", 1_500);
        count(MARCH_2, "ava", "orders", 1);
        count(MARCH_2, "ava", "revenue", 5_000);
        count(MARCH_2, "ben", "orders", 1);
        count(MARCH_2, "ben", "revenue", 5_000);
        ofStore(MARCH_2, "orders.credited", 1);
        ofStore(MARCH_1, "orders.credited", 2);
        ofStore(MARCH_1, "orders.unattributed", 7);
        ofStore(MARCH_1, "revenue.unattributed", 99_999);
        noted(MARCH_1, "ben", "assisted", 20_000);
        noted(MARCH_1, "ben", "survey", 1_000);
    }

    @AfterEach
    void close() {
        office.close();
    }

    private void clicks(LocalDate day, int creator, ClickClass clickClass, long clicks) {
        office.books.clicks.add(new ClickCount(day, 1, creator, clickClass, clicks));
    }

    private void count(LocalDate day, String creator, String metric, long value) {
        office.books.days.add(new DayCount(day, "shop", creator, "main", "spring", "USD", metric, value));
    }

    private void noted(LocalDate day, String creator, String metric, long value) {
        office.books.days.add(new DayCount(day, "shop", creator, "", "", "USD", metric, value));
    }

    private void ofStore(LocalDate day, String metric, long value) {
        noted(day, "", metric, value);
    }

    private JsonArray rows(String report) throws Exception {
        return office.get("/api/v1/reports/" + report).json().getJsonArray("rows");
    }

    private static JsonObject clicked(int human, int bot) {
        return new JsonObject()
                .put("human", human)
                .put("repeat", 0)
                .put("bot", bot)
                .put("preview", 0)
                .put("prefetch", 0)
                .put("head", 0);
    }

    @Test
    void aCampaignsRowCountsEveryClickAndWhatItsOrdersEarned() throws Exception {
        assertThat(rows("campaigns" + SPAN))
                .containsExactly(new JsonObject()
                        .put("campaign", "main")
                        .put("clicks", clicked(16, 1))
                        .put("orders", 4)
                        .put("conversionRate", "0.2500")
                        .put("currency", "USD")
                        .put("revenue", "300.00")
                        .put("refunded", "50.00")
                        .put("refundRate", "0.1667")
                        .put("averageOrder", "75.00")
                        .put("commission", new JsonObject().put("total", "15.00")));
    }

    @Test
    void aLinksRowIsNamedByItsSlug() throws Exception {
        JsonObject row = rows("links" + SPAN + "&creator=ava").getJsonObject(0);
        assertThat(row.getString("link")).isEqualTo("spring");
        assertThat(row.getJsonObject("clicks")).isEqualTo(clicked(8, 1));
        assertThat(row.getString("revenue")).isEqualTo("250.00");
    }

    @Test
    void aDayCountsASharedOrderOnceAndTellsOfThoseThatNobodyEarned() throws Exception {
        for (int creator : new int[] {2, 3}) {
            office.look
                    .async()
                    .pfadd(
                            Keys.visitors(
                                    1,
                                    MARCH_2.atStartOfDay(ZoneOffset.UTC)
                                            .toInstant()
                                            .toEpochMilli(),
                                    creator),
                            "everywhere",
                            "v" + creator)
                    .toCompletableFuture()
                    .join();
        }
        clicks(MARCH_2, 2, ClickClass.HUMAN, 1);
        JsonArray rows = rows("days" + SPAN);
        assertThat(rows).hasSize(2);
        JsonObject first = rows.getJsonObject(0);
        assertThat(first.getString("day")).isEqualTo("2026-03-01");
        assertThat(first.getInteger("unattributed")).isEqualTo(7);
        assertThat(first.getString("assisted")).isEqualTo("200.00");
        assertThat(first.getString("survey")).isEqualTo("10.00");
        JsonObject second = rows.getJsonObject(1);
        assertThat(second.getInteger("orders")).isEqualTo(1);
        assertThat(second.getString("revenue")).isEqualTo("100.00");
        assertThat(second.getInteger("visitors")).isEqualTo(3);
        assertThat(rows("days" + SPAN + "&creator=ben").getJsonObject(1).getInteger("orders"))
                .isEqualTo(1);
    }

    @Test
    void aProductsRowAddsUpPiecesAndSales() throws Exception {
        count(MARCH_1, "ava", "units:MUG", 2);
        count(MARCH_2, "ben", "units:MUG", 1);
        count(MARCH_1, "ava", "sales:MUG", 2_400);
        count(MARCH_2, "ben", "sales:MUG", 1_200);
        assertThat(rows("products" + SPAN))
                .containsExactly(
                        new JsonObject("{\"product\":\"MUG\",\"currency\":\"USD\",\"units\":3,\"revenue\":\"36.00\"}"));
        assertThat(rows("products" + SPAN + "&creator=ben").getJsonObject(0).getString("revenue"))
                .isEqualTo("12.00");
        assertThat(rows("products" + SPAN + "&currency=EUR")).isEmpty();
        assertThat(rows("creators" + SPAN).getJsonObject(0).getString("revenue"))
                .isEqualTo("250.00");
    }

    @Test
    void aCreatorSeesTheirOwnPartOfEveryReport() throws Exception {
        count(MARCH_2, "ben", "units:MUG", 1);
        for (String report : new String[] {"campaigns", "links", "days"}) {
            String body = office.as(ava, "GET", "/api/v1/reports/" + report + SPAN + "&creator=ben", "")
                    .raw()
                    .body();
            assertThat(new JsonObject(body)
                            .getJsonArray("rows").stream()
                                    .mapToDouble(row -> Double.parseDouble(((JsonObject) row).getString("revenue")))
                                    .sum())
                    .isEqualTo(250.0);
            assertThat(body).doesNotContain("unattributed");
        }
        assertThat(office.as(ava, "GET", "/api/v1/reports/products" + SPAN, "")
                        .raw()
                        .body())
                .doesNotContain("MUG");
    }

    private HttpResponse<String> asking(String accept, String path) throws Exception {
        return office.as(BackOffice.TOKEN, "GET", path, "", accept).raw();
    }

    @Test
    void everyReportIsCommaSeparatedForWhoAsks() throws Exception {
        String report = "/api/v1/reports/campaigns" + SPAN;
        HttpResponse<String> csv = asking("text/csv", report);
        assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(csv.headers().firstValue("Vary").orElse("")).containsIgnoringCase("accept");
        assertThat(csv.body())
                .isEqualTo(
                        "campaign,clicks.human,clicks.repeat,clicks.bot,clicks.preview,clicks.prefetch,clicks.head,orders,"
                                + "conversionRate,currency,revenue,refunded,refundRate,averageOrder,commission.total\r\n"
                                + "main,16,0,1,0,0,0,4,0.2500,USD,300.00,50.00,0.1667,75.00,15.00\r\n");
        assertThat(asking("application/json, text/csv;q=0.5", report).body()).startsWith("{");
        assertThat(asking("text/csv;q=0.5, */*", report).body()).startsWith("{");
        assertThat(asking("*/*", report).body()).startsWith("{");
    }
}
