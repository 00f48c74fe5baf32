package io.influtrace.loadtest.options;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a command as {@code --name value}. The command asks for each of its options in one place, then calls
 * {@link #finish()}, which names whatever nobody asked for and whatever could not be read.
 */
public final class Options {

    private final Map<String, String> given;
    private final List<String> known = new ArrayList<>();
    private final List<String> mistakes;

    private Options(Map<String, String> given, List<String> mistakes) {
        this.given = given;
        this.mistakes = mistakes;
    }

    /** All mistakes of a command line and what it takes, a line each. */
    public static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;

        Wrong(List<String> lines) {
            super(String.join(System.lineSeparator(), lines));
        }
    }

    /** The options of a command line from the given place on. */
    public static Options of(String[] arguments, int from) {
        Map<String, String> given = new LinkedHashMap<>();
        List<String> mistakes = new ArrayList<>();
        for (int i = from; i < arguments.length; i += 2) {
            String name = arguments[i];
            if (!name.startsWith("--")) {
                mistakes.add("'" + name + "' is no option; options read --name value.");
            } else if (i + 1 == arguments.length) {
                mistakes.add(name + " lacks its value.");
            } else if (given.put(name.substring(2), arguments[i + 1]) != null) {
                mistakes.add(name + " is given twice.");
            }
        }
        return new Options(given, mistakes);
    }

    /** A text with a default. */
    public String text(String name, String fallback, String sentence) {
        known.add(String.format("  --%-14s %s%s", name, sentence, fallback.isEmpty() ? "" : " (" + fallback + ")"));
        @Nullable String value = given.remove(name);
        return value == null ? fallback : value;
    }

    /** A number within bounds, both inclusive. */
    public double number(String name, double fallback, double least, double most, String sentence) {
        String text = text(name, plain(fallback), sentence);
        try {
            double number = Double.parseDouble(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Said below together with the numbers out of bounds.
        }
        mistakes.add("--" + name + " " + text + " is not within " + plain(least) + " to " + plain(most) + ".");
        return fallback;
    }

    /** A whole number within bounds, both inclusive. */
    public int count(String name, int fallback, int least, int most, String sentence) {
        double number = number(name, fallback, least, most, sentence);
        if (number != Math.rint(number)) {
            mistakes.add("--" + name + " is not a whole number.");
        }
        return (int) number;
    }

    /** Notes a mistake that the command found itself. */
    public void mistake(String sentence) {
        mistakes.add(sentence);
    }

    /** Ends the reading; any mistake is a {@link Wrong} that also says what there is. */
    public void finish() {
        given.forEach((name, value) -> mistakes.add("--" + name + " is unknown."));
        if (!mistakes.isEmpty()) {
            List<String> lines = new ArrayList<>(mistakes);
            lines.add("Options (and what holds without them):");
            lines.addAll(known);
            throw new Wrong(lines);
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
