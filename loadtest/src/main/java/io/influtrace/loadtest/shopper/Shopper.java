package io.influtrace.loadtest.shopper;

import io.influtrace.loadtest.demo.Seed;
import io.influtrace.loadtest.shopper.Answer.Fate;
import io.influtrace.loadtest.world.Place;
import io.influtrace.loadtest.world.World;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** One shopper after another at the same counter: clicks a creator's link or not, buys, and notes every answer. */
final class Shopper implements AutoCloseable {

    private static final List<String> CREATORS = List.of("ava", "ben");
    static final Map<String, String> BROWSER = Map.of(
            "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0", "Accept", "*/*");
    private static final Map<String, String> PAGE = Map.of("Origin", World.ORIGIN, "Content-Type", "text/plain");
    private static final int MOST_CENTS = 30_000;

    private final World world;
    private final Ledger ledger;
    private final SplittableRandom random;
    private final String ordersPath;
    private final Map<Integer, HttpLine> lines = new HashMap<>();

    Shopper(World world, Ledger ledger, SplittableRandom random) {
        this.world = world;
        this.ledger = ledger;
        this.random = random;
        this.ordersPath = "/api/v1/integrations/custom/" + world.integration() + "/orders";
    }

    /** A fresh shopper's way to an order: four in ten by a link, three by a code, two by both, one by nothing. */
    Order order(String id) {
        int way = random.nextInt(10);
        String clicked = CREATORS.get(random.nextInt(CREATORS.size()));
        String coded = CREATORS.get(random.nextInt(CREATORS.size()));
        String token = way < 4 || (way >= 7 && way < 9) ? click(clicked) : "";
        boolean byCode = way >= 4 && way < 9;
        String coupon = byCode ? coded.toUpperCase(Locale.ROOT) + "10" : "";
        String creator = byCode ? coded : token.isEmpty() ? "" : clicked;
        String signal = byCode ? "coupon" : token.isEmpty() ? "" : "link";
        return new Order(id, 1 + random.nextInt(MOST_CENTS), coupon, token, creator, signal, System.nanoTime());
    }

    /** Clicks so many times and goes away. */
    void look(int times) {
        for (int i = 0; i < times; i++) {
            click(CREATORS.get(random.nextInt(CREATORS.size())));
        }
    }

    /** Sends it once; how long to wait before the next try (zero: the pixel decides), empty where there is none. */
    Optional<Duration> send(Order order) {
        Place edge = world.balancer().pick();
        String life = edge.life();
        Answer answer = line(edge).exchange("POST", ordersPath, PAGE, order.beacon());
        if (answer.fate() != Fate.ANSWERED) {
            ledger.unanswered(order, life, answer.fate().name().toLowerCase(Locale.ROOT));
            return Optional.of(Duration.ZERO);
        }
        return Verdict.of(answer).note(ledger, order, life, answer);
    }

    /** The token of a click, or none where no edge answered; the person at the screen tries three times. */
    private String click(String creator) {
        for (int tries = 0; tries < 3; tries++) {
            Place edge = world.balancer().pick();
            String life = edge.life();
            Answer answer = line(edge).exchange("GET", "/p/" + Seed.SLUG + "/" + creator, BROWSER, "");
            if (answer.fate() != Fate.ANSWERED) {
                ledger.clickUnanswered(life, answer.fate().name().toLowerCase(Locale.ROOT));
                continue;
            }
            String location = answer.header("location");
            int token = location.indexOf("&itc=");
            if (answer.status() == 302
                    && location.startsWith(World.ORIGIN + "/?")
                    && location.contains("ref=" + creator)
                    && token > 0) {
                ledger.redirected(creator, life, answer.nanos());
                return location.substring(token + "&itc=".length());
            }
            ledger.wrongRedirect(answer.status() + " " + location);
        }
        return "";
    }

    private HttpLine line(Place edge) {
        return lines.computeIfAbsent(edge.port(), HttpLine::new);
    }

    @Override
    public void close() {
        lines.values().forEach(HttpLine::close);
    }
}
