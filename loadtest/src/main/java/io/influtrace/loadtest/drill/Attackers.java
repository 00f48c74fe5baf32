package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.protocol.hostile.HostileRequest;
import io.influtrace.protocol.hostile.RawSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

/** Those who send over bare sockets what nobody honest sends, and note who was not refused. Safe for any thread. */
final class Attackers {

    /** At each target and time: a third says nothing, a third drips a head, a third a body. */
    private static final int SLOW = 60;

    private static final int BOMB_BYTES = 10 << 20;

    private final List<Target> targets;
    private final List<HostileRequest> requests = HostileRequest.all();
    private final byte[] zipped;
    private final AtomicLong raw = new AtomicLong();
    private final AtomicLong bombs = new AtomicLong();
    private final AtomicLong slow = new AtomicLong();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

    Attackers(List<Target> targets) throws LoadtestFailure {
        this.targets = targets;
        this.zipped = zipped();
    }

    /** The next of all hostile requests, at the next target. */
    void next() {
        long turn = raw.getAndIncrement();
        Target target = targets.get((int) (turn % targets.size()));
        HostileRequest request = requests.get((int) (turn / targets.size() % requests.size()));
        attack(target, request.name(), request.filled(target.post(), target.smuggled()));
    }

    /** Ten mebibytes of nothing in ten kibibytes, at each target. */
    void bomb() {
        for (Target target : targets) {
            bombs.incrementAndGet();
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            String headers = "Connection: close\r\nContent-Type: application/json\r\nContent-Encoding: gzip";
            request.writeBytes(target.head(headers, zipped.length).getBytes(StandardCharsets.US_ASCII));
            request.writeBytes(zipped);
            attack(target, "compressed bomb", request.toByteArray());
        }
    }

    private void attack(Target target, String name, byte[] bytes) {
        try (RawSocket attacker = target.connect()) {
            attacker.say(bytes);
            mustBeOver(target, name, attacker);
        } catch (IOException away) {
            wrong.add(name + " at " + target.name() + ": " + away);
        }
    }

    private void mustBeOver(Target target, String name, RawSocket attacker) {
        boolean hungUpOn = attacker.isHungUpOn();
        List<Integer> statuses = attacker.statuses();
        boolean refused = statuses.size() <= 1
                && statuses.stream().allMatch(status -> (status >= 400 && status < 500) || status == 501);
        if (!hungUpOn || !refused) {
            wrong.add(name + " at " + target.name() + " was answered " + statuses
                    + (hungUpOn ? "" : " and not hung up on"));
        }
    }

    /** Slow and half-open connections at all targets at once; each ends by the server's patience. */
    void dawdle() {
        List<RawSocket> open = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                for (Target target : targets) {
                    RawSocket one = target.connect();
                    open.add(one);
                    one.say(beginning(target, i));
                }
            }
            for (int i = 0; i < open.size(); i++) {
                Target target = targets.get(i % targets.size());
                open.get(i).say("a");
                mustBeOver(target, "slow connection", open.get(i));
                slow.incrementAndGet();
            }
        } catch (IOException away) {
            wrong.add("slow connections: " + away);
        } finally {
            open.forEach(Attackers::leave);
        }
    }

    private static String beginning(Target target, int i) {
        return switch (i % 3) {
            case 0 -> "";
            case 1 -> "GET /nothing HTTP/1.1\r\nHost: here\r\nA: ";
            default -> target.head("Content-Type: text/plain", 100) + "{";
        };
    }

    private static void leave(RawSocket one) {
        try {
            one.close();
        } catch (IOException gone) {
            // It is gone either way.
        }
    }

    /** True once each hostile request was sent to each target. */
    boolean allTried() {
        return raw.get() >= (long) requests.size() * targets.size();
    }

    /** Notes whether each was refused or hung up on, and all were tried. */
    void judge(Stage stage) {
        stage.hold(
                "attacks",
                wrong.isEmpty() && allTried() && bombs.get() > 0 && slow.get() > 0,
                "%,d hostile requests of %d kinds, %,d bombs, %,d slow or half-open connections, each refused or hung up on%s"
                        .formatted(
                                raw.get(),
                                requests.size(),
                                bombs.get(),
                                slow.get(),
                                wrong.isEmpty() ? "" : "; but " + wrong.size() + " wrong, first: " + wrong.peek()));
    }

    // About a thousand bytes for each that goes over the line.
    private static byte[] zipped() throws LoadtestFailure {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[BOMB_BYTES]);
        } catch (IOException impossible) {
            throw new LoadtestFailure("No bomb.", impossible);
        }
        return packed.toByteArray();
    }
}
