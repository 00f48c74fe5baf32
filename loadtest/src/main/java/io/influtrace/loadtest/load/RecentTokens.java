package io.influtrace.loadtest.load;

import java.util.random.RandomGenerator;

/** The click tokens that came back last, as browsers would keep them. Belongs to one thread. */
final class RecentTokens {

    private static final int KEPT = 4_096;
    private static final String PARAMETER = "itc=";

    private final String[] ring = new String[KEPT];
    private int next;
    private int filled;

    /** Keeps the token of a redirect's target, if there is one. */
    void keep(String location) {
        int at = location.lastIndexOf(PARAMETER);
        if (at < 0) {
            return;
        }
        int hash = location.indexOf('#', at);
        ring[next] = location.substring(at + PARAMETER.length(), hash < 0 ? location.length() : hash);
        next = (next + 1) % KEPT;
        filled = Math.min(filled + 1, KEPT);
    }

    boolean isEmpty() {
        return filled == 0;
    }

    String any(RandomGenerator random) {
        return ring[random.nextInt(filled)];
    }
}
