package io.influtrace.worker.report;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.worker.catalog.Catalog;
import io.influtrace.worker.catalog.Link;
import io.influtrace.worker.catalog.Timeline;
import io.influtrace.worker.reading.Balance;
import io.influtrace.worker.reading.ClickCount;
import io.influtrace.worker.reading.DayCount;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A report summed from counters: clicks of a span by class, orders and money of it by currency. A row by creator tells its
 * commission as it stands today, any other what the span's orders earned in all. An order that several creators share
 * counts for each of them.
 */
record Rows(Catalog catalog, Grouping grouping, Reports.Question question) {

    private static final String CREDITED = "orders.credited";
    private static final String UNATTRIBUTED = "orders.unattributed";

    private record Row(String name, String currency) {}

    JsonObject of(
            List<ClickCount> clickCounts,
            List<DayCount> dayCounts,
            List<Balance> balances,
            Map<String, Long> visitors) {
        Map<String, Map<ClickClass, Long>> clicks = clicks(clickCounts);
        Map<Row, Map<String, Long>> sums = sums(dayCounts);
        Map<Row, Balance> standing = new HashMap<>();
        balances.stream()
                .filter(balance -> grouping == Grouping.CREATORS && question.asks(balance.creator()))
                .forEach(balance -> standing.put(new Row(balance.creator(), balance.currency()), balance));
        JsonArray rows = new JsonArray();
        currencies(clicks, sums, standing)
                .forEach((name, currencies) -> currencies.forEach(currency -> {
                    Row row = new Row(name, currency);
                    JsonObject shown =
                            counted(name, clicks.getOrDefault(name, Map.of()), sums.getOrDefault(row, Map.of()));
                    Optional.ofNullable(visitors.get(name)).ifPresent(count -> shown.put("visitors", count));
                    if (!currency.isEmpty()) {
                        money(shown, row, sums.getOrDefault(row, Map.of()), standing);
                    }
                    rows.add(shown);
                }));
        return new JsonObject().put("rows", rows);
    }

    private Map<String, Map<ClickClass, Long>> clicks(List<ClickCount> counts) {
        Map<String, Map<ClickClass, Long>> clicks = new HashMap<>();
        for (ClickCount count : counts) {
            String handle = handle(count.creator());
            String campaign = link(count.link()).map(Link::campaign).orElse("");
            boolean asked = question.campaign().map(campaign::equals).orElse(true)
                    && (question.creator().isEmpty() || question.asks(handle));
            String name = switch (grouping) {
                case CREATORS -> handle;
                case CAMPAIGNS -> campaign;
                case LINKS -> link(count.link()).map(Link::slug).orElse("");
                case DAYS, PRODUCTS -> count.day().toString();
            };
            if (asked && !name.isEmpty()) {
                clicks.computeIfAbsent(name, first -> new EnumMap<>(ClickClass.class))
                        .merge(count.clickClass(), count.clicks(), Long::sum);
            }
        }
        return clicks;
    }

    private String handle(int number) {
        return number < Click.FIRST_CREATOR
                ? ""
                : catalog.creator(number)
                        .map(timeline -> timeline.now().handle())
                        .orElse("");
    }

    /** The link that a number stands for. */
    private Optional<Link> link(int number) {
        return catalog.link(number).stream()
                .flatMap(timeline -> timeline.versions().stream())
                .map(Timeline.Version::value)
                .filter(version -> version.number() == number)
                .findFirst();
    }

    private Map<Row, Map<String, Long>> sums(List<DayCount> counts) {
        Map<Row, Map<String, Long>> sums = new HashMap<>();
        for (DayCount count : counts) {
            boolean ofStore = count.creator().isEmpty();
            String metric = metric(count);
            String name = ofStore && grouping != Grouping.DAYS ? "" : grouping.of(count);
            if (!metric.isEmpty() && !name.isEmpty() && question.asks(count)) {
                sums.computeIfAbsent(new Row(name, count.currency()), first -> new HashMap<>())
                        .merge(metric, count.value(), Long::sum);
            }
        }
        return sums;
    }

    /** A day of all creators counts each order once, whoever shares it. */
    private String metric(DayCount count) {
        boolean whole = grouping == Grouping.DAYS && question.isWhole();
        if (count.creator().isEmpty()) {
            return whole && count.metric().equals(CREDITED)
                    ? "orders"
                    : whole && count.metric().equals(UNATTRIBUTED) ? "unattributed" : "";
        }
        return whole && count.metric().equals("orders") ? "" : count.metric();
    }

    /** A name without any money still has a row, in no currency. */
    private Map<String, Set<String>> currencies(
            Map<String, Map<ClickClass, Long>> clicks, Map<Row, Map<String, Long>> sums, Map<Row, Balance> standing) {
        Map<String, Set<String>> currencies = new TreeMap<>();
        clicks.keySet().forEach(name -> currencies.put(name, new TreeSet<>()));
        for (Set<Row> rows : List.of(sums.keySet(), standing.keySet())) {
            rows.stream()
                    .filter(row -> question.currency().map(row.currency::equals).orElse(true))
                    .forEach(row -> currencies
                            .computeIfAbsent(row.name, first -> new TreeSet<>())
                            .add(row.currency));
        }
        currencies.values().stream()
                .filter(Set::isEmpty)
                .forEach(none -> none.add(question.currency().orElse("")));
        return currencies;
    }

    private JsonObject counted(String name, Map<ClickClass, Long> classes, Map<String, Long> sums) {
        JsonObject clicks = new JsonObject();
        for (ClickClass one : ClickClass.values()) {
            clicks.put(one.word(), classes.getOrDefault(one, 0L));
        }
        long orders = sums.getOrDefault("orders", 0L);
        JsonObject shown = new JsonObject()
                .put(grouping.field(), name)
                .put("clicks", clicks)
                .put("orders", orders)
                .put("conversionRate", Amounts.rate(orders, classes.getOrDefault(ClickClass.HUMAN, 0L)));
        if (grouping == Grouping.DAYS && question.isWhole()) {
            shown.put("unattributed", sums.getOrDefault("unattributed", 0L));
        }
        return shown;
    }

    private void money(JsonObject shown, Row row, Map<String, Long> sums, Map<Row, Balance> standing) {
        long revenue = sums.getOrDefault("revenue", 0L);
        long refunded = sums.getOrDefault("refunded", 0L);
        shown.put("currency", row.currency)
                .put("revenue", Amounts.money(revenue, row.currency))
                .put("refunded", Amounts.money(refunded, row.currency))
                .put("refundRate", Amounts.rate(refunded, revenue))
                .put("averageOrder", Amounts.mean(revenue, sums.getOrDefault("orders", 0L), row.currency));
        if (grouping == Grouping.CREATORS || grouping == Grouping.DAYS) {
            List.of("assisted", "survey")
                    .forEach(name -> shown.put(name, Amounts.money(sums.getOrDefault(name, 0L), row.currency)));
        }
        if (grouping != Grouping.CREATORS) {
            long earned = sums.getOrDefault("commission", 0L);
            shown.put("commission", new JsonObject().put("total", Amounts.money(earned, row.currency)));
            return;
        }
        Balance balance = standing.getOrDefault(row, new Balance(row.name, row.currency, 0, 0, 0, 0));
        shown.put(
                "commission",
                new JsonObject()
                        .put("pending", Amounts.money(balance.pending(), row.currency))
                        .put("approved", Amounts.money(balance.approved(), row.currency))
                        .put("paid", Amounts.money(balance.paid(), row.currency))
                        .put("adjusted", Amounts.money(balance.adjusted(), row.currency)));
    }
}
