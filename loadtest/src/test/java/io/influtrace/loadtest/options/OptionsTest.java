package io.influtrace.loadtest.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** An option has a default; every mistake is named together with all that there is. */
class OptionsTest {

    private static Options of(String... arguments) {
        return Options.of(arguments, 0);
    }

    @Test
    void whatIsNotGivenHasItsDefault() {
        Options options = of("--rate", "2.5");

        assertThat(options.number("rate", 10, 1, 100, "arrivals a second")).isEqualTo(2.5);
        assertThat(options.count("seconds", 7, 1, 60, "how long")).isEqualTo(7);
        assertThat(options.text("edge", "here", "which edge")).isEqualTo("here");
        options.finish();
    }

    @Test
    void everyMistakeIsNamedAtOnceWithWhatThereIs() {
        Options options = of("--rate", "fast", "--seconds", "0", "--colour", "red", "stray");
        assertThat(options.number("rate", 10, 1, 100, "arrivals a second")).isEqualTo(10);
        assertThat(options.count("seconds", 7, 1, 60, "how long")).isEqualTo(7);

        assertThatThrownBy(options::finish)
                .isInstanceOf(Options.Wrong.class)
                .hasMessageContainingAll(
                        "--rate fast is not within 1 to 100",
                        "--seconds 0 is not within 1 to 60",
                        "--colour is unknown",
                        "'stray' is no option",
                        "arrivals a second (10)");
    }

    @Test
    void aCountIsWholeAndAnOptionHasAValueAndStandsOnce() {
        Options options = of("--seconds", "1.5", "--seconds", "2", "--rate");
        options.count("seconds", 7, 1, 60, "how long");

        assertThatThrownBy(options::finish)
                .hasMessageContainingAll("--seconds is given twice", "--rate lacks its value");
        Options half = of("--seconds", "1.5");
        half.count("seconds", 7, 1, 60, "how long");
        assertThatThrownBy(half::finish).hasMessageContaining("--seconds is not a whole number");
    }
}
