package io.influtrace.worker.admin;

import io.influtrace.worker.catalog.Draft;
import io.influtrace.worker.catalog.Kind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Fields that name other things, each of which must exist, and the span that two instants make. */
final class References {

    private References() {}

    static String one(Body body, String name, Kind<?> kind, Draft draft) {
        String key = body.text(name, 128);
        if (draft.now(kind, key).isEmpty()) {
            throw body.invalid(name, "names no known " + kind + ", '" + key + "'");
        }
        return key;
    }

    static Optional<String> optional(Body body, String name, Kind<?> kind, Draft draft) {
        return body.has(name) ? Optional.of(one(body, name, kind, draft)) : Optional.empty();
    }

    static List<String> integrations(Body body, Draft draft) {
        List<String> ids = body.texts("integrations", Names.MOST_LISTED);
        for (String id : ids) {
            if (draft.now(Kind.INTEGRATIONS, id).isEmpty()) {
                throw body.invalid("integrations", "names no known integration, '" + id + "'");
            }
        }
        return ids;
    }

    static void ordered(Body body, OptionalLong from, OptionalLong until) {
        if (from.isPresent() && until.isPresent() && from.getAsLong() >= until.getAsLong()) {
            throw body.invalid("activeUntil", "must lie after activeFrom");
        }
    }
}
