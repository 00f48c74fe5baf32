package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.shopper.Shoppers.Pace;
import io.influtrace.loadtest.world.Plan;
import io.influtrace.protocol.redis.Keys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Entries that nobody can settle end as dead letters with their reason, and the orders around them are none the worse. */
record Poison() implements Drill {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final byte[] NO_TEXT = {(byte) 0xc3, 0x28, (byte) 0xff};

    @Override
    public String name() {
        return "poison";
    }

    @Override
    public String does() {
        return "Bad UTF-8, NaN, missing fields and unknown versions among the orders of every fourth partition.";
    }

    @Override
    public Plan plan() {
        return Plan.of(1, 1);
    }

    @Override
    public Set<String> alerts() {
        return Set.of("InfluTraceDeadLetters", "InfluTraceOrdersBehind");
    }

    @Override
    public void run(Stage stage) throws LoadtestFailure {
        stage.shoppers(Pace.STEADY);
        stage.during(Duration.ofSeconds(1));
        int planted = 0;
        for (int partition = 0; partition < Streams.PARTITIONS; partition += 4) {
            for (Map<String, Object> entry : entries(stage.world().integration())) {
                List<Object> words = new ArrayList<>(List.of("XADD", Keys.reports(partition), "*"));
                entry.forEach((field, value) -> words.addAll(List.of(field, value)));
                stage.world().redis().ask(words);
                planted++;
            }
        }
        stage.planted(planted);
        stage.during(Duration.ofSeconds(3));
        stage.settle(PATIENCE);
        int wanted = planted;
        Patience.until(PATIENCE, () -> letters(stage) >= wanted);
        stage.hold(
                "dead", letters(stage) == planted, planted + " entries planted, " + letters(stage) + " dead letters");
    }

    private static long letters(Stage stage) {
        long letters = 0;
        for (int partition = 0; partition < Streams.PARTITIONS; partition++) {
            Object length = stage.world()
                    .redis()
                    .ask(List.of("XLEN", Keys.deadLetters(partition)))
                    .orElse(0L);
            letters += length instanceof Long number ? number : 0;
        }
        return letters;
    }

    private static List<Map<String, Object>> entries(String integration) {
        return List.of(
                Map.of("v", "1", "k", "order", "in", integration, "id", NO_TEXT),
                Map.of("k", "order", "in", integration),
                Map.of("v", "99", "k", "order", "in", integration),
                Map.of("v", "1", "k", "nothing-we-know"),
                order(integration, "NaN"));
    }

    private static Map<String, Object> order(String integration, String value) {
        return Map.of(
                "v",
                "1",
                "k",
                "order",
                "in",
                integration,
                "id",
                integration + "/P-1",
                "src",
                "pixel",
                "at",
                "1",
                "rx",
                "1",
                "val",
                value,
                "cur",
                "USD");
    }
}
