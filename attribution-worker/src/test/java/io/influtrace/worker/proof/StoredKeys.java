package io.influtrace.worker.proof;

import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.RedisConnection;
import io.lettuce.core.Range;
import java.util.Map;
import java.util.TreeMap;

/** All that lies in a Redis, as text that two moments can be compared by. */
public final class StoredKeys {

    private StoredKeys() {}

    /** Key by key; a counter at nothing is as good as none. */
    public static Map<String, String> dump(RedisConnection<String> redis) {
        Map<String, String> dump = new TreeMap<>();
        for (String key : Answers.of(redis.async().keys("*"))) {
            String type = Answers.of(redis.async().type(key));
            dump.put(
                    key,
                    switch (type) {
                        case "string" ->
                            Answers.of(redis.async().strlen(key)) + " "
                                    + Answers.of(redis.async().get(key)).hashCode();
                        case "hash" -> counted(Answers.of(redis.async().hgetall(key)));
                        case "zset" ->
                            Answers.of(redis.async().zrangeWithScores(key, 0, -1))
                                    .toString();
                        case "stream" ->
                            Answers.of(redis.async().xrange(key, Range.unbounded()))
                                    .toString();
                        default -> type;
                    });
        }
        dump.values().removeIf("{}"::equals);
        return dump;
    }

    private static String counted(Map<String, String> hash) {
        Map<String, String> fields = new TreeMap<>(hash);
        fields.values().removeIf("0"::equals);
        return fields.toString();
    }
}
