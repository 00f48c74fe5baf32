package io.influtrace.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.influtrace.protocol.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The environment, read once, as the README's table says it. */
final class WorkerSettingsTest {

    @Test
    void theReadmesTableIsTheCode() throws IOException {
        Settings settings = Settings.of(Map.of());
        WorkerSettings.read(settings);
        List<String> rows = settings.described().stream()
                .map(row -> row.defaultText().isEmpty()
                        ? "| `%s` |  | %s |".formatted(row.variable(), row.sentence())
                        : "| `%s` | `%s` | %s |".formatted(row.variable(), row.defaultText(), row.sentence()))
                .toList();
        String readme = Files.readString(Path.of("..", "README.md"));
        String section = readme.substring(readme.indexOf("## Settings of the worker"));
        assertThat(section.lines().filter(line -> line.startsWith("| `")).limit(rows.size()))
                .containsExactlyElementsOf(rows);
    }

    @Test
    void snippetsNameTheEdgeOfThisMachineUntilAPublicUrlIsSet() {
        assertThat(read(Map.of()).publicUrl()).isEqualTo("http://localhost:8080");
        assertThat(read(Map.of("EDGE_PORT", "8090")).publicUrl()).isEqualTo("http://localhost:8090");
        assertThat(read(Map.of("PUBLIC_URL", "https://go.shop.example/")).publicUrl())
                .isEqualTo("https://go.shop.example");
    }

    @ParameterizedTest
    @CsvSource({
        "PARTITIONS,0",
        "PARTITIONS,257",
        "PARTITIONS,+4",
        "SHUTDOWN_GRACE,PT0S",
        "SHUTDOWN_GRACE,PT11M",
        "CLICK_RETENTION,P373D",
        "CLAIM_AFTER,PT3S",
        "MAX_TRIES,0",
        "MAX_TRIES,101",
        "ADMIN_TOKEN,seven77",
        "ADMIN_TOKEN,with a space",
        "PUBLIC_URL,https://u:p@h",
        "PUBLIC_URL,https://h/?q",
        "CUSTOMER_KEY,****"
    })
    void aValueOutOfBoundsIsRefusedByItsVariable(String variable, String value) {
        assertThatThrownBy(() -> read(Map.of(variable, value)))
                .isInstanceOf(Settings.Wrong.class)
                .hasMessageStartingWith(variable + " ")
                .hasMessageNotContaining(value);
    }

    @Test
    void nothingSecretIsPrinted() {
        String token = "a-token-of-the-operator";
        assertThat(read(Map.of("ADMIN_TOKEN", token)).toString()).doesNotContain(token);
    }

    private static WorkerSettings read(Map<String, String> environment) {
        return WorkerSettings.read(Settings.of(environment));
    }
}
