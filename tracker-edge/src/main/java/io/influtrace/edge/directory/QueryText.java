package io.influtrace.edge.directory;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A query as its raw parameters, made safe for a header: whatever a URL may not carry is percent-encoded. */
final class QueryText {

    private static final Set<String> OURS = Set.of("ref", "itc");
    private static final String IN_PARAMETER = "-._~!$'()*,:@/?+=%[]";
    private static final BitSet UNRESERVED = plain("-._~");
    private static final BitSet PARAMETER = plain(IN_PARAMETER);
    private static final BitSet QUERY = plain(IN_PARAMETER + "&");
    private static final BitSet URL = plain(IN_PARAMETER + "&#;");
    private static final int REPLACEMENT = 0xfffd;
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private QueryText() {}

    /** One raw parameter and its decoded name. */
    record Parameter(String name, String raw) {
        boolean isOurs() {
            return OURS.contains(name.toLowerCase(Locale.ROOT));
        }
    }

    /** The parameters of a raw query, at most so many; those whose name cannot be decoded are left out. */
    static List<Parameter> parameters(String query, int most) {
        List<Parameter> parameters = new ArrayList<>();
        int from = 0;
        while (from < query.length() && parameters.size() < most) {
            int end = query.indexOf('&', from);
            end = end < 0 ? query.length() : end;
            String raw = query.substring(from, end);
            from = end + 1;
            String name = nameOf(raw);
            if (!name.isEmpty()) {
                parameters.add(new Parameter(name, raw));
            }
        }
        return parameters;
    }

    private static String nameOf(String raw) {
        int equals = raw.indexOf('=');
        String name = equals < 0 ? raw : raw.substring(0, equals);
        try {
            return QueryStringDecoder.decodeComponent(name, StandardCharsets.UTF_8)
                    .strip();
        } catch (IllegalArgumentException undecodable) {
            return "";
        }
    }

    /** A value as a query may carry it, everything but the unreserved characters encoded. */
    static String encode(String value) {
        return escape(value, UNRESERVED);
    }

    /** A raw query or fragment of somebody else, kept as it is but for what a header or a URL may not carry. */
    static String safe(String raw) {
        return escape(raw, QUERY);
    }

    /** A whole URL of the merchant's, fragment included, made safe for a header. */
    static String safeUrl(String url) {
        return escape(url, URL);
    }

    /** One raw parameter of a visitor: as {@link #safe}, and no separator survives in it. */
    static String safeParameter(String raw) {
        return escape(raw, PARAMETER);
    }

    /** The same without half characters: as UTF-8 each would turn into a question mark, and begin a query. */
    static String wellFormed(String text) {
        return text.codePoints()
                .map(c -> Character.getType(c) == Character.SURROGATE ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static BitSet plain(String also) {
        BitSet plain = new BitSet(0x80);
        for (char c = 0; c < 0x80; c++) {
            plain.set(c, Character.isLetterOrDigit(c) || also.indexOf(c) >= 0);
        }
        return plain;
    }

    private static String escape(String text, BitSet plain) {
        int same = 0;
        while (same < text.length() && plain.get(text.charAt(same))) {
            same++;
        }
        if (same == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xff;
            if (plain.get(c)) {
                out.append((char) c);
            } else {
                out.append('%').append(HEX[c >> 4]).append(HEX[c & 0xf]);
            }
        }
        return out.toString();
    }
}
