package io.influtrace.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs, to be stopped in the reverse order of its start, once. Thread-safe: a signal may come while it starts. */
final class Stops {

    private static final Logger LOG = LoggerFactory.getLogger(Stops.class);

    private final Deque<Step> steps = new ArrayDeque<>();
    private boolean stopping;

    private record Step(String what, String why, AutoCloseable stop) {}

    /**
     * Remembers how something stops.
     *
     * @param why what would go wrong if it stopped earlier or later
     * @throws IllegalStateException where everything stops already; then it was stopped too
     */
    synchronized void add(String what, String why, AutoCloseable stop) {
        Step step = new Step(what, why, stop);
        if (stopping) {
            take(step);
            throw new IllegalStateException("stopped while starting");
        }
        steps.push(step);
    }

    /** Stops all of it; one that fails keeps none of the others from it. */
    synchronized void run() {
        stopping = true;
        while (!steps.isEmpty()) {
            take(steps.pop());
        }
    }

    private static void take(Step step) {
        try {
            step.stop.close();
            LOG.debug("stopped=\"{}\" why=\"{}\"", step.what, step.why);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (Exception failed) {
            LOG.warn("stop=unclean what=\"{}\" cause=\"{}\"", step.what, failed.toString());
        }
    }
}
