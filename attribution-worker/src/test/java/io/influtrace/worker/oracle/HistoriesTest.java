package io.influtrace.worker.oracle;

import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.scenario.StoryRunner;
import io.influtrace.worker.testing.RedisServer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The worker and the oracle agree on every verdict, status and cent of random histories. {@code -Dhistories=10000
 * -Dhistories.seed=1} runs as many as one likes, from any seed.
 */
final class HistoriesTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with("--appendfsync", "no");

    @TestFactory
    Stream<DynamicTest> workerAndOracleAgree() {
        long first = Long.getLong("histories.seed", 1);
        long count = Long.getLong("histories", 150);
        Redis redis = Redis.of(SERVER.address());
        StoryRunner runner = StoryRunner.on(redis);
        return LongStream.range(first, first + count)
                .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> {
                    Map<String, Object> story = new LinkedHashMap<>(Histories.story(seed));
                    story.put("expect", Oracle.expect(story));
                    try {
                        runner.run(story);
                    } catch (AssertionError disagreement) {
                        throw new AssertionError(disagreement.getMessage() + "\n" + told(story), disagreement);
                    }
                }))
                .onClose(() -> {
                    runner.close();
                    redis.close();
                });
    }

    /** A story to read, and to keep: a line for each step and each thing expected. */
    private static String told(Map<String, Object> story) {
        StringBuilder lines = new StringBuilder();
        story.forEach((name, value) -> lines.append(name)
                .append(": ")
                .append(value.toString().replace("{at=", "\n  {at=").replace("}, ", "},\n  "))
                .append('\n'));
        return lines.toString();
    }
}
