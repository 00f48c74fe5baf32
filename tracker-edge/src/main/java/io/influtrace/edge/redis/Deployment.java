package io.influtrace.edge.redis;

import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.protocol.redis.MetaFields;
import io.influtrace.protocol.redis.Partitions;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What all processes of one deployment share: partitions and keys.
 *
 * @param customerKey 32 bytes in base64url
 */
public record Deployment(Partitions partitions, TokenKeys tokenKeys, String customerKey) {

    /** What the settings say of it; what they leave open is found or made in Redis. */
    public record Wanted(Optional<Partitions> partitions, Optional<TokenKeys> tokenKeys, Optional<String> customerKey) {

        /** The deployment of these fields; a mismatch is an {@link IllegalStateException} that says how to mend it. */
        public Deployment with(Map<String, String> fields) {
            String layout = fields.getOrDefault(MetaFields.LAYOUT, "");
            if (!layout.equals(MetaFields.LAYOUT_VERSION)) {
                throw new IllegalStateException("Redis holds layout '" + layout + "', this edge speaks layout "
                        + MetaFields.LAYOUT_VERSION + "; use the version of InfluTrace that wrote it.");
            }
            Partitions found = new Partitions(Integer.parseInt(fields.getOrDefault(MetaFields.PARTITIONS, "0")));
            partitions.filter(asked -> !asked.equals(found)).ifPresent(asked -> {
                throw new IllegalStateException("PARTITIONS is " + asked.count() + ", but this deployment was started"
                        + " with " + found.count() + "; set PARTITIONS=" + found.count() + " or leave it unset.");
            });
            return new Deployment(
                    found,
                    tokenKeys.orElseGet(() -> TokenKeys.parse(field(fields, MetaFields.TOKEN_KEYS, "TOKEN_KEYS"))),
                    customerKey.orElseGet(() -> field(fields, MetaFields.CUSTOMER_KEY, "CUSTOMER_KEY")));
        }
    }

    private static String field(Map<String, String> fields, String name, String variable) {
        @Nullable String value = fields.get(name);
        if (value == null) {
            throw new IllegalStateException("Redis holds no " + name + "; set " + variable + ".");
        }
        return value;
    }

    /** Makes each field that nobody made yet, then reads them all. */
    public static Future<Map<String, String>> meet(RedisNodes nodes, Wanted wanted, Map<String, String> remembered) {
        Map<String, String> fresh = new HashMap<>();
        fresh.put(MetaFields.LAYOUT, MetaFields.LAYOUT_VERSION);
        fresh.put(
                MetaFields.PARTITIONS,
                Integer.toString(wanted.partitions.map(Partitions::count).orElse(Partitions.DEFAULT_COUNT)));
        SecureRandom random = new SecureRandom();
        if (wanted.tokenKeys.isEmpty()) {
            fresh.put(MetaFields.TOKEN_KEYS, TokenKeys.generate("k1", random).text());
        }
        if (wanted.customerKey.isEmpty()) {
            byte[] key = new byte[32];
            random.nextBytes(key);
            fresh.put(
                    MetaFields.CUSTOMER_KEY,
                    Base64.getUrlEncoder().withoutPadding().encodeToString(key));
        }
        // A deployment that lost its Redis keeps the keys of the tokens that are out there.
        fresh.putAll(remembered);
        List<Request> requests = new ArrayList<>();
        fresh.forEach((field, value) -> requests.add(
                Request.cmd(Command.HSETNX).arg(Keys.META).arg(field).arg(value)));
        requests.add(Request.cmd(Command.HGETALL).arg(Keys.META));
        return nodes.batch(Keys.META, requests).map(replies -> pairs(replies.get(replies.size() - 1)));
    }

    private static Map<String, String> pairs(Response reply) {
        Map<String, String> fields = new HashMap<>();
        if (reply.getKeys().isEmpty()) {
            for (int i = 0; i + 1 < reply.size(); i += 2) {
                fields.put(reply.get(i).toString(), reply.get(i + 1).toString());
            }
        } else {
            reply.getKeys().forEach(key -> fields.put(key, reply.get(key).toString()));
        }
        return fields;
    }

    /** The key's bytes. */
    public byte[] customerKeyBytes() {
        return Base64.getUrlDecoder().decode(customerKey);
    }

    @Override
    public String toString() {
        return "Deployment[" + partitions + ", " + tokenKeys + "]";
    }
}
