package io.influtrace.protocol.config;

import java.util.Map;
import java.util.Optional;

/**
 * One change of what the edges know, as an entry of {@link io.influtrace.protocol.redis.Keys#EDGE_CHANGES}.
 *
 * <p>An edge reads the stream's last id, then the whole tables, then follows the stream from that id with a blocking
 * read: nothing falls between, a lost connection resumes where it was, and the age of the last answer is the age of what
 * it knows. Whoever falls behind the trimmed tail reads the tables anew.
 *
 * @param key the slug, handle or integration id
 * @param record the whole new record ({@link LinkRecord}, creator number, {@link IntegrationRecord}); empty = removed
 */
public record Change(Kind kind, String key, Optional<String> record) {

    /** Which table an entry changes. */
    public enum Kind {
        LINK("link"),
        CREATOR("creator"),
        INTEGRATION("integration");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word in the entry. */
        public String word() {
            return word;
        }
    }

    /** The fields of the entry. */
    public Map<String, String> fields() {
        return record.map(text -> Map.of("kind", kind.word, "key", key, "record", text))
                .orElseGet(() -> Map.of("kind", kind.word, "key", key));
    }

    /** Reads {@link #fields()}; anything else is an {@link IllegalArgumentException}. */
    public static Change read(Map<String, String> fields) {
        String word = fields.getOrDefault("kind", "");
        String key = fields.getOrDefault("key", "");
        for (Kind kind : Kind.values()) {
            if (kind.word.equals(word) && !key.isEmpty()) {
                return new Change(kind, key, Optional.ofNullable(fields.get("record")));
            }
        }
        throw new IllegalArgumentException("a change of an unknown kind '" + word + "'");
    }
}
