package io.influtrace.loadtest.rules;

import io.influtrace.edge.Inside;

/** Reaches into the edge, as nothing here may. */
final class Offender {
    private Offender() {}

    static String reach() {
        return Inside.name();
    }
}
