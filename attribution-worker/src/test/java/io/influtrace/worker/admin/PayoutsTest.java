package io.influtrace.worker.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.worker.ledger.LedgerKeys;
import io.influtrace.worker.reading.Balance;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.testing.RedisServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What finance sees and marks: who is owed how much, each payout once. */
@Timeout(60)
final class PayoutsTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with();

    @TempDir
    Path dataDir;

    private BackOffice office;

    @BeforeEach
    void open() throws Exception {
        office = BackOffice.open(SERVER, dataDir);
        office.furnish();
        owe("ava", "USD", 2_500, -500);
        owe("ben", "USD", 900, 0);
        owe("ben", "JPY", 1_200, 0);
        owe("ben", "EUR", 100, -300);
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void whatIsOwedIsApprovedAndAdjustedAboveAMinimum() throws Exception {
        assertThat(rows("")).isEqualTo(List.of("ava USD 20.00", "ben JPY 1200", "ben USD 9.00"));
        assertThat(rows("?minimum=9.01")).isEqualTo(List.of("ava USD 20.00", "ben JPY 1200"));
        assertThat(rows("?minimum=9&currency=USD&creator=ben")).isEqualTo(List.of("ben USD 9.00"));
        assertThat(office.get("/api/v1/payouts?minimum=-1").json().getString("field"))
                .isEqualTo("minimum");
        assertThat(office.get("/api/v1/payouts?currency=XXQ").json().getString("field"))
                .isEqualTo("currency");
    }

    @Test
    void aPayoutPaysOnceUnderItsIdAndAnswersTheSameAgain() throws Exception {
        JsonObject first = pay("{\"id\":\"march\",\"currency\":\"USD\",\"minimum\":\"10\"}");
        assertThat(first.getBoolean("paid")).isTrue();
        assertThat(lines(first)).isEqualTo(List.of("ava USD 20.00"));
        owe("ben", "USD", 5_000, 0);
        assertThat(pay("{\"id\":\"march\"}")).isEqualTo(first);
        assertThat(balance("ava", "paid")).isEqualTo("2000");
        assertThat(balance("ava", "adjusted")).isEqualTo("0");
        assertThat(balance("ben", "approved")).isEqualTo("5000");
        assertThat(office.get("/api/v1/payouts/march").json()).isEqualTo(first);
        assertThat(office.get("/api/v1/payouts/history").json().getJsonArray("items"))
                .isEqualTo(new JsonArray().add(first));
        assertThat(office.get("/api/v1/payouts/april").json().getString("code")).isEqualTo("not_found");
    }

    @Test
    void financeReadsWhatIsDueAndWhatWasPaidAsTables() throws Exception {
        BackOffice.Answer due = office.as(BackOffice.TOKEN, "GET", "/api/v1/payouts", "", "text/csv");
        assertThat(due.raw().headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(due.raw().body().lines())
                .containsExactly(
                        "creator,currency,approved,adjusted,owed",
                        "ava,USD,25.00,-5.00,20.00",
                        "ben,JPY,1200,0,1200",
                        "ben,USD,9.00,0.00,9.00");
        pay("{\"id\":\"march\",\"currency\":\"USD\"}");
        BackOffice.Answer paid = office.as(BackOffice.TOKEN, "GET", "/api/v1/payouts/march", "", "text/csv");
        assertThat(paid.status()).isEqualTo(200);
        String at = office.get("/api/v1/payouts/march").json().getString("at");
        assertThat(paid.raw().body().lines())
                .containsExactly(
                        "payout,at,creator,amount,currency",
                        "march," + at + ",ava,20.00,USD",
                        "march," + at + ",ben,9.00,USD");
    }

    @Test
    void aPayoutOfNothingAndAMistakeAreRefused() throws Exception {
        assertThat(pay("{\"id\":\"march\",\"minimum\":\"99999\"}").getString("code"))
                .isEqualTo("nothing_due");
        assertThat(pay("{\"id\":\"a b\"}").getString("field")).isEqualTo("id");
        assertThat(pay("{\"id\":\"history\"}").getString("field")).isEqualTo("id");
        assertThat(pay("{\"id\":\"m\",\"minimum\":\"-1\"}").getString("field")).isEqualTo("minimum");
        assertThat(pay("{\"id\":\"m\",\"currency\":\"usd?\"}").getString("field"))
                .isEqualTo("currency");
        assertThat(pay("{\"id\":\"m\",\"all\":true}").getString("field")).isEqualTo("all");
    }

    private void owe(String creator, String currency, long approved, long adjusted) {
        office.books.balances.removeIf(balance ->
                balance.creator().equals(creator) && balance.currency().equals(currency));
        office.books.balances.add(new Balance(creator, currency, 0, approved, 0, adjusted));
        office.books.balances.sort(
                (one, other) -> (one.creator() + one.currency()).compareTo(other.creator() + other.currency()));
        String field = creator + "\t" + currency + "\t";
        Answers.of(office.look
                .async()
                .hset(
                        LedgerKeys.balances(3),
                        Map.of(
                                field + "approved",
                                Long.toString(approved),
                                field + "adjusted",
                                Long.toString(adjusted))));
    }

    private String balance(String creator, String state) {
        return Answers.of(office.look.async().hget(LedgerKeys.balances(3), creator + "\tUSD\t" + state));
    }

    private JsonObject pay(String body) throws Exception {
        return office.post("/api/v1/payouts", new JsonObject(body)).json();
    }

    private List<String> rows(String query) throws Exception {
        return texts(office.get("/api/v1/payouts" + query).json().getJsonArray("rows"), "owed");
    }

    private static List<String> lines(JsonObject payout) {
        return texts(payout.getJsonArray("lines"), "amount");
    }

    private static List<String> texts(JsonArray rows, String amount) {
        return rows.stream()
                .map(JsonObject.class::cast)
                .map(row -> row.getString("creator") + " " + row.getString("currency") + " " + row.getString(amount))
                .toList();
    }
}
