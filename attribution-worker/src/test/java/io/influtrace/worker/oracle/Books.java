package io.influtrace.worker.oracle;

import java.util.Map;
import java.util.TreeMap;

/** Sums by creator, currency and state, booked one by one. */
final class Books {

    private final Map<String, Map<String, Map<String, Long>>> sums = new TreeMap<>();

    void book(String creator, String currency, String state, long minor) {
        if (minor != 0) {
            sums.computeIfAbsent(creator, key -> new TreeMap<>())
                    .computeIfAbsent(currency, key -> new TreeMap<>())
                    .merge(state, minor, Long::sum);
        }
    }

    long owed(String creator, String currency) {
        Map<String, Long> states = sums.getOrDefault(creator, Map.of()).getOrDefault(currency, Map.of());
        return states.getOrDefault("approved", 0L) + states.getOrDefault("adjusted", 0L);
    }

    /** Pays all that is owed; a second time pays nothing. */
    void pay(String creator, String currency) {
        for (String state : new String[] {"approved", "adjusted"}) {
            long minor = sums.getOrDefault(creator, Map.of())
                    .getOrDefault(currency, Map.of())
                    .getOrDefault(state, 0L);
            book(creator, currency, state, -minor);
            book(creator, currency, "paid", minor);
        }
    }

    /** All balances, in the spelling of a story: {@code ava} in dollars, {@code ava JPY} in yen. */
    Map<String, Object> spelled() {
        Map<String, Object> balances = new TreeMap<>();
        sums.forEach((creator, currencies) -> currencies.forEach((currency, sum) -> {
            Map<String, Object> states = new TreeMap<>();
            for (String state : new String[] {"pending", "approved", "paid", "adjusted"}) {
                states.put(state, Amounts.decimal(sum.getOrDefault(state, 0L), currency));
            }
            balances.put(currency.equals("USD") ? creator : creator + " " + currency, states);
        }));
        return balances;
    }
}
