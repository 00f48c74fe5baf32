package io.influtrace.worker.order;

/** A report that no try will ever settle; {@link #reason} is the dead letter's. */
public final class Unsettleable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A stable code. */
    public final String reason;

    Unsettleable(String reason) {
        super(reason);
        this.reason = reason;
    }
}
