package io.influtrace.edge.outbox;

/** Who counts what becomes of clicks; every click offered ends in exactly one of recorded, journaled and dropped. */
public interface OutboxMeters {

    /** A flush of so many clicks set off. */
    void flushing(int clicks);

    /** A flush failed or timed out. */
    void flushFailed();

    /** So many clicks are in Redis. */
    void recorded(int clicks);

    /** So many clicks are in the journal. */
    void journaled(int clicks);

    /** So many clicks left no record; {@code backlog}, {@code journal_full}, {@code journal_busy}, {@code journal_error}. */
    void dropped(String reason, int clicks);

    /** So many clicks came from the journal into Redis. */
    void replayed(int clicks);

    /** The journal lost what it held: {@code torn} or {@code rejected}; an unknown number of clicks counts as one. */
    void lost(String reason, int clicks);
}
