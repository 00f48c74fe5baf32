package io.influtrace.protocol.settings;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads environment variables, remembers every mistake, and names them all at once. A process asks for each of its
 * settings in one place; {@link #described()} is that place's table, which the README repeats.
 */
public final class Settings {

    private final Map<String, String> environment;
    private final List<Described> described = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();

    private Settings(Map<String, String> environment) {
        this.environment = environment;
    }

    /** One row of the README's table. */
    public record Described(String variable, String defaultText, String sentence) {}

    /** All mistakes of an environment, a line each, without any value that may be secret. */
    public static final class Wrong extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Wrong(List<String> mistakes) {
            super(String.join(System.lineSeparator(), mistakes));
        }
    }

    /** Settings of this environment. */
    public static Settings of(Map<String, String> environment) {
        return new Settings(environment);
    }

    /** A text that is present or not; an empty variable counts as unset. */
    public Optional<String> optional(String variable, String sentence) {
        return parsed(variable, "", sentence, Function.identity());
    }

    /** A text with a default. */
    public String text(String variable, String defaultText, String sentence) {
        return value(variable, defaultText, sentence, Function.identity());
    }

    /** A TCP port, 0 (any free one) to 65535. */
    public int port(String variable, int defaultPort, String sentence) {
        return (int) number(variable, defaultPort, 0, 65_535, sentence);
    }

    /** A whole number within bounds, both inclusive. */
    public long number(String variable, long defaultNumber, long least, long most, String sentence) {
        return value(variable, Long.toString(defaultNumber), sentence, text -> {
            long number = whole(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException("must be within " + least + " and " + most + ", is " + number);
            }
            return number;
        });
    }

    /** An ISO-8601 duration such as {@code PT2S} or {@code P30D}, negative ones too. */
    public Duration duration(String variable, Duration defaultDuration, String sentence) {
        return value(variable, defaultDuration.toString(), sentence, text -> {
            try {
                return Duration.parse(text);
            } catch (DateTimeException unreadable) {
                throw new IllegalArgumentException("must be an ISO-8601 duration such as PT2S", unreadable);
            }
        });
    }

    /** Yes or no: {@code true} or {@code false}. */
    public boolean flag(String variable, boolean defaultFlag, String sentence) {
        return value(variable, Boolean.toString(defaultFlag), sentence, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        });
    }

    /** Anything that a function reads or refuses by an {@link IllegalArgumentException} whose message goes on «NAME …». */
    public <T> T value(String variable, String defaultText, String sentence, Function<String, T> parse) {
        return parsed(variable, defaultText, sentence, parse).orElseGet(() -> parse.apply(defaultText));
    }

    /** The same without a default. */
    public <T> Optional<T> optional(String variable, String sentence, Function<String, T> parse) {
        return parsed(variable, "", sentence, parse);
    }

    /** Throws {@link Wrong} where anything asked for so far was wrong. */
    public void check() {
        if (!mistakes.isEmpty()) {
            throw new Wrong(mistakes);
        }
    }

    /** Everything asked for so far, in order. */
    public List<Described> described() {
        return List.copyOf(described);
    }

    private <T> Optional<T> parsed(String variable, String defaultText, String sentence, Function<String, T> parse) {
        described.add(new Described(variable, defaultText, sentence));
        @Nullable String text = environment.get(variable);
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text.strip()));
        } catch (IllegalArgumentException wrong) {
            mistakes.add(variable + " " + wrong.getMessage());
            return Optional.empty();
        }
    }

    private static long whole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException unreadable) {
            throw new IllegalArgumentException("must be a whole number", unreadable);
        }
    }
}
