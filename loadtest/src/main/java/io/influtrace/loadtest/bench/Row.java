package io.influtrace.loadtest.bench;

import java.util.Locale;
import java.util.Optional;

/**
 * One line of the table.
 *
 * @param figure as it is printed, with its unit in {@code what}
 * @param budget as it is printed, empty where there is none
 * @param met whether the figure keeps it; empty where there is none
 */
record Row(String what, String figure, String budget, Optional<Boolean> met) {

    /** A figure that is only told. */
    static Row seen(String what, String figure) {
        return new Row(what, figure, "", Optional.empty());
    }

    static Row seen(String what, String format, double figure) {
        return seen(what, String.format(Locale.ROOT, format, figure));
    }

    /** A figure whose median must not be above its budget. */
    static Row atMost(String what, Series figures, String format, double budget) {
        return new Row(what, figures.words(format), "≤ " + plain(budget), Optional.of(figures.median() <= budget));
    }

    /** A figure that must not be above its budget. */
    static Row atMost(String what, double figure, String format, double budget) {
        return new Row(
                what, String.format(Locale.ROOT, format, figure), "≤ " + plain(budget), Optional.of(figure <= budget));
    }

    /** A figure whose median must not be below its budget. */
    static Row atLeast(String what, Series figures, String format, double budget) {
        return new Row(what, figures.words(format), "≥ " + plain(budget), Optional.of(figures.median() >= budget));
    }

    /** Something that had to hold, or the figures do not count. */
    static Row must(String what, boolean holds) {
        return new Row(what, holds ? "yes" : "no", "yes", Optional.of(holds));
    }

    boolean missed() {
        return met.isPresent() && !met.get();
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
