package io.influtrace.worker.attribution;

/** A decision in one sentence for the merchant. */
public final class Explanation {

    private Explanation() {}

    /** The sentence. */
    public static String of(Inputs inputs, Decision decision) {
        return decision.verdict().word();
    }
}
