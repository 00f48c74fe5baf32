package io.influtrace.worker.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.influtrace.protocol.config.Change;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.redis.Script;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The catalog in Redis: a hash of versions a kind, the edges' tables, and two streams that tell workers and edges. Every
 * edit counts the catalog's version up by one and is the workers' stream's entry of that number. Waits for Redis, so it
 * belongs to threads of its own.
 */
final class CatalogTables {

    private static final Script COMMIT = Script.of(CatalogTables.class, "commit.lua");
    private static final String VERSION = "{cfg}version";
    private static final String CHANGES = "{cfg}changes";

    /** Edits that a follower may lag behind before it must read everything anew. */
    private static final String KEPT_CHANGES = "10000";

    /** Edits read at once: bounds the memory of one answer. */
    private static final int BATCH = 256;

    private static final List<String> FIXED_KEYS = List.of(VERSION, CHANGES, Keys.EDGE_CHANGES);
    private static final Map<Change.Kind, String> EDGE_TABLES = Map.of(
            Change.Kind.LINK, Keys.EDGE_LINKS,
            Change.Kind.CREATOR, Keys.EDGE_CREATORS,
            Change.Kind.INTEGRATION, Keys.EDGE_INTEGRATIONS);

    private final RedisConnection<String> redis;

    CatalogTables(RedisConnection<String> redis) {
        this.redis = redis;
    }

    /** One edit as other workers hear of it. */
    record Edition(long version, List<Stored<?>> versions) {}

    long version() {
        String version = Answers.of(redis.async().get(VERSION));
        return version == null ? 0 : Long.parseLong(version);
    }

    /** How often this deployment was restored from a backup. */
    int restored() {
        String times = Answers.of(redis.async().get(Keys.RESTORED));
        return times == null ? 0 : Integer.parseInt(times);
    }

    /** Every version of every thing, in no order. */
    List<Stored<?>> all() {
        List<Stored<?>> all = new ArrayList<>();
        for (Kind<?> kind : Kind.ALL) {
            Answers.of(redis.async().hgetall(kind.versionsKey()))
                    .forEach((field, json) -> all.add(Stored.read(kind, field, json)));
        }
        return all;
    }

    /** Edits after a version, oldest first, as many as one answer holds. */
    List<Edition> after(long version) {
        Range<String> range = Range.create((version + 1) + "-0", "+");
        return editions(Answers.of(redis.async().xrange(CHANGES, range, Limit.from(BATCH))));
    }

    /** The same, waiting for one up to a time. */
    @SuppressWarnings("unchecked") // a generic array of one, made by the caller of a varargs method
    List<Edition> await(long version, Duration patience) {
        return editions(Answers.of(redis.async()
                .xread(
                        XReadArgs.Builder.block(patience).count(BATCH),
                        XReadArgs.StreamOffset.from(CHANGES, version + "-1"))));
    }

    private static List<Edition> editions(List<StreamMessage<String, String>> messages) {
        List<Edition> editions = new ArrayList<>();
        for (StreamMessage<String, String> message : messages) {
            String id = message.getId();
            List<Stored<?>> versions = new ArrayList<>();
            for (JsonNode entry : JsonFields.parse(message.getBody().getOrDefault("edit", "{}"))
                    .inner("versions")) {
                versions.add(Stored.read(entry));
            }
            editions.add(new Edition(Long.parseLong(id.substring(0, id.indexOf('-'))), versions));
        }
        return editions;
    }

    /** Writes an edit; false where another came first and nothing was written. */
    boolean commit(long expected, List<Stored<?>> versions, List<Change> changes) {
        List<String> keys = new ArrayList<>(FIXED_KEYS);
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        versions.forEach(version -> entries.add(version.entry()));
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(expected));
        arguments.add(JsonFields.empty().with("versions", entries).write());
        arguments.add(KEPT_CHANGES);
        arguments.add(Integer.toString(versions.size()));
        for (Stored<?> version : versions) {
            arguments.add(index(keys, version.kind().versionsKey()));
            arguments.add(version.field());
            arguments.add(version.json());
        }
        for (Change change : changes) {
            arguments.add(index(keys, EDGE_TABLES.getOrDefault(change.kind(), "")));
            arguments.add(change.kind().word());
            arguments.add(change.key());
            arguments.add(change.record().orElse(""));
        }
        Long answer = Answers.of(COMMIT.run(redis, ScriptOutputType.INTEGER, keys, arguments.toArray(String[]::new)));
        return answer > 0;
    }

    private static String index(List<String> keys, String key) {
        if (!keys.contains(key)) {
            keys.add(key);
        }
        return Integer.toString(keys.indexOf(key) + 1);
    }
}
