package io.influtrace.protocol.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every mistake is named, and all at once. */
final class SettingsTest {

    @Test
    void everyMistakeIsNamedAtOnceAndNoValueIsShown() {
        Settings settings = Settings.of(
                Map.of("EDGE_PORT", "99999", "GRACE", "soon", "WEAK", "perhaps", "LOOPS", "x", "KEY", "secret"));
        settings.port("EDGE_PORT", 8080, "");
        settings.duration("GRACE", Duration.ofSeconds(5), "");
        settings.flag("WEAK", false, "");
        settings.number("LOOPS", 2, 1, 64, "");
        settings.optional("KEY", "", text -> {
            throw new IllegalArgumentException("is not base64url");
        });
        assertThatThrownBy(settings::check)
                .isInstanceOf(Settings.Wrong.class)
                .hasMessageContainingAll("EDGE_PORT must be within", "GRACE must", "WEAK must", "LOOPS must", "KEY is")
                .hasMessageNotContaining("secret");
    }

    @Test
    void whatIsUnsetOrBlankHasItsDefault() {
        Settings settings = Settings.of(Map.of("NAME", "  ", "EDGE_PORT", " 9000 "));
        assertThat(settings.text("NAME", "edge", "")).isEqualTo("edge");
        assertThat(settings.port("EDGE_PORT", 8080, "")).isEqualTo(9_000);
        assertThat(settings.duration("GRACE", Duration.ofSeconds(5), "")).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.flag("WEAK", true, "")).isTrue();
        assertThat(settings.optional("KEY", "")).isEmpty();
        settings.check();
    }

    @Test
    void everySettingAskedForIsDescribedInOrder() {
        Settings settings = Settings.of(Map.of());
        settings.port("EDGE_PORT", 8080, "The public port.");
        settings.optional("REDIS_URL", "Where Redis is.");
        assertThat(settings.described())
                .containsExactly(
                        new Settings.Described("EDGE_PORT", "8080", "The public port."),
                        new Settings.Described("REDIS_URL", "", "Where Redis is."));
    }
}
