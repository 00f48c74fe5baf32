package io.influtrace.loadtest.world;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** One direction of a connection through the {@link Proxy}: bytes arrive in order, as late as the weather says. */
final class Pipe {

    /** Above it the sender has to wait, as a full socket buffer makes it. */
    private static final int MOST_HELD = 1 << 20;

    private final Vertx vertx;
    private final NetSocket from;
    private final NetSocket to;
    private final RandomGenerator random;
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private long lastDue;
    private int heldBytes;
    private boolean timer;

    private record Held(long due, Buffer bytes) {}

    Pipe(Vertx vertx, NetSocket from, NetSocket to, RandomGenerator random) {
        this.vertx = vertx;
        this.from = from;
        this.to = to;
        this.random = random;
        this.lastDue = System.nanoTime();
    }

    /** Takes in what the sender sent. */
    void carry(Buffer bytes, Weather weather) {
        long now = System.nanoTime();
        long due = Math.max(now + weather.delay().toNanos(), lastDue);
        if (random.nextDouble() < weather.loss()) {
            due += Weather.RETRANSMISSION.toNanos();
        }
        due += TimeUnit.SECONDS.toNanos(1) * bytes.length() / weather.bytesPerSecond();
        lastDue = due;
        held.add(new Held(due, bytes));
        heldBytes += bytes.length();
        if (heldBytes > MOST_HELD) {
            from.pause();
        }
        pump();
    }

    private void pump() {
        long now = System.nanoTime();
        for (Held head = held.peek(); head != null && head.due - now <= 0; head = held.peek()) {
            held.remove();
            heldBytes -= head.bytes.length();
            to.write(head.bytes);
        }
        if (heldBytes <= MOST_HELD) {
            from.resume();
        }
        Held head = held.peek();
        if (head != null && !timer) {
            timer = true;
            vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(head.due - now)), fired -> {
                timer = false;
                pump();
            });
        }
    }
}
