package io.influtrace.edge.redirect;

import io.influtrace.protocol.click.ClickClass;

/** Who counts the tracking links' answers. */
public interface RedirectMeters {

    /** How a request of a tracking link ended. */
    enum Outcome {
        REDIRECTED,
        FALLBACK,
        GONE,
        NOT_FOUND
    }

    /** One request of that class ended so. */
    void redirect(ClickClass clickClass, Outcome outcome);
}
