package io.influtrace.worker.scenario;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until the story moves it, never backwards. */
final class StoryClock extends Clock {

    private final AtomicLong now;

    StoryClock(long start) {
        now = new AtomicLong(start);
    }

    void moveTo(long instant) {
        if (instant < now.get()) {
            throw new StoryError("a step lies before the one above it");
        }
        now.set(instant);
    }

    @Override
    public long millis() {
        return now.get();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
