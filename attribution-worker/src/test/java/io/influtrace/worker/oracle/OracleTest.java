package io.influtrace.worker.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.worker.scenario.StoryText;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The oracle is right about the stories that people wrote, and a seed is always the same story. */
final class OracleTest {

    @TestFactory
    Stream<DynamicTest> theOracleAgreesWithTheWrittenStory() throws IOException {
        Path folder = Path.of("src/test/resources/scenarios");
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".yaml") && !file.endsWith("spelling.yaml"))
                    .sorted()
                    .flatMap(OracleTest::stories)
                    .filter(OracleTest::isCovered)
                    .map(story -> DynamicTest.dynamicTest(
                            String.valueOf(story.get("name")),
                            () -> assertContains(
                                    Oracle.expect(story),
                                    Node.of(story).map("expect").fields(),
                                    "expect")))
                    .toList()
                    .stream();
        }
    }

    /** What the oracle does not know has stories of its own. */
    private static final List<String> BEYOND =
            List.of("retired", "tiers", "currency", "store=", "gmail", "tokens=[EGo", "more than five minutes ahead");

    private static boolean isCovered(Map<String, Object> story) {
        String text = story.toString();
        return BEYOND.stream().noneMatch(text::contains);
    }

    @Test
    void aSeedIsAlwaysTheSameStory() {
        assertThat(Histories.story(42)).isEqualTo(Histories.story(42)).isNotEqualTo(Histories.story(43));
    }

    @Test
    void randomHistoriesReachEveryVerdict() {
        List<String> seen = Stream.iterate(1L, seed -> seed + 1)
                .limit(300)
                .map(Histories::story)
                .map(Oracle::expect)
                .flatMap(expected -> Node.of(expected).map("orders").fields().values().stream())
                .map(order -> Node.of(order))
                .map(order -> order.need("verdict") + " "
                        + order.text("signal").or(() -> order.text("reason")).orElse(""))
                .distinct()
                .toList();
        assertThat(seen)
                .contains(
                        "credited coupon",
                        "credited link",
                        "unattributed no_signal",
                        "unattributed self_referral",
                        "unattributed link_window_elapsed",
                        "unattributed link_integration_disabled",
                        "unattributed touch_superseded",
                        "unattributed creator_unknown",
                        "unattributed creator_missing",
                        "unattributed click_not_human",
                        "unattributed coupon_unknown",
                        "unattributed coupon_integration_disabled",
                        "ignored integration_pending",
                        "ignored integration_disconnected");
    }

    private static Stream<Map<String, Object>> stories(Path file) {
        try (Reader text = Files.newBufferedReader(file)) {
            return StoryText.stories(text).stream();
        } catch (IOException unreadable) {
            throw new IllegalStateException("unreadable " + file, unreadable);
        }
    }

    private static void assertContains(Object actual, Object expected, String path) {
        if (expected instanceof Map<?, ?> map) {
            Map<String, Object> fields = Node.of(actual).fields();
            map.forEach((name, value) -> assertNamed(fields, name.toString(), value, path + "." + name));
        } else if (expected.toString().matches("-?[0-9]+(\\.[0-9]+)?")) {
            assertThat(new BigDecimal(actual.toString())).as(path).isEqualByComparingTo(expected.toString());
        } else {
            assertThat(actual).as(path).isEqualTo(expected);
        }
    }

    private static void assertNamed(Map<String, Object> fields, String name, @Nullable Object value, String path) {
        if (value == null) {
            assertThat(fields).as(path).doesNotContainKey(name);
        } else {
            Object absent = value instanceof Map ? Map.of() : value instanceof List ? List.of() : "0";
            assertContains(fields.getOrDefault(name, fields.getOrDefault("shop/" + name, absent)), value, path);
        }
    }
}
