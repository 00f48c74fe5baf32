package io.influtrace.loadtest.shopper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What the shoppers were told, kept by themselves: the product's own books are held against it. Safe for any thread. */
public final class Ledger {

    private static final long LONGEST_MICROS = 60_000_000;
    private static final int DIGITS = 2;
    private static final long NANOS_A_MICRO = 1_000;
    private static final int MOST_EXAMPLES = 5;

    private final Map<String, Order> accepted = new ConcurrentHashMap<>();
    private final Set<String> refusedForGood = ConcurrentHashMap.newKeySet();
    private final Set<String> doubted = ConcurrentHashMap.newKeySet();
    private final Map<String, Order> refusedInDoubt = new ConcurrentHashMap<>();
    private final Map<String, Order> open = new ConcurrentHashMap<>();
    private final Map<String, Map<String, LongAdder>> byLife = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> clicks = new ConcurrentHashMap<>();
    private final Histogram redirects = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private final Histogram acceptances = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private final Histogram refusals = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);
    private final List<String> wrongRedirects = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    void placed(Order order) {
        open.put(order.id(), order);
    }

    void accepted(Order order, String life, long nanos) {
        accepted.put(order.id(), order);
        open.remove(order.id());
        doubted.remove(order.id());
        count(life, "accepted");
        acceptances.recordValue(micros(nanos));
    }

    void refused(Order order, String life, String code, boolean last, long nanos) {
        count(life, code);
        refusals.recordValue(micros(nanos));
        if (!last) {
            doubted.add(order.id());
            return;
        }
        open.remove(order.id());
        if (doubted.remove(order.id())) {
            refusedInDoubt.put(order.id(), order);
        } else {
            refusedForGood.add(order.id());
        }
    }

    /** An order that was accepted at another door than the pixel's. */
    public void told(Order order) {
        accepted.put(order.id(), order);
    }

    /** Its shopper went away, answered or not, and never comes back. */
    void left(Order order) {
        open.remove(order.id());
        doubted.remove(order.id());
    }

    /** An order beacon went unanswered: {@code not_sent}, {@code cut} or {@code hung}. */
    void unanswered(Order order, String life, String how) {
        doubted.add(order.id());
        count(life, how);
    }

    /** A refusal that the page could not read, or could not tell whether to try again. */
    synchronized void unreadable(String what) {
        if (unreadable.size() < MOST_EXAMPLES) {
            unreadable.add(what);
        }
    }

    void redirected(String creator, String life, long nanos) {
        clicks.computeIfAbsent(creator, first -> new LongAdder()).increment();
        count(life, "redirected");
        redirects.recordValue(micros(nanos));
    }

    void clickUnanswered(String life, String how) {
        count(life, "click_" + how);
    }

    synchronized void wrongRedirect(String what) {
        if (wrongRedirects.size() < MOST_EXAMPLES) {
            wrongRedirects.add(what);
        }
    }

    /** Orders that were answered 2xx. */
    public Collection<Order> accepted() {
        return List.copyOf(accepted.values());
    }

    /** How many they are so far. */
    public int acceptedSoFar() {
        return accepted.size();
    }

    /** Ids of orders that were refused for good, and never anything before: none of them may be in the books. */
    public Set<String> refusedForGood() {
        return Set.copyOf(refusedForGood);
    }

    /** Orders refused for good after a try whose effect nobody knows: each may be in the books or not. */
    public Collection<Order> refusedInDoubt() {
        return List.copyOf(refusedInDoubt.values());
    }

    /** Orders that still have no final answer. */
    public int open() {
        return open.size();
    }

    /** Redirects that were answered, by creator. */
    public Map<String, Long> clicks() {
        Map<String, Long> sums = new HashMap<>();
        clicks.forEach((creator, adder) -> sums.put(creator, adder.sum()));
        return sums;
    }

    /** How often one process, or all for {@code ""}, gave that answer. */
    public long count(String life, List<String> whats) {
        return byLife.entrySet().stream()
                .filter(entry -> life.isEmpty() || entry.getKey().equals(life))
                .flatMap(entry -> whats.stream().map(what -> entry.getValue().get(what)))
                .filter(adder -> adder != null)
                .mapToLong(LongAdder::sum)
                .sum();
    }

    /** All answers of all processes: how often each. */
    public Map<String, Long> answers() {
        Map<String, Long> sums = new java.util.TreeMap<>();
        byLife.values().forEach(ofLife -> ofLife.forEach((what, adder) -> sums.merge(what, adder.sum(), Long::sum)));
        return sums;
    }

    /** Microseconds that redirects took. */
    public Histogram redirects() {
        return redirects.copy();
    }

    /** Microseconds until a 2xx. */
    public Histogram acceptances() {
        return acceptances.copy();
    }

    /** Microseconds until a refusal. */
    public Histogram refusals() {
        return refusals.copy();
    }

    public synchronized List<String> wrongRedirects() {
        return List.copyOf(wrongRedirects);
    }

    public synchronized List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    private void count(String life, String what) {
        byLife.computeIfAbsent(life, first -> new ConcurrentHashMap<>())
                .computeIfAbsent(what, first -> new LongAdder())
                .increment();
    }

    private static long micros(long nanos) {
        return Math.min(LONGEST_MICROS, Math.max(1, nanos / NANOS_A_MICRO));
    }
}
