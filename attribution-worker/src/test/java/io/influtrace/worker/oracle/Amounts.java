package io.influtrace.worker.oracle;

import io.influtrace.worker.oracle.Oracle.Sale;
import io.influtrace.worker.oracle.Oracle.Share;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Divides and books, by trial: hand out single units to whoever lacks most. */
record Amounts(Oracle oracle) {

    private static final MathContext WIDE = new MathContext(80);

    /** Sets every share to what stands after refunds and books the difference. */
    void rebook(Sale sale) {
        if (sale.shares.isEmpty()) {
            return;
        }
        sale.shares.forEach(share -> take(sale, share));
        long standing = sale.value - sale.refunded();
        List<Long> values = divide(standing, sale);
        for (int i = 0; i < sale.shares.size(); i++) {
            Share share = sale.shares.get(i);
            long commission = commission(sale, share, values, i);
            oracle.books.book(share.creator, share.currency, share.state, commission - share.commission);
            share.value = values.get(i);
            share.commission = commission;
        }
    }

    /** What a share is paid in, and its creator's place in the month where the rate hangs on it. */
    private void take(Sale sale, Share share) {
        Node rule = rule(sale, share);
        share.currency =
                rule.need("type").equals("fixed") ? rule.text("currency").orElse("USD") : sale.currency;
        if (!tiers(rule).isEmpty()) {
            List<String> places = oracle.places.computeIfAbsent(month(sale, share), first -> new ArrayList<>());
            if (!places.contains(sale.identity)) {
                places.add(sale.identity);
            }
        }
    }

    private static String month(Sale sale, Share share) {
        return share.creator + " " + Instant.ofEpochMilli(sale.at).toString().substring(0, 7);
    }

    private static List<?> tiers(Node rule) {
        return rule.fields().get("tiers") instanceof List<?> tiers ? tiers : List.of();
    }

    private Node rule(Sale sale, Share share) {
        Node campaign = share.policy(oracle.world, sale.at);
        Node own = campaign.map("overrides").map(share.creator);
        return own.fields().isEmpty() ? campaign.map("commission") : own;
    }

    /** The percentage of the highest step that the creator's place in the month reaches. */
    private BigDecimal percent(Sale sale, Share share, Node rule) {
        int place = oracle.places.getOrDefault(month(sale, share), List.of()).indexOf(sale.identity) + 1;
        BigDecimal percent = new BigDecimal(rule.need("value"));
        int reached = 0;
        for (Object each : tiers(rule)) {
            int from = Integer.parseInt(Node.of(each).need("from"));
            if (from <= place && from > reached) {
                reached = from;
                percent = new BigDecimal(Node.of(each).need("value"));
            }
        }
        return percent;
    }

    private long commission(Sale sale, Share share, List<Long> values, int index) {
        if (sale.value == sale.refunded()) {
            return 0;
        }
        Node rule = rule(sale, share);
        if (rule.need("type").equals("fixed")) {
            return divide(minor(rule.need("value"), share.currency), sale).get(index);
        }
        BigDecimal net = BigDecimal.valueOf(Math.max(0, sale.value - sale.tax - sale.shipping));
        return percent(sale, share, rule)
                .multiply(net)
                .multiply(BigDecimal.valueOf(values.get(index)))
                .divide(BigDecimal.valueOf(100).multiply(BigDecimal.valueOf(sale.value)), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    private static List<Long> divide(long whole, Sale sale) {
        BigDecimal total = sale.shares.stream().map(share -> share.weight).reduce(BigDecimal.ZERO, BigDecimal::add);
        List<Long> parts = new ArrayList<>();
        List<BigDecimal> lacking = new ArrayList<>();
        long left = whole;
        for (Share share : sale.shares) {
            BigDecimal exact = share.weight.multiply(BigDecimal.valueOf(whole)).divide(total, WIDE);
            long part = exact.setScale(0, RoundingMode.FLOOR).longValueExact();
            parts.add(part);
            lacking.add(exact.subtract(BigDecimal.valueOf(part)).setScale(40, RoundingMode.HALF_EVEN));
            left -= part;
        }
        while (left > 0) {
            int most = 0;
            for (int i = 1; i < parts.size(); i++) {
                most = lacking.get(i).compareTo(lacking.get(most)) > 0 ? i : most;
            }
            parts.set(most, parts.get(most) + 1);
            lacking.set(most, BigDecimal.valueOf(-1));
            left--;
        }
        return parts;
    }

    /** A sale in the spelling of a story. */
    static Map<String, Object> spelled(Sale sale) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("verdict", sale.verdict);
        if (sale.verdict.equals("credited")) {
            order.put("signal", sale.signal);
            order.put("assists", sale.assists);
            order.put("conversions", 1);
        } else {
            order.put("reason", sale.reason);
        }
        if (!sale.verdict.equals("ignored")) {
            order.put("refunded", decimal(sale.refunded(), sale.currency));
        }
        if (!sale.verdict.equals("ignored") && !sale.survey.isEmpty()) {
            order.put("survey", sale.survey);
        }
        Map<String, Object> credits = new TreeMap<>();
        for (Share share : sale.shares) {
            List<Share> mine = sale.shares.stream()
                    .filter(other -> other.creator.equals(share.creator))
                    .toList();
            Map<String, Object> credit = new TreeMap<>();
            long value = mine.stream().mapToLong(each -> each.value).sum();
            credit.put("value", decimal(value, sale.currency));
            // What a creator gets of two campaigns in two currencies is no sum.
            if (mine.stream().allMatch(each -> each.currency.equals(share.currency))) {
                long commission =
                        mine.stream().mapToLong(each -> each.commission).sum();
                credit.put("commission", decimal(commission, share.currency));
            }
            credits.put(share.creator, credit);
        }
        order.put("credits", credits);
        return order;
    }

    /** Yen have no parts, a dinar has a thousand. */
    private static int digits(String currency) {
        return currency.equals("JPY") ? 0 : currency.equals("KWD") ? 3 : 2;
    }

    static long minor(String amount, String currency) {
        return new BigDecimal(amount).movePointRight(digits(currency)).longValueExact();
    }

    static String decimal(long minor, String currency) {
        return BigDecimal.valueOf(minor, digits(currency)).toPlainString();
    }
}
