package io.influtrace.loadtest.bench;

/** Why a figure could not be taken, as a sentence for the person who asked for it. */
public final class BenchFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    BenchFailure(String sentence) {
        super(sentence);
    }

    BenchFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
