package io.influtrace.edge;

/** A name that belongs to the edge. */
public final class Inside {
    private Inside() {}

    public static String name() {
        return "inside";
    }
}
