package io.influtrace.edge.order;

import io.influtrace.edge.http.Problem;

/** A body that is refused, and where: an expected failure without a stack trace. */
final class Invalid extends Exception {
    private static final long serialVersionUID = 1;

    private final String field;
    private final String expected;
    private final String got;

    Invalid(String field, String expected, String got) {
        super(field + " must be " + expected, null, false, false);
        this.field = field;
        this.expected = expected;
        this.got = got;
    }

    Problem problem() {
        String detail = field.isEmpty() ? "The body must be " + expected + "." : field + " must be " + expected + ".";
        Problem problem = Problem.last(400, "invalid_body", detail).compared(expected, got);
        return field.isEmpty() ? problem : problem.at(field);
    }
}
