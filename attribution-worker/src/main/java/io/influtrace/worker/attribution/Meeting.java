package io.influtrace.worker.attribution;

import java.util.List;
import java.util.Map;

/** Touches that one browser named together, outside any credited order: what the sweep will say of them. */
public final class Meeting {

    private Meeting() {}

    /**
     * The changes and repeats of clicks that met in a ping or in an order that nobody earned. Nothing of it is final: a
     * later order may still convert any of them.
     *
     * @param policies by campaign, one for each campaign of a touch
     */
    public static Notes of(List<TouchFacts> touches, Map<String, PolicyFacts> policies) {
        return new Notes(List.of(), List.of());
    }

    /** What to note beside the rows. */
    public record Notes(List<TouchChange> superseded, List<Decision.Repeat> repeats) {}
}
