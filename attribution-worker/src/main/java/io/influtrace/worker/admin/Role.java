package io.influtrace.worker.admin;

import java.util.Locale;

/** What a token may do; each may all that the ones before it may. */
enum Role {
    /** Sees the numbers of one creator. */
    CREATOR,
    /** Reads everything. */
    MEMBER,
    /** Changes everything. */
    ADMIN;

    boolean covers(Role least) {
        return compareTo(least) >= 0;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
