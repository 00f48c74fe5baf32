package io.influtrace.edge.directory;

import io.influtrace.protocol.config.Change;
import io.influtrace.protocol.config.IntegrationRecord;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All links, creators and integrations, held whole in memory. Safe for any thread: one feed writes, every event loop
 * reads without a lock.
 */
public final class Directory {

    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);

    private volatile Tables tables = new Tables();

    private static final class Tables {
        private final Map<String, Link> links = new ConcurrentHashMap<>();
        private final Map<String, Creator> creators = new ConcurrentHashMap<>();
        private final Map<String, IntegrationRecord> integrations = new ConcurrentHashMap<>();
        private final Map<String, IntegrationRecord> bySecret = new ConcurrentHashMap<>();
        private final Records records = Records.empty();

        void apply(Change change) {
            switch (change.kind()) {
                case LINK -> put(links, change.key(), change.record().map(Link::read));
                case CREATOR ->
                    put(
                            creators,
                            change.key(),
                            change.record().map(number -> Creator.of(Integer.parseInt(number), change.key())));
                case INTEGRATION -> integration(change.key(), change.record().map(IntegrationRecord::read));
            }
            records.apply(change);
        }

        private void integration(String id, Optional<IntegrationRecord> record) {
            @Nullable IntegrationRecord before = integrations.get(id);
            put(integrations, id, record);
            if (before != null) {
                before.secret().ifPresent(secret -> bySecret.remove(secret, before));
            }
            record.filter(now -> now.type().equals("api"))
                    .ifPresent(now -> now.secret().ifPresent(secret -> bySecret.put(secret, now)));
        }

        private static <V> void put(Map<String, V> table, String key, Optional<V> value) {
            value.ifPresentOrElse(present -> table.put(key, present), () -> table.remove(key));
        }
    }

    /** The link of a slug, or null. */
    public @Nullable Link link(String slug) {
        return tables.links.get(slug);
    }

    /** The registered creator of a handle, or null. */
    public @Nullable Creator creator(String handle) {
        return tables.creators.get(handle);
    }

    /** The integration of an id. */
    public Optional<IntegrationRecord> integration(String id) {
        return Optional.ofNullable(tables.integrations.get(id));
    }

    /** The API integration whose bearer secret has this SHA-256 (lower-case hexadecimal). */
    public Optional<IntegrationRecord> integrationOfSecret(String sha256) {
        return Optional.ofNullable(tables.bySecret.get(sha256));
    }

    /** How many links there are. */
    public int links() {
        return tables.links.size();
    }

    /** Applies one change; an unreadable one is logged, and what was known before stays. */
    void apply(Change change) {
        apply(tables, change);
    }

    /** Puts whole new tables in the place of all that was known. */
    void replace(Records records) {
        Tables fresh = new Tables();
        records.changes().forEach(change -> apply(fresh, change));
        tables = fresh;
    }

    /** Everything known, as records. */
    Records records() {
        return tables.records;
    }

    private static void apply(Tables tables, Change change) {
        try {
            tables.apply(change);
        } catch (IllegalArgumentException unreadable) {
            LOG.warn(
                    "change=unreadable kind={} key={} cause={}",
                    change.kind().word(),
                    change.key(),
                    unreadable.getMessage());
        }
    }
}
