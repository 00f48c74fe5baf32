package io.influtrace.worker.scenario;

import io.influtrace.worker.reading.Reading;

/** What a story drives of a worker: its own entry points, one step at a time. */
interface StoryWorker extends AutoCloseable {

    /** Where a worker dies in the next order's settlement. */
    enum CrashPoint {
        AFTER_DECISION("after-decision"),
        AFTER_TOUCHES("after-touches"),
        AFTER_LEDGER("after-ledger");

        private final String word;

        CrashPoint(String word) {
            this.word = word;
        }

        static CrashPoint ofWord(String word) {
            for (CrashPoint point : values()) {
                if (point.word.equals(word)) {
                    return point;
                }
            }
            throw new StoryError("no crash point " + word);
        }
    }

    /** Settles all that lies in the streams, what a dead worker left included. */
    void settle() throws Exception;

    /** Begins to settle and dies at that point of the first order. */
    void settleAndDie(CrashPoint point) throws Exception;

    /** Runs expiry and approval until nothing is left to do. */
    void sweep() throws Exception;

    /** What the back office reads. */
    Reading reading();

    @Override
    void close();
}
