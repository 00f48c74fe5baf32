package io.influtrace.loadtest.load;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the world sends to an edge, its share of the mix where nobody says otherwise, and how it is answered. */
enum Kind {
    CLICK(78, 302),
    BOT(6, 302),
    PIXEL(3, 200),
    PIXEL_CACHED(7, 304),
    PING(4, 204),
    ORDER(2, 202);

    private final int usualShare;
    private final int wanted;

    Kind(int usualShare, int wanted) {
        this.usualShare = usualShare;
        this.wanted = wanted;
    }

    int usualShare() {
        return usualShare;
    }

    /** The status of the answer that it asks for. */
    int wanted() {
        return wanted;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The usual mix as {@code word=share}, comma-separated. */
    static String usualMix() {
        return Arrays.stream(values())
                .map(kind -> kind.word() + "=" + kind.usualShare)
                .collect(Collectors.joining(","));
    }
}
