package io.influtrace.loadtest.browser;

/**
 * What the recording edge says to one request.
 *
 * @param status 0 cuts the connection instead
 * @param retryAfter seconds, 0 for none
 */
record Answer(int status, String body, int retryAfter) {

    static final Answer ACCEPTED = new Answer(202, "{\"status\":\"accepted\"}", 0);
    static final Answer CUT = new Answer(0, "", 0);
    static final Answer UNAVAILABLE = new Answer(503, problem("store_unavailable", true), 0);
    static final Answer PENDING = new Answer(403, problem("integration_pending", false), 0);
    static final Answer UNKNOWN = new Answer(404, problem("integration_unknown", true), 0);

    static Answer unavailableFor(int seconds) {
        return new Answer(503, problem("store_unavailable", true), seconds);
    }

    private static String problem(String code, boolean retry) {
        return "{\"type\":\"about:blank\",\"code\":\"" + code + "\",\"retry\":" + retry + "}";
    }
}
