package io.influtrace.worker.admin;

import io.influtrace.protocol.http.Problem;
import io.influtrace.protocol.money.Money;
import io.influtrace.worker.ledger.Payouts;
import io.influtrace.worker.reading.Balance;
import io.influtrace.worker.reading.Payout;
import io.influtrace.worker.reading.Reading;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What creators are owed, and what they were paid. */
final class PayoutCalls {

    private static final Set<String> FIELDS = Set.of("id", "creator", "currency", "minimum");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String ID_WORDS = "must be 1 to 64 letters, digits, dots, underscores or hyphens";

    /** The address of the list, which a payout can therefore not be called. */
    private static final String LIST = "history";

    private final Reading reading;
    private final Payouts payouts;
    private final Clock clock;

    PayoutCalls(Reading reading, Payouts payouts, Clock clock) {
        this.reading = reading;
        this.payouts = payouts;
        this.clock = clock;
    }

    /** Whose balances are meant; an amount is a decimal number of each balance's own currency. */
    private record Question(Optional<String> creator, Optional<String> currency, Optional<BigDecimal> minimum)
            implements Predicate<Balance> {
        @Override
        public boolean test(Balance balance) {
            BigDecimal owed = new BigDecimal(money(balance.owed(), balance.currency()));
            return creator.map(balance.creator()::equals).orElse(true)
                    && currency.map(balance.currency()::equals).orElse(true)
                    && owed.signum() > 0
                    && minimum.map(least -> owed.compareTo(least) >= 0).orElse(true);
        }
    }

    CompletionStage<Reply> due(MultiMap query, Caller caller, boolean csv) {
        Optional<String> currency = Query.text(query, "currency");
        currency.ifPresent(code -> currency(code, "currency"));
        Optional<BigDecimal> minimum = Query.text(query, "minimum").map(text -> amount(text, "minimum"));
        Question question = new Question(caller.creator().or(() -> Query.text(query, "creator")), currency, minimum);
        return reading.balances().thenApply(balances -> {
            JsonArray rows = new JsonArray();
            balances.stream()
                    .filter(question)
                    .forEach(balance -> rows.add(new JsonObject()
                            .put("creator", balance.creator())
                            .put("currency", balance.currency())
                            .put("approved", money(balance.approved(), balance.currency()))
                            .put("adjusted", money(balance.adjusted(), balance.currency()))
                            .put("owed", money(balance.owed(), balance.currency()))));
            return Reply.table(200, new JsonObject().put("rows", rows), "rows", csv);
        });
    }

    CompletionStage<Reply> pay(Body body, boolean csv) {
        body.only(FIELDS);
        String id = body.matching("id", ID, ID_WORDS);
        if (id.equals(LIST)) {
            throw body.invalid("id", "must not be " + LIST);
        }
        Optional<String> currency = body.has("currency")
                ? Optional.of(CommissionBody.currency(body, "currency").getCurrencyCode())
                : Optional.empty();
        Optional<BigDecimal> minimum = Optional.empty();
        if (body.has("minimum")) {
            minimum = Optional.of(amount(body.decimal("minimum").toPlainString(), "minimum"));
        }
        Question question = new Question(body.optional("creator", 64), currency, minimum);
        return payouts.read(id)
                .thenCompose(known -> known.isPresent()
                        ? payouts.pay(id, known.get().at(), List.of()).thenApply(payout -> answer(200, payout, csv))
                        : reading.balances().thenCompose(balances -> marked(id, balances, question, csv)));
    }

    private CompletionStage<Reply> marked(String id, List<Balance> balances, Question question, boolean csv) {
        List<Payout.Line> lines = balances.stream()
                .filter(question)
                .map(balance -> new Payout.Line(balance.creator(), balance.currency(), 0))
                .toList();
        if (lines.isEmpty()) {
            return CompletableFuture.failedFuture(Problem.last(409, "nothing_due", "Nobody is owed that much.")
                    .refusal());
        }
        if (lines.size() > Payouts.MAX_LINES) {
            return CompletableFuture.failedFuture(Problem.invalid(
                            "minimum", "leaves " + lines.size() + " lines; one payout holds " + Payouts.MAX_LINES)
                    .refusal());
        }
        return payouts.pay(id, clock.millis(), lines).thenApply(payout -> answer(201, payout, csv));
    }

    CompletionStage<Reply> history(MultiMap query) {
        return payouts.newest(Page.of(query).limit()).thenApply(found -> {
            JsonArray items = new JsonArray();
            found.forEach(payout -> items.add(json(payout)));
            return Reply.ok(new JsonObject().put("items", items));
        });
    }

    CompletionStage<Reply> one(String id, boolean csv) {
        return payouts.read(id)
                .thenCompose(found -> found.map(payout -> answer(200, payout, csv))
                        .<CompletionStage<Reply>>map(CompletableFuture::completedFuture)
                        .orElseGet(() -> CompletableFuture.failedFuture(
                                Problem.unknown("Payout " + id).refusal())));
    }

    private static Reply answer(int status, Payout payout, boolean csv) {
        return Reply.table(status, json(payout), "lines", csv);
    }

    private static JsonObject json(Payout payout) {
        JsonArray lines = new JsonArray();
        payout.lines()
                .forEach(line -> lines.add(new JsonObject()
                        .put("payout", payout.id())
                        .put("at", Times.text(payout.at()))
                        .put("creator", line.creator())
                        .put("amount", money(line.amount(), line.currency()))
                        .put("currency", line.currency())));
        return new JsonObject()
                .put("id", payout.id())
                .put("at", Times.text(payout.at()))
                .put("paid", payout.paid())
                .put("lines", lines);
    }

    private static String money(long minor, String currency) {
        return Money.decimal(minor, Currency.getInstance(currency));
    }

    private static void currency(String code, String field) {
        if (Money.currency(code).isEmpty()) {
            throw Problem.invalid(field, "must be a currency of ISO 4217").refusal();
        }
    }

    private static BigDecimal amount(String text, String field) {
        if (!text.matches("[0-9]{1,15}([.][0-9]{1,3})?")) {
            throw Problem.invalid(field, "must be a decimal number of at least 0")
                    .refusal();
        }
        return new BigDecimal(text);
    }
}
