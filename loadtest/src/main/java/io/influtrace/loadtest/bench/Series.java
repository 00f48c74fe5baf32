package io.influtrace.loadtest.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of several rounds; the median is quoted, the spread says how noisy the machine was. */
final class Series {

    private final List<Double> figures = new ArrayList<>();

    void add(double figure) {
        figures.add(figure);
    }

    double median() {
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The figure added last. */
    double last() {
        return figures.get(figures.size() - 1);
    }

    /** Pair by pair, each figure in the other's. */
    Series dividedBy(Series other) {
        Series ratios = new Series();
        for (int i = 0; i < figures.size(); i++) {
            ratios.add(figures.get(i) / other.figures.get(i));
        }
        return ratios;
    }

    double least() {
        return figures.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    double most() {
        return figures.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    /** Median, and least to most in brackets. */
    String words(String format) {
        return String.format(Locale.ROOT, format + " (" + format + " to " + format + ")", median(), least(), most());
    }
}
