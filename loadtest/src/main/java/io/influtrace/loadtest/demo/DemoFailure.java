package io.influtrace.loadtest.demo;

/** Why the demo cannot go on, as a sentence for the person who started it. */
public final class DemoFailure extends Exception {

    private static final long serialVersionUID = 1;

    public DemoFailure(String sentence) {
        super(sentence);
    }

    DemoFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
