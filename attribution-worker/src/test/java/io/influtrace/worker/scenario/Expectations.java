package io.influtrace.worker.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.money.Money;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.attribution.Accounting;
import io.influtrace.worker.attribution.Verdict;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.catalog.Creator;
import io.influtrace.worker.reading.Balance;
import io.influtrace.worker.reading.ClickCount;
import io.influtrace.worker.reading.EventView;
import io.influtrace.worker.reading.OrderView;
import io.influtrace.worker.reading.Reading;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Compares what a story names with what the worker's reading port says; what is not named is not compared. */
final class Expectations {

    /** Days that one look at the counters may span. */
    private static final int DAYS = 400;

    private final Reading reading;
    private final Catalog catalog;
    private final StoryEdge edge;
    private final StoryReports reports;
    private final LocalDate from;
    private final LocalDate to;

    Expectations(Reading reading, Catalog catalog, StoryEdge edge, StoryReports reports, LocalDate from, LocalDate to) {
        this.reading = reading;
        this.catalog = catalog;
        this.edge = edge;
        this.reports = reports;
        this.from = from;
        this.to = to;
    }

    void check(Node expect) throws ExecutionException, InterruptedException {
        expect.knowing("orders", "events", "balances", "clicks");
        for (String name : expect.map("orders").names()) {
            order(name, expect.map("orders").map(name), expect.map("orders").isNull(name));
        }
        for (String name : expect.map("events").names()) {
            event(name, expect.map("events").map(name), expect.map("events").isNull(name));
        }
        List<Balance> balances = get(reading.balances());
        for (String creator : expect.map("balances").names()) {
            balance(balances, creator, expect.map("balances").map(creator));
        }
        if (expect.has("clicks")) {
            List<ClickCount> clicks = new ArrayList<>();
            for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(DAYS)) {
                LocalDate end = day.plusDays(DAYS - 1);
                clicks.addAll(get(reading.clicks(day, end.isAfter(to) ? to : end)));
            }
            for (String creator : expect.map("clicks").names()) {
                clicks(clicks, handle(creator), expect.map("clicks").map(creator));
            }
        }
    }

    private void order(String name, Node expected, boolean absent) throws ExecutionException, InterruptedException {
        expected.knowing("verdict", "signal", "reason", "credits", "assists", "refunded", "conversions", "survey");
        OrderIdentity identity = reports.identity(name);
        Optional<OrderView> found = get(reading.order(identity));
        if (absent) {
            assertThat(found).as("order %s", name).isEmpty();
            return;
        }
        if (found.isEmpty() && isNothing(expected)) {
            return;
        }
        assertThat(found).as("order %s", name).isPresent();
        OrderView order = found.orElseThrow();
        Explained.check(order);
        Currency currency = Currency.getInstance(order.inputs().order().currency());
        expected.text("verdict")
                .ifPresent(word -> assertThat(order.decision().verdict().word() + why(order))
                        .as("verdict of %s", name)
                        .isEqualTo(word + why(order)));
        expected.text("signal")
                .ifPresent(word -> assertThat(order.decision().signal().word())
                        .as("signal of %s", name)
                        .isEqualTo(word));
        expected.text("reason")
                .ifPresent(word -> assertThat(order.decision().reason().word())
                        .as("reason of %s", name)
                        .isEqualTo(word));
        expected.number("refunded")
                .ifPresent(number -> money(number, order.refunded(), currency, "refunded of " + name));
        expected.number("conversions")
                .ifPresent(number -> assertThat(order.decision().verdict() == Verdict.CREDITED ? 1 : 0)
                        .as("conversions of %s", name)
                        .isEqualTo(number.intValueExact()));
        expected.text("survey")
                .ifPresent(word ->
                        assertThat(order.survey()).as("survey of %s", name).contains(word));
        if (expected.has("assists")) {
            assertThat(order.decision().assists())
                    .as("assists of %s", name)
                    .containsExactlyInAnyOrderElementsOf(expected.list("assists").stream()
                            .map(Expectations::handle)
                            .toList());
        }
        if (expected.has("credits")) {
            credits(name, order, expected.map("credits"), currency);
        }
    }

    /** True where a story expects of an order only numbers that are 0 and lists that are empty, as an absent one has. */
    private static boolean isNothing(Node expected) {
        boolean numbers = Stream.of("refunded", "conversions")
                .allMatch(name -> expected.number(name).orElse(BigDecimal.ZERO).signum() == 0);
        boolean words = Stream.of("verdict", "signal", "reason").anyMatch(expected::has);
        return numbers
                && !words
                && expected.list("assists").isEmpty()
                && expected.map("credits").names().isEmpty()
                && !expected.names().isEmpty();
    }

    private static String why(OrderView order) {
        return " [" + order.decision().reason().word() + "]";
    }

    private static void credits(String name, OrderView order, Node expected, Currency currency) {
        if (expected.names().isEmpty()) {
            assertThat(order.standing()).as("credits of %s", name).isEmpty();
        }
        for (String creator : expected.names()) {
            Node credit = expected.map(creator).knowing("value", "commission");
            credit.number("value")
                    .ifPresent(number -> money(
                            number,
                            sum(order, handle(creator), Accounting.Standing::value),
                            currency,
                            "credit of " + creator + " on " + name));
            credit.number("commission")
                    .ifPresent(number -> money(
                            number,
                            sum(order, handle(creator), Accounting.Standing::commission),
                            commissionCurrency(order, handle(creator), currency),
                            "commission of " + creator + " on " + name));
        }
    }

    /** A creator's handle as the worker keeps it. */
    private static String handle(String creator) {
        return creator.toLowerCase(Locale.ROOT);
    }

    private static long sum(OrderView order, String creator, ToLongFunction<Accounting.Standing> amount) {
        return order.standing().stream()
                .filter(standing -> standing.credit().creator().equals(creator))
                .mapToLong(amount)
                .sum();
    }

    private static Currency commissionCurrency(OrderView order, String creator, Currency otherwise) {
        return order.standing().stream()
                .filter(standing -> standing.credit().creator().equals(creator))
                .map(standing -> Currency.getInstance(standing.credit().commissionCurrency()))
                .findFirst()
                .orElse(otherwise);
    }

    private void event(String name, Node expected, boolean absent) throws ExecutionException, InterruptedException {
        expected.knowing("status", "reason");
        Optional<EventView> found = event(name);
        if (absent) {
            assertThat(found).as("event %s", name).isEmpty();
            return;
        }
        Optional<String> lost = found.isPresent() || name.startsWith("coupon:") ? Optional.empty() : edge.lost(name);
        if (lost.isPresent()) {
            expected.text("status")
                    .ifPresent(word ->
                            assertThat(lost.get()).as("status of %s", name).isEqualTo(word));
            String reason = lost.get().equals("expired") ? "window_elapsed" : "";
            expected.text("reason")
                    .ifPresent(
                            word -> assertThat(reason).as("reason of %s", name).isEqualTo(word));
            return;
        }
        assertThat(found).as("event %s", name).isPresent();
        EventView event = found.orElseThrow();
        Explained.check(event);
        expected.text("status")
                .ifPresent(word -> assertThat(event.status() + " " + event.reason())
                        .as("status of %s", name)
                        .isEqualTo(word + " " + event.reason()));
        expected.text("reason")
                .ifPresent(word ->
                        assertThat(event.reason()).as("reason of %s", name).isEqualTo(word));
    }

    private Optional<EventView> event(String name) throws ExecutionException, InterruptedException {
        if (edge.id(name).isPresent()) {
            return get(reading.event(edge.id(name).get().text()));
        }
        if (!name.startsWith("coupon:") && !edge.untracked(name)) {
            throw new StoryError("no click is named " + name);
        }
        if (name.startsWith("coupon:")) {
            for (String id : reports.couponEvents(name)) {
                Optional<EventView> found = get(reading.event(id));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** A balance is named by its creator, or by creator and currency: {@code ava}, {@code ava JPY}. */
    private static void balance(List<Balance> balances, String name, Node expected) {
        expected.knowing("pending", "approved", "paid", "adjusted", "currency");
        String[] parts = name.split(" ", 2);
        String creator = handle(parts[0]);
        String code = parts.length > 1 ? parts[1] : expected.text("currency").orElse("USD");
        Currency currency = Currency.getInstance(code);
        Balance balance = balances.stream()
                .filter(each ->
                        each.creator().equals(creator) && each.currency().equals(currency.getCurrencyCode()))
                .findFirst()
                .orElse(new Balance(creator, currency.getCurrencyCode(), 0, 0, 0, 0));
        expected.number("pending")
                .ifPresent(number -> money(number, balance.pending(), currency, "pending of " + creator));
        expected.number("approved")
                .ifPresent(number -> money(number, balance.approved(), currency, "approved of " + creator));
        expected.number("paid").ifPresent(number -> money(number, balance.paid(), currency, "paid of " + creator));
        expected.number("adjusted")
                .ifPresent(number -> money(number, balance.adjusted(), currency, "adjusted of " + creator));
    }

    private void clicks(List<ClickCount> clicks, String creator, Node expected) {
        expected.knowing("human", "repeat", "bot", "preview", "prefetch", "head");
        int number = catalog.creator(creator)
                .map(timeline -> timeline.now())
                .map(Creator::number)
                .orElseThrow(() -> new StoryError("no creator " + creator));
        for (String word : expected.names()) {
            ClickClass clickClass = ClickClass.ofWord(word);
            long counted = clicks.stream()
                    .filter(count -> count.creator() == number && count.clickClass() == clickClass)
                    .mapToLong(ClickCount::clicks)
                    .sum();
            assertThat(counted)
                    .as("%s clicks of %s", word, creator)
                    .isEqualTo(expected.number(word).orElse(BigDecimal.ZERO).longValueExact());
        }
    }

    private static void money(BigDecimal expected, long minor, Currency currency, String what) {
        assertThat(new BigDecimal(Money.decimal(minor, currency))).as(what).isEqualByComparingTo(expected);
    }

    private static <T> T get(CompletionStage<T> stage) throws ExecutionException, InterruptedException {
        return stage.toCompletableFuture().get();
    }
}
