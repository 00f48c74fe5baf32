package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.shopper.Ledger;
import io.influtrace.loadtest.shopper.Order;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.Scrape;
import io.influtrace.loadtest.world.World;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** G1 to G6: the shoppers' own ledger held against the product's books at rest. */
final class Guarantees {

    /** Half of them must be answered in a blink, and none may wait as long as Redis may take. */
    private static final long REDIRECT_MEDIAN_MICROS = 50_000;

    private static final long REDIRECT_MAX_MICROS = 2_000_000;

    private final Stage stage;
    private final Ledger ledger;
    private final Books books;
    private final long entries;
    private final List<Order> lost = new ArrayList<>();

    Guarantees(Stage stage, Books books, long entries) {
        this.stage = stage;
        this.ledger = stage.ledger();
        this.books = books;
        this.entries = entries;
        ledger.accepted().stream()
                .filter(order -> !books.orders().containsKey(order.id()))
                .forEach(lost::add);
    }

    /** Accepted orders that the books do not know. */
    int lost() {
        return lost.size();
    }

    List<Finding> findings() throws LoadtestFailure {
        return List.of(oneOutcome(), creditedOnce(), sums(), redirects(), refusals(), metrics());
    }

    private Finding oneOutcome() {
        List<String> refused = ledger.refusedForGood().stream()
                .filter(books.orders()::containsKey)
                .toList();
        boolean held = books.listedTwice() == 0
                && refused.isEmpty()
                && (lost.isEmpty() || !stage.mayLose().isEmpty());
        String loss = lost.isEmpty()
                ? ""
                : ", " + lost.size() + " lost"
                        + (stage.mayLose().isEmpty()
                                ? ", first " + lost.get(0).id()
                                : " as " + stage.mayLose() + " allows");
        return new Finding(
                "G1",
                held,
                "%,d accepted orders, each with one outcome%s%s"
                        .formatted(
                                ledger.accepted().size(),
                                loss,
                                refused.isEmpty() ? "" : ", in the books though refused: " + refused.get(0)));
    }

    private Finding creditedOnce() {
        List<String> wrong = new ArrayList<>();
        long credited = 0;
        for (Order order : ledger.accepted()) {
            JsonObject book = books.orders().get(order.id());
            if (book == null) {
                continue;
            }
            JsonArray credits = book.getJsonArray("credits");
            boolean right = order.creator().isEmpty()
                    ? credits.isEmpty()
                    : credits.size() == 1
                            && order.creator().equals(credits.getJsonObject(0).getString("creator"))
                            && order.signal().equals(book.getString("signal"));
            credited += credits.size();
            if (!right) {
                wrong.add(order.id() + " " + book.getString("reason") + " " + credits.encode());
            }
        }
        long counted = books.rows().values().stream()
                .mapToLong(row -> row.getLong("orders", 0L))
                .sum();
        return new Finding(
                "G2",
                wrong.isEmpty() && counted == credited(books.orders().values()),
                "%,d credits to whom the shopper says, %,d in the report%s"
                        .formatted(credited, counted, wrong.isEmpty() ? "" : ", wrong: " + wrong.get(0)));
    }

    private static long credited(Collection<JsonObject> orders) {
        return orders.stream()
                .mapToLong(order -> order.getJsonArray("credits").size())
                .sum();
    }

    private Finding sums() {
        long outcomes = books.report("credited") + books.report("unattributed") + books.report("ignored");
        long dead = books.report("dead");
        long unique = books.orders().size();
        long duplicates = books.report("duplicate") + books.report("amended") + books.report("joined");
        long told = ledger.accepted().size() - lost.size() + stage.planted();
        long maybe = ledger.count("", List.of("cut", "hung", "store_unavailable"));
        boolean held = books.reported() == entries
                && outcomes == unique
                && entries == outcomes + dead + duplicates
                && entries >= told
                && entries <= told + maybe + lost.size();
        return new Finding(
                "G3",
                held || (!stage.mayLose().isEmpty() && outcomes == unique),
                "%,d reports = %,d credited + %,d unattributed + %,d ignored + %,d dead + %,d duplicates; told %,d, in doubt %,d"
                        .formatted(
                                entries,
                                books.report("credited"),
                                books.report("unattributed"),
                                books.report("ignored"),
                                dead,
                                duplicates,
                                told,
                                maybe));
    }

