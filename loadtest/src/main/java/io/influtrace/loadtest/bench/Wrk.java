package io.influtrace.loadtest.bench;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of wrk, a closed loop for saturation: its rate is the server's limit, its latencies are not quoted.
 *
 * @param requests answered
 * @param seconds that it took
 * @param failed socket errors, time-outs, and answers that were neither 2xx nor 3xx
 */
record Wrk(long requests, double seconds, long failed) {

    /** Kept alive, each with one request under way. */
    static final int CONNECTIONS = 32;

    private static final Pattern DONE = Pattern.compile("([0-9]+) requests in ([0-9.]+)([sm])");
    private static final Pattern ERRORS =
            Pattern.compile("Socket errors: connect ([0-9]+), read ([0-9]+), write ([0-9]+), timeout ([0-9]+)");
    private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: ([0-9]+)");

    static Wrk run(int core, int seconds, String script, String url) {
        return parse(Tool.run(List.of(
                "taskset",
                "-c",
                Integer.toString(core),
                "wrk",
                "-t1",
                "-c" + CONNECTIONS,
                "-d" + seconds + "s",
                "--timeout",
                "5s",
                "-s",
                script,
                url)));
    }

    static Wrk parse(String output) {
        Matcher done = DONE.matcher(output);
        if (!done.find()) {
            throw new BenchFailure("wrk said nothing readable:\n" + output);
        }
        double unit = done.group(3).equals("s") ? 1 : 60;
        long failed = 0;
        Matcher errors = ERRORS.matcher(output);
        if (errors.find()) {
            for (int i = 1; i <= errors.groupCount(); i++) {
                failed += Long.parseLong(errors.group(i));
            }
        }
        Matcher refused = REFUSED.matcher(output);
        failed += refused.find() ? Long.parseLong(refused.group(1)) : 0;
        return new Wrk(Long.parseLong(done.group(1)), Double.parseDouble(done.group(2)) * unit, failed);
    }

    double rate() {
        return requests / seconds;
    }
}
