package io.influtrace.loadtest.shopper;

import java.util.Map;

/**
 * What became of one request.
 *
 * @param status 0 where there was no answer
 * @param nanos from the first byte sent to the last byte read
 */
record Answer(Fate fate, int status, Map<String, String> headers, String body, long nanos) {

    Answer {
        headers = Map.copyOf(headers);
    }

    /** How it ended. */
    enum Fate {
        ANSWERED,
        /** No connection: the edge cannot have seen it. */
        NOT_SENT,
        /** Sent, and the connection closed without an answer: it may have had its effect. */
        CUT,
        /** Sent, and nobody answered in time: it may have had its effect. */
        HUNG
    }

    static Answer of(int status, Map<String, String> headers, String body, long nanos) {
        return new Answer(Fate.ANSWERED, status, headers, body, nanos);
    }

    static Answer notSent(long nanos) {
        return new Answer(Fate.NOT_SENT, 0, Map.of(), "", nanos);
    }

    static Answer cut(long nanos) {
        return new Answer(Fate.CUT, 0, Map.of(), "", nanos);
    }

    static Answer hung(long nanos) {
        return new Answer(Fate.HUNG, 0, Map.of(), "", nanos);
    }

    /** Empty where it is not there. */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean fine() {
        return status >= 200 && status < 300;
    }
}
