package io.influtrace.edge.redirect;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

/**
 * Tells visitors without a cookie apart for the count of one day: SipHash of address and agent under a key that is
 * thrown away at midnight UTC, so that no day can be joined to another. Safe for any thread; one for a process.
 */
public final class VisitorHash {

    private static final long DAY_MS = 86_400_000;

    private final RandomGenerator random;
    private final AtomicReference<DayKey> key = new AtomicReference<>(new DayKey(-1, Hashing.sipHash24()));

    private record DayKey(long day, HashFunction hash) {}

    private VisitorHash(RandomGenerator random) {
        this.random = random;
    }

    /** Keys drawn from this source, which must be safe for any thread. */
    public static VisitorHash of(RandomGenerator random) {
        return new VisitorHash(random);
    }

    long of(String address, String agent, long now) {
        DayKey known = requireNonNull(key.get());
        if (now / DAY_MS != known.day) {
            key.compareAndSet(known, new DayKey(now / DAY_MS, Hashing.sipHash24(random.nextLong(), random.nextLong())));
        }
        return requireNonNull(key.get())
                .hash
                .hashString(address + '\0' + agent, StandardCharsets.UTF_8)
                .asLong();
    }
}
