package io.influtrace.protocol.order;

import java.util.Locale;

/** Who says so: a browser that anybody can imitate, or somebody who signed. */
public enum Source {
    PIXEL,
    WEBHOOK,
    API;

    /** True where the sender proved itself by a signature or a secret, so that its time and amendments count. */
    public boolean trusted() {
        return this != PIXEL;
    }

    /** The lower-case word of stream, API and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
