package io.influtrace.edge.body;

import io.influtrace.protocol.http.Problem;

/** A body that is refused, and where: an expected failure without a stack trace. */
public final class Invalid extends Exception {
    private static final long serialVersionUID = 1;

    private final String field;
    private final String expected;
    private final String got;

    /** A field that must be something else; empty names the body itself. */
    public Invalid(String field, String expected, String got) {
        super(field + " must be " + expected, null, false, false);
        this.field = field;
        this.expected = expected;
        this.got = got;
    }

    /** What its sender is told. */
    public Problem problem() {
        String detail = field.isEmpty() ? "The body must be " + expected + "." : field + " must be " + expected + ".";
        Problem problem = Problem.last(400, "invalid_body", detail).compared(expected, got);
        return field.isEmpty() ? problem : problem.at(field);
    }
}
