package io.influtrace.worker.report;

import io.influtrace.worker.ledger.Books;
import io.influtrace.worker.reading.DayCount;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The report by product: pieces and sales of the lines of credited orders, before refunds, since stores refund amounts and
 * not lines. A line is counted with the creator who has the largest share of its order, so that nothing counts twice.
 */
final class Products {

    private Products() {}

    /** The product that a counter's metric speaks of; empty where it speaks of none. */
    static String name(String metric) {
        for (String kind : List.of(Books.UNITS, Books.SALES)) {
            if (metric.startsWith(kind)) {
                return metric.substring(kind.length());
            }
        }
        return "";
    }

    /** Rows by product and currency, from counters already sifted. */
    static JsonObject rows(List<DayCount> counts) {
        Map<String, Map<String, Map<String, Long>>> sums = new TreeMap<>();
        for (DayCount count : counts) {
            String product = name(count.metric());
            if (!product.isEmpty()) {
                sums.computeIfAbsent(product, first -> new TreeMap<>())
                        .computeIfAbsent(count.currency(), first -> new HashMap<>())
                        .merge(
                                count.metric().substring(0, count.metric().length() - product.length()),
                                count.value(),
                                Long::sum);
            }
        }
        JsonArray rows = new JsonArray();
        sums.forEach((product, currencies) -> currencies.forEach((currency, sum) -> rows.add(new JsonObject()
                .put(Grouping.PRODUCTS.field(), product)
                .put("currency", currency)
                .put("units", sum.getOrDefault(Books.UNITS, 0L))
                .put("revenue", Amounts.money(sum.getOrDefault(Books.SALES, 0L), currency)))));
        return new JsonObject().put("rows", rows);
    }
}
