package io.influtrace.loadtest.bench;

import io.vertx.core.json.JsonObject;

/**
 * A phone that a browser is slowed down to. How much slower is not a fixed number but follows from this machine: the
 * scores are those to which DevTools calibrates its own presets, on the scale of Lighthouse's BenchmarkIndex, and the
 * machine's index is taken by what that index is made of (growing a text, copying an array, each a quarter of a second).
 */
enum Phone {
    MID_TIER("mid-tier phone", 1_000),
    LOW_TIER("low-tier phone", 264);

    private static final int MOST_STEPS = 8;
    private static final double CLOSE_ENOUGH = 0.05;

    /** Rounds of ten a second, of each half; the mean of both is the index. The first run warms the engine. */
    private static final String INDEX = """
            (function () {
              function rate(round) {
                var begin = performance.now(), rounds = 0;
                while (performance.now() - begin < 250) { round(rounds); rounds++; }
                return rounds * 100 / (performance.now() - begin);
              }
              function text() {
                var grown = '';
                for (var i = 0; i < 10000; i++) grown += 'a';
                if (grown.length != 10000) throw grown;
              }
              var lists = [[], []];
              for (var i = 0; i < 100000; i++) lists[0][i] = lists[1][i] = i;
              function copy(round) {
                var from = lists[round % 2], to = lists[(round + 1) % 2];
                for (var i = 0; i < from.length; i++) to[i] = from[i];
              }
              rate(text); rate(copy);
              return (rate(text) + rate(copy)) / 2;
            })()
            """;

    final String words;

    /** What such a phone reaches. */
    private final double score;

    Phone(String words, double score) {
        this.words = words;
        this.score = score;
    }

    /** Slows the page down until it scores as the phone does; answers how many times slower it is then, at least once. */
    double slow(DevTools page) {
        double rate = 1;
        for (int step = 0; step < MOST_STEPS; step++) {
            page.call("Emulation.setCPUThrottlingRate", new JsonObject().put("rate", rate));
            double ratio = index(page) / score;
            if (Math.abs(ratio - 1) < CLOSE_ENOUGH) {
                break;
            }
            rate = Math.max(1, rate * ratio);
        }
        page.call("Emulation.setCPUThrottlingRate", new JsonObject().put("rate", rate));
        return rate;
    }

    /** What the page scores as it is slowed now. */
    static double index(DevTools page) {
        return page.call("Runtime.evaluate", new JsonObject().put("expression", INDEX))
                .getJsonObject("result")
                .getDouble("value");
    }
}
