package io.influtrace.edge.redirect;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;

/**
 * A tracking link's request target taken apart.
 *
 * @param slug decoded; empty where the target is no tracking link's
 * @param handle decoded, as the visitor's address spelt it; empty for the path without one
 * @param query raw, without the question mark
 */
record TrackingPath(String slug, String handle, String query) {

    /** What every tracking link begins with. */
    static final String PREFIX = "/p/";

    /** Characters of the longest slug or handle looked up. */
    static final int MAX_NAME = 128;

    private static final TrackingPath NONE = new TrackingPath("", "", "");

    static TrackingPath parse(String target) {
        int mark = target.indexOf('?');
        String query = mark < 0 ? "" : target.substring(mark + 1);
        int end = mark < 0 ? target.length() : mark;
        int slash = target.indexOf('/', PREFIX.length());
        if (slash < 0 || slash >= end) {
            return of(target.substring(PREFIX.length(), end), "", query);
        }
        String handle = target.substring(slash + 1, end);
        int next = handle.indexOf('/');
        // One slash at the end belongs to a handle that somebody copied; a further segment is another resource.
        return next >= 0 && next < handle.length() - 1
                ? NONE
                : of(target.substring(PREFIX.length(), slash), handle, query);
    }

    private static TrackingPath of(String slug, String handle, String query) {
        String plain = decode(slug);
        return plain.length() > MAX_NAME ? NONE : new TrackingPath(plain, decode(handle), query);
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return QueryStringDecoder.decodeComponent(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException undecodable) {
            return text;
        }
    }
}
