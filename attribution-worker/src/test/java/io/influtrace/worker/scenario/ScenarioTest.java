package io.influtrace.worker.scenario;

import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every story of a folder: {@code src/test/resources/scenarios}, or another by {@code -Dscenarios=FOLDER}. */
final class ScenarioTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with("--appendfsync", "no");

    @TestFactory
    Stream<DynamicTest> theStoryEndsAsItSays() throws IOException {
        Redis redis = Redis.of(SERVER.address());
        StoryRunner runner = StoryRunner.on(redis);
        return Story.in(folder()).stream()
                .map(story -> DynamicTest.dynamicTest(story.name(), () -> told(runner, story)))
                .onClose(() -> {
                    runner.close();
                    redis.close();
                });
    }

    private static void told(StoryRunner runner, Story story) throws Exception {
        try {
            runner.run(story);
        } catch (AssertionError differs) {
            throw new AssertionError("«" + story.name() + "» " + differs.getMessage(), differs);
        }
    }

    /** The folder as it stands, else from the repository's root, as somebody at a prompt there would mean it. */
    private static Path folder() throws IOException {
        Path named = Path.of(System.getProperty("scenarios", "src/test/resources/scenarios"));
        Path fromRoot = Path.of("..").resolve(named);
        Path folder = Files.isDirectory(named) || named.isAbsolute() ? named : fromRoot;
        if (!Files.isDirectory(folder)) {
            throw new IOException("no folder of scenarios at " + folder.toAbsolutePath());
        }
        return folder;
    }
}
