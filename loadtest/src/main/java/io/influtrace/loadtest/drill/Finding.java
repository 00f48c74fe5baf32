package io.influtrace.loadtest.drill;

/**
 * One promise and whether it was kept.
 *
 * @param name {@code G1} to {@code G6}, or a drill's own words
 * @param figures what was counted
 */
public record Finding(String name, boolean held, String figures) {

    @Override
    public String toString() {
        return "  %-6s %-4s %s".formatted(held ? "held" : "BROKEN", name, figures);
    }
}
