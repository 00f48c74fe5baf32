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
import java.util.function.Predicate;

/**
 * The report by creator, summed from counters: clicks of a span by class, orders and money of it by currency, and the
 * commission as it stands today.
 *
 * @param campaign only this campaign's clicks and orders; empty for all
 * @param currency only this currency's rows; empty for all
 */
record CreatorRows(Catalog catalog, Optional<String> campaign, Optional<String> currency) {

    private static final List<String> MONEY = List.of("revenue", "refunded", "assisted", "survey");

    private record Row(String creator, String currency) {}

    JsonObject of(
            List<ClickCount> clickCounts,
            List<DayCount> dayCounts,
            List<Balance> balances,
            Map<String, Long> visitors,
            Predicate<String> shown) {
        Map<String, Map<ClickClass, Long>> clicks = clicks(clickCounts);
        Map<Row, Map<String, Long>> sums = sums(dayCounts);
        Map<Row, Balance> standing = new HashMap<>();
        balances.forEach(balance -> standing.put(new Row(balance.creator(), balance.currency()), balance));
        JsonArray rows = new JsonArray();
        currencies(clicks, sums, standing).forEach((creator, currencies) -> {
            if (shown.test(creator) && !creator.isEmpty()) {
                for (String one : currencies) {
                    Row row = new Row(creator, one);
                    rows.add(row(row, clicks, sums.getOrDefault(row, Map.of()), standing, visitors));
                }
            }
        });
        return new JsonObject().put("rows", rows);
    }

    private Map<String, Map<ClickClass, Long>> clicks(List<ClickCount> counts) {
        Map<String, Map<ClickClass, Long>> clicks = new HashMap<>();
        for (ClickCount count : counts) {
            boolean asked = campaign.isEmpty() || campaignOf(count.link()).equals(campaign);
            if (asked && count.creator() >= Click.FIRST_CREATOR) {
                String handle = catalog.creator(count.creator())
                        .map(timeline -> timeline.now().handle())
                        .orElse("");
                clicks.computeIfAbsent(handle, first -> new EnumMap<>(ClickClass.class))
                        .merge(count.clickClass(), count.clicks(), Long::sum);
            }
        }
        return clicks;
    }

    /** The campaign that a link's number stands for. */
    private Optional<String> campaignOf(int link) {
        return catalog.link(link).stream()
                .flatMap(timeline -> timeline.versions().stream())
                .map(Timeline.Version::value)
                .filter(version -> version.number() == link)
                .map(Link::campaign)
                .findFirst();
    }

    private Map<Row, Map<String, Long>> sums(List<DayCount> counts) {
        Map<Row, Map<String, Long>> sums = new HashMap<>();
        for (DayCount count : counts) {
            boolean asked = campaign.isEmpty() || campaign.get().equals(count.campaign());
            if (asked && !count.creator().isEmpty()) {
                sums.computeIfAbsent(new Row(count.creator(), count.currency()), first -> new HashMap<>())
                        .merge(count.metric(), count.value(), Long::sum);
            }
        }
        return sums;
    }

    /** A creator without any money still has a row, in no currency. */
    private Map<String, Set<String>> currencies(
            Map<String, Map<ClickClass, Long>> clicks, Map<Row, Map<String, Long>> sums, Map<Row, Balance> standing) {
        Map<String, Set<String>> currencies = new TreeMap<>();
        clicks.keySet().forEach(creator -> currencies.put(creator, new TreeSet<>()));
        for (Set<Row> rows : List.of(sums.keySet(), standing.keySet())) {
            rows.stream()
                    .filter(row -> currency.isEmpty() || currency.get().equals(row.currency))
                    .forEach(row -> currencies
                            .computeIfAbsent(row.creator, first -> new TreeSet<>())
                            .add(row.currency));
        }
        currencies.values().stream().filter(Set::isEmpty).forEach(none -> none.add(currency.orElse("")));
        return currencies;
    }

    private static JsonObject row(
            Row row,
            Map<String, Map<ClickClass, Long>> clicks,
            Map<String, Long> sums,
            Map<Row, Balance> standing,
            Map<String, Long> visitors) {
        Map<ClickClass, Long> classes = clicks.getOrDefault(row.creator, Map.of());
        JsonObject shownClicks = new JsonObject();
        for (ClickClass one : ClickClass.values()) {
            shownClicks.put(one.word(), classes.getOrDefault(one, 0L));
        }
        long orders = sums.getOrDefault("orders", 0L);
        JsonObject shown = new JsonObject()
                .put("creator", row.creator)
                .put("clicks", shownClicks)
                .put("orders", orders)
                .put("conversionRate", Amounts.rate(orders, classes.getOrDefault(ClickClass.HUMAN, 0L)));
        Optional.ofNullable(visitors.get(row.creator)).ifPresent(count -> shown.put("visitors", count));
        if (row.currency.isEmpty()) {
            return shown;
        }
        shown.put("currency", row.currency);
        MONEY.forEach(name -> shown.put(name, Amounts.money(sums.getOrDefault(name, 0L), row.currency)));
        Balance balance = standing.getOrDefault(row, new Balance(row.creator, row.currency, 0, 0, 0, 0));
        return shown.put("averageOrder", Amounts.mean(sums.getOrDefault("revenue", 0L), orders, row.currency))
                .put(
                        "commission",
                        new JsonObject()
                                .put("pending", Amounts.money(balance.pending(), row.currency))
                                .put("approved", Amounts.money(balance.approved(), row.currency))
                                .put("paid", Amounts.money(balance.paid(), row.currency))
                                .put("adjusted", Amounts.money(balance.adjusted(), row.currency)));
    }
}
