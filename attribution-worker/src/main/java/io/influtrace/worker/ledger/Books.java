package io.influtrace.worker.ledger;

import io.influtrace.protocol.order.Item;
import io.influtrace.worker.attribution.Accounting;
import io.influtrace.worker.attribution.Credit;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.attribution.OrderFacts;
import io.influtrace.worker.attribution.Verdict;
import io.influtrace.worker.ledger.OrderRecord.Money;
import io.influtrace.worker.ledger.OrderRecord.Ruling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one order's record contributes to balances and counters. Pure, so that every sum is the sum over the records, an
 * entry is the difference between two records, and both can be checked against each other at any time.
 *
 * <p>A field is {@code b} and a balance's field, or {@code c} and a day counter's.
 */
public final class Books {

    /** What the metric of a product's pieces begins with; behind it the product. */
    public static final String UNITS = "units:";

    /** What the metric of a product's sales begins with. */
    public static final String SALES = "sales:";

    /** Characters of a product's name in a counter. */
    private static final int LONGEST_PRODUCT = 64;

    private Books() {}

    /** All that stands booked for a record. */
    public static Map<String, Long> of(OrderRecord record) {
        if (record.state() == OrderRecord.State.DECIDING) {
            return record.prior();
        }
        Map<String, Long> books = new TreeMap<>(record.prior());
        if (record.state() == OrderRecord.State.DONE) {
            record.ruling().ifPresent(ruling -> book(record, ruling, books));
        }
        books.values().removeIf(value -> value == 0);
        return books;
    }

    /** The entry that leads from one record's books to another's: lines of field, tab, difference; empty where none. */
    public static String entry(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> difference = new TreeMap<>(after);
        before.forEach((field, value) -> difference.merge(field, -value, Long::sum));
        StringBuilder lines = new StringBuilder();
        difference.forEach((field, value) -> {
            if (value != 0) {
                lines.append(field).append('\t').append(value).append('\n');
            }
        });
        return lines.toString();
    }

    /** The field of one state of a credit's money. */
    public static String of(Credit credit, String state) {
        return "b" + balance(credit.creator(), credit.commissionCurrency(), state);
    }

    /** A balance's field. */
    public static String balance(String creator, String currency, String state) {
        return creator + "\t" + currency + "\t" + state;
    }

    /** What each credit must have booked in all, minor units, in the credits' order. */
    public static List<Long> targets(OrderRecord record, Ruling ruling) {
        List<Long> targets = new ArrayList<>();
        Accounting.standing(ruling.inputs(), ruling.decision(), record.refunded())
                .forEach(standing -> targets.add(standing.commission()));
        return targets;
    }

    private static void book(OrderRecord record, Ruling ruling, Map<String, Long> books) {
        OrderFacts order = ruling.inputs().order();
        Decision decision = ruling.decision();
        String store = "c" + order.integration();
        String verdict = decision.verdict().word();
        add(books, counter(store, "", "", "", order.currency(), "orders." + verdict), 1);
        add(books, counter(store, "", "", "", order.currency(), "revenue." + verdict), order.value());
        add(books, counter(store, "", "", "", order.currency(), "refunded." + verdict), record.refunded());
        if (decision.verdict() == Verdict.IGNORED) {
            return;
        }
        List<Accounting.Standing> standing = Accounting.standing(ruling.inputs(), decision, record.refunded());
        Set<String> counted = new HashSet<>();
        for (int i = 0; i < standing.size(); i++) {
            Credit credit = standing.get(i).credit();
            String who = credit.creator();
            String currency = credit.commissionCurrency();
            Money money = record.money().get(i);
            add(books, of(credit, "pending"), money.pending());
            add(books, of(credit, "approved"), money.approved());
            add(books, of(credit, "adjusted"), money.adjusted());
            String[] keys = {who, credit.campaign(), credit.link()};
            add(books, counter(store, keys, order.currency(), "orders"), counted.add(who) ? 1 : 0);
            add(books, counter(store, keys, order.currency(), "revenue"), credit.value());
            add(
                    books,
                    counter(store, keys, order.currency(), "refunded"),
                    credit.value() - standing.get(i).value());
            add(books, counter(store, keys, currency, "commission"), money.sum());
        }
        decision.credits().stream()
                .max(Comparator.comparingLong(Credit::value))
                .ifPresent(largest -> products(record, largest, store, order.currency(), books));
        for (String assist : decision.assists()) {
            add(books, counter(store, assist, "", "", order.currency(), "assisted"), order.value());
        }
        record.history()
                .survey()
                .ifPresent(who -> add(books, counter(store, who, "", "", order.currency(), "survey"), order.value()));
    }

    /** Lines are counted whole with one creator, so that the report by product counts nothing twice. */
    private static void products(
            OrderRecord record, Credit credit, String store, String currency, Map<String, Long> books) {
        for (Item item : record.history().items()) {
            String name = (item.sku().isBlank() ? item.name() : item.sku())
                    .replaceAll("\\p{Cntrl}", " ")
                    .strip();
            String product = name.substring(0, Math.min(name.length(), LONGEST_PRODUCT));
            if (!product.isEmpty()) {
                String[] keys = {credit.creator(), credit.campaign(), credit.link()};
                add(books, counter(store, keys, currency, UNITS + product), item.quantity());
                add(books, counter(store, keys, currency, SALES + product), item.quantity() * item.price());
            }
        }
    }

    private static String counter(String store, String[] keys, String currency, String metric) {
        return counter(store, keys[0], keys[1], keys[2], currency, metric);
    }

    private static String counter(
            String store, String creator, String campaign, String link, String currency, String metric) {
        return String.join("\t", store, creator, campaign, link, currency, metric);
    }

    private static void add(Map<String, Long> books, String field, long value) {
        books.merge(field, value, Long::sum);
    }
}
