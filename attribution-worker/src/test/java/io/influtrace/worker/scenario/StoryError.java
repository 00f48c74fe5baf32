package io.influtrace.worker.scenario;

/** A story that cannot be told: it names something that the runner does not know, or lacks something. */
final class StoryError extends AssertionError {
    private static final long serialVersionUID = 1;

    StoryError(String message) {
        super(message);
    }
}
