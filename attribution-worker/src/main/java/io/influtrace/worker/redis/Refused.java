package io.influtrace.worker.redis;

/** A start that would break a promise: its message is the sentence that mends it, and the process exits with 2. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    /** A refusal in one sentence. */
    public Refused(String message) {
        super(message, null, false, false);
    }
}
