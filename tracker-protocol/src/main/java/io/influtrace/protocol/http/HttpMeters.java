package io.influtrace.protocol.http;

/** Who counts what the public port turns away before anybody judges it. */
public interface HttpMeters {

    /** A connection was opened (+1) or closed (-1). */
    void connections(int change);

    /** A connection or a request was turned away; {@code reason} is a problem's code or a word of its own. */
    void refused(String reason);
}
