package io.influtrace.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.influtrace.protocol.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Settings are read in one place, and the README repeats that place. */
final class EdgeSettingsTest {

    @Test
    void everyMistakeIsNamedAtOnceAndNoSecretRepeated() {
        Map<String, String> wrong = Map.of(
                "EDGE_PORT",
                "x",
                "REDIS_URL",
                "http://:hunter2@h",
                "RATE_LIMIT",
                "0",
                "TOKEN_KEYS",
                "k:secret!",
                "CUSTOMER_KEY",
                "c2hvcnQ",
                "TRUSTED_PROXIES",
                "10.0.0.0/99",
                "PUBLIC_URL",
                "ftp://x",
                "PARTITIONS",
                "300",
                "PIXEL_PATH",
                "t.js",
                "REDIS_DEADLINE",
                "2");
        assertThatThrownBy(() -> EdgeSettings.read(Settings.of(wrong)))
                .isInstanceOf(Settings.Wrong.class)
                .message()
                .satisfies(message -> assertThat(message.lines()).hasSize(wrong.size()))
                .contains(wrong.keySet())
                .doesNotContain("hunter2", "secret!", "c2hvcnQ");
    }

    @Test
    void readmeListsEverySettingWithItsDefaultAndSentence() throws Exception {
        Settings settings = Settings.of(Map.of());
        EdgeSettings.read(settings);
        List<String> rows = settings.described().stream()
                .map(row -> "| `" + row.variable() + "` | "
                        + (row.defaultText().isEmpty() ? "" : "`" + row.defaultText() + "`") + " | " + row.sentence()
                        + " |")
                .toList();
        String readme = Files.readString(Path.of("..", "README.md"));
        String section = readme.substring(Math.max(0, readme.indexOf("## Settings of the edge")));
        assertThat(section.lines().filter(line -> line.startsWith("| `")).limit(rows.size()))
                .containsExactlyElementsOf(rows);
    }
}
