package io.influtrace.worker.scenario;

import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Stories end as they say although the worker dies after every script of every order's settlement, and at each of these
 * instants every balance equals the sum of the ledger's entries and of the orders' records. {@code -Ddying.each=1} tells
 * every story.
 */
final class DyingTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with("--appendfsync", "no");

    private static final int EACH = Integer.getInteger("dying.each", 4);

    @TestFactory
    Stream<DynamicTest> theBooksAddUpWhereverAWorkerDies() throws IOException {
        Redis redis = Redis.of(SERVER.address());
        StoryRunner runner = StoryRunner.dyingOn(redis);
        List<Story> stories = Story.in(Path.of("src/test/resources/scenarios"));
        return IntStream.range(0, stories.size())
                .filter(number -> number % EACH == 0)
                .mapToObj(stories::get)
                .map(story -> DynamicTest.dynamicTest(story.name(), () -> runner.run(story)))
                .onClose(() -> {
                    runner.close();
                    redis.close();
                });
    }
}
