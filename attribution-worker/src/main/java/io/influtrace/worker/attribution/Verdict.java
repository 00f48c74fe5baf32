package io.influtrace.worker.attribution;

import java.util.Locale;

/** What an order, or a report of one, came to. */
public enum Verdict {
    CREDITED,
    UNATTRIBUTED,
    DUPLICATE,
    IGNORED;

    /** The word of API and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
