package io.influtrace.worker.oracle;

import io.influtrace.worker.oracle.Oracle.Sale;
import io.influtrace.worker.oracle.Oracle.Share;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
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

    private long commission(Sale sale, Share share, List<Long> values, int index) {
        if (sale.value == sale.refunded()) {
            return 0;
        }
        Node campaign = oracle.world.thing("campaigns", share.campaign, sale.at).orElseThrow();
        Node own = campaign.map("overrides").map(share.creator);
        Node rule = own.fields().isEmpty() ? campaign.map("commission") : own;
        if (rule.need("type").equals("fixed")) {
            return divide(Oracle.minor(rule.need("value")), sale).get(index);
        }
        BigDecimal net = BigDecimal.valueOf(Math.max(0, sale.value - sale.tax - sale.shipping));
        return new BigDecimal(rule.need("value"))
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
            order.put("refunded", decimal(sale.refunded()));
        }
        Map<String, long[]> sums = new TreeMap<>();
        for (Share share : sale.shares) {
            long[] sum = sums.computeIfAbsent(share.creator, key -> new long[2]);
            sum[0] += share.value;
            sum[1] += share.commission;
        }
        Map<String, Object> credits = new TreeMap<>();
        sums.forEach((creator, sum) ->
                credits.put(creator, Map.of("value", decimal(sum[0]), "commission", decimal(sum[1]))));
        order.put("credits", credits);
        return order;
    }

    private static String decimal(long minor) {
        return BigDecimal.valueOf(minor, 2).toPlainString();
    }
}
