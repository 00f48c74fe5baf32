package io.influtrace.worker.attribution;

import java.util.Locale;

/** What earned an order's credit, in priority order; {@link #SURVEY} never earns any. */
public enum Signal {
    COUPON,
    LINK,
    SURVEY,
    NONE;

    /** The word of API and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
