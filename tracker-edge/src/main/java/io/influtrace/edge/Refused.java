package io.influtrace.edge;

/** A start that would break a promise: its message is the sentence that mends it, and the process exits with 2. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
        super(message, null, false, false);
    }
}
