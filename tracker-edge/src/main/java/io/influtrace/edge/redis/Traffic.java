package io.influtrace.edge.redis;

import java.util.concurrent.TimeUnit;

/** Who counts the round trips: the meters outside, nobody in a test that does not look. */
public interface Traffic {

    /** A reply came, that long after its request. */
    void answered(long time, TimeUnit unit);

    /**
     * A request failed: {@code not_connected}, {@code deadline}, {@code closed}, {@code refused}, {@code error} or
     * {@code unconfirmed}.
     */
    void failed(String reason);
}
