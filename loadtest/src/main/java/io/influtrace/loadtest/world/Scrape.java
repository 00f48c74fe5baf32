package io.influtrace.loadtest.world;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one process said of itself at one moment, in Prometheus' own format. */
public record Scrape(List<Sample> samples) {

    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    public Scrape {
        samples = List.copyOf(samples);
    }

    /** One number. */
    public record Sample(String name, Map<String, String> labels, double value) {
        public Sample {
            labels = Map.copyOf(labels);
        }

        /** Whether it bears that name and at least these labels. */
        public boolean is(String wanted, Map<String, String> these) {
            return name.equals(wanted) && labels.entrySet().containsAll(these.entrySet());
        }
    }

    /** Reads the text of {@code /metrics}; lines that are no samples are passed over. */
    public static Scrape parse(String text) {
        List<Sample> samples = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            Matcher matcher = LINE.matcher(line);
            if (!line.startsWith("#") && matcher.matches()) {
                samples.add(
                        new Sample(matcher.group(1), labels(matcher.group(2)), Double.parseDouble(matcher.group(3))));
            }
        }
        return new Scrape(samples);
    }

    /** The sum of all samples of that name that bear these labels. */
    public double sum(String name, Map<String, String> labels) {
        return samples.stream()
                .filter(sample -> sample.is(name, labels))
                .mapToDouble(Sample::value)
                .sum();
    }

    /** The sums of all samples of that name by the value of one label. */
    public Map<String, Long> by(String name, String label) {
        Map<String, Long> sums = new HashMap<>();
        samples.stream()
                .filter(sample -> sample.name.equals(name))
                .forEach(sample ->
                        sums.merge(sample.labels.getOrDefault(label, ""), Math.round(sample.value), Long::sum));
        return sums;
    }

    private static Map<String, String> labels(@org.jspecify.annotations.Nullable String text) {
        Map<String, String> labels = new HashMap<>();
        Matcher matcher = LABEL.matcher(text == null ? "" : text);
        while (matcher.find()) {
            labels.put(matcher.group(1), matcher.group(2));
        }
        return labels;
    }
}
