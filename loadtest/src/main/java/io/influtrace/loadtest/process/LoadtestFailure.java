package io.influtrace.loadtest.process;

/** Why a command cannot go on, as a sentence for the person who started it. */
public final class LoadtestFailure extends Exception {

    private static final long serialVersionUID = 1;

    public LoadtestFailure(String sentence) {
        super(sentence);
    }

    public LoadtestFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