    private Finding redirects() {
        Histogram took = ledger.redirects();
        List<String> wrong = ledger.wrongRedirects();
        boolean held = wrong.isEmpty()
                && took.getValueAtPercentile(50) <= REDIRECT_MEDIAN_MICROS
                && took.getMaxValue() <= REDIRECT_MAX_MICROS;
        return new Finding(
                "G4",
                held,
                "%,d redirects to the right target, %s%s"
                        .formatted(
                                took.getTotalCount(), times(took), wrong.isEmpty() ? "" : ", wrong: " + wrong.get(0)));
    }

    private Finding refusals() {
        List<String> unreadable = ledger.unreadable();
        Histogram took = ledger.refusals();
        return new Finding(
                "G5",
                unreadable.isEmpty(),
                "%,d refusals readable by the page%s%s"
                        .formatted(
                                took.getTotalCount(),
                                took.getTotalCount() == 0 ? "" : ", " + times(took),
                                unreadable.isEmpty() ? "" : ", unreadable: " + unreadable.get(0)));
    }

    /** The counters of every edge that lives, against what shoppers were told by that very process. */
    private Finding metrics() throws LoadtestFailure {
        List<String> wrong = new ArrayList<>();
        World world = stage.world();
        long compared = 0;
        for (Place edge : world.edges()) {
            if (!edge.alive()) {
                continue;
            }
            Scrape scrape = Books.scrape(edge);
            long accepted = Math.round(
                    scrape.sum("influtrace_edge_beacons_total", Map.of("kind", "order", "outcome", "accepted")));
            long told = ledger.count(edge.life(), List.of("accepted"));
            long maybe = ledger.count(edge.life(), List.of("cut", "hung"));
            long redirected =
                    Math.round(scrape.sum("influtrace_edge_redirects_total", Map.of("outcome", "redirected")));
            long seen = ledger.count(edge.life(), List.of("redirected"));
            long unseen = ledger.count(edge.life(), List.of("click_cut", "click_hung"));
            compared += told + seen;
            if (accepted < told || accepted > told + maybe || redirected < seen || redirected > seen + unseen) {
                wrong.add("%s counts %d orders and %d redirects, its shoppers %d (+%d) and %d (+%d)"
                        .formatted(edge.life(), accepted, redirected, told, maybe, seen, unseen));
            }
        }
        return new Finding(
                "metrics",
                wrong.isEmpty(),
                wrong.isEmpty() ? "%,d answers counted alike".formatted(compared) : wrong.get(0));
    }

    /** Money, exactly, the same books from a worker that was started anew, and the ledger's own proof of them. */
    static Finding money(Stage stage, Books before, Books after, LedgerProof proof) {
        List<String> wrong = new ArrayList<>();
        // What was refused for good behind a try without an answer may have come in by that try.
        List<Order> known = new ArrayList<>(stage.ledger().accepted());
        known.addAll(stage.ledger().refusedInDoubt());
        long sum = 0;
        for (String creator : before.rows().keySet()) {
            long revenue = 0;
            long commission = 0;
            for (Order order : known) {
                if (order.creator().equals(creator) && before.orders().containsKey(order.id())) {
                    revenue += order.cents();
                    commission += order.commission();
                }
            }
            sum += commission;
            JsonObject row = after.rows().getOrDefault(creator, new JsonObject());
            long shownRevenue = cents(row.getString("revenue", "0"));
            long shownCommission =
                    cents(row.getJsonObject("commission", new JsonObject()).getString("pending", "0"));
            if (shownRevenue != revenue || shownCommission != commission) {
                wrong.add("%s has %d and %d cents, the shoppers say %d and %d"
                        .formatted(creator, shownRevenue, shownCommission, revenue, commission));
            }
        }
        boolean same =
                before.orders().equals(after.orders()) && before.reports().equals(after.reports());
        return new Finding(
                "G6",
                wrong.isEmpty() && same && proof.agrees(),
                "%s.%02d USD of commission to the cent%s%s%s"
                        .formatted(
                                String.format(Locale.ROOT, "%,d", sum / 100),
                                sum % 100,
                                same ? ", the same after a restart" : ", OTHER books after a restart",
                                (proof.agrees() ? ", proved: " : ", NOT proved: ") + proof.words(),
                                wrong.isEmpty() ? "" : ", wrong: " + wrong.get(0)));
    }

    static String times(Histogram micros) {
        return "median %.1f ms, p99 %.1f ms, max %.0f ms"
                .formatted(
                        micros.getValueAtPercentile(50) / 1_000.0,
                        micros.getValueAtPercentile(99) / 1_000.0,
                        micros.getMaxValue() / 1_000.0);
    }

    private static long cents(String amount) {
        return new BigDecimal(amount).movePointRight(2).longValueExact();
    }
}
