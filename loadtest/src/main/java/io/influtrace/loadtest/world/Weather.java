package io.influtrace.loadtest.world;

import java.time.Duration;

/**
 * What a network does to what passes.
 *
 * @param delay of every byte in each direction
 * @param loss share of pieces that come a retransmission late, which is how a program sees a lost packet
 * @param bytesPerSecond of each connection and direction
 */
public record Weather(Duration delay, double loss, long bytesPerSecond) {

    /** The least that Linux waits before it sends a packet again. */
    static final Duration RETRANSMISSION = Duration.ofMillis(200);

    /** Nothing is lost and nothing is late. */
    public static final Weather FAIR = new Weather(Duration.ZERO, 0, Long.MAX_VALUE / 1_000);
}
