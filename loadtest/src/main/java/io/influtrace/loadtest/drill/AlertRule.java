package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.world.Scrape.Sample;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One alert's condition, in the part of PromQL that the rules keep to: {@code metric{label="x"} > n}, or the same of
 * {@code increase(metric{…}[5m])}. Each series is compared by itself, as Prometheus does without an aggregation.
 *
 * @param increase whether the growth of a counter is meant; then a series that begins above zero has not grown, for
 *     Prometheus knows nothing of the time before
 */
record AlertRule(
        String alert, String metric, Map<String, String> labels, boolean increase, String comparison, double bound) {

    private static final Pattern EXPR = Pattern.compile(
            "(increase\\()?([a-zA-Z_:][\\w:]*)(?:\\{([^}]*)})?(?:\\[\\w+]\\))?\\s*(>|<|==)\\s*([0-9.]+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)(=~?)\"([^\"]*)\"");

    AlertRule {
        labels = Map.copyOf(labels);
    }

    static AlertRule parse(String alert, String expr) throws LoadtestFailure {
        Matcher matcher = EXPR.matcher(expr.strip());
        if (!matcher.matches() || (matcher.group(1) != null) != expr.contains("[")) {
            throw new LoadtestFailure("The alert " + alert + " says more than the drills can judge: " + expr);
        }
        Map<String, String> labels = new HashMap<>();
        String selector = matcher.group(3) == null ? "" : matcher.group(3);
        Matcher each = LABEL.matcher(selector);
        while (each.find()) {
            labels.put(each.group(1), each.group(2).equals("=") ? Pattern.quote(each.group(3)) : each.group(3));
        }
        return new AlertRule(
                alert,
                matcher.group(2),
                labels,
                matcher.group(1) != null,
                matcher.group(4),
                Double.parseDouble(matcher.group(5)));
    }

    /** Whether a sample is of this rule's series. */
    boolean means(Sample sample) {
        return sample.name().equals(metric)
                && labels.entrySet().stream()
                        .allMatch(label ->
                                sample.labels().getOrDefault(label.getKey(), "").matches(label.getValue()));
    }

    boolean holds(double value) {
        return switch (comparison) {
            case ">" -> value > bound;
            case "<" -> value < bound;
            default -> value == bound;
        };
    }
}
