package io.influtrace.protocol.redis;

import io.influtrace.protocol.click.TokenKeys;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What all processes of one deployment share: partitions and keys.
 *
 * @param customerKey 32 bytes in base64url
 */
public record Deployment(Partitions partitions, TokenKeys tokenKeys, String customerKey) {

    private static final int KEY_BYTES = 32;

    /** What the settings of one process say of it; what they leave open is found or made in Redis. */
    public record Wanted(Optional<Partitions> partitions, Optional<TokenKeys> tokenKeys, Optional<String> customerKey) {

        /**
         * The fields of {@link Keys#META} to write where they are missing, before all of them are read.
         *
         * @param random makes the keys that no setting names; for a deployment this is a {@code SecureRandom}
         */
        public Map<String, String> offer(RandomGenerator random) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put(MetaFields.LAYOUT, MetaFields.LAYOUT_VERSION);
            fields.put(
                    MetaFields.PARTITIONS,
                    Integer.toString(partitions.map(Partitions::count).orElse(Partitions.DEFAULT_COUNT)));
            if (tokenKeys.isEmpty()) {
                fields.put(
                        MetaFields.TOKEN_KEYS, TokenKeys.generate("k1", random).text());
            }
            if (customerKey.isEmpty()) {
                byte[] key = new byte[KEY_BYTES];
                random.nextBytes(key);
                fields.put(
                        MetaFields.CUSTOMER_KEY,
                        Base64.getUrlEncoder().withoutPadding().encodeToString(key));
            }
            return fields;
        }

        /** The deployment of these fields; a mismatch is an {@link IllegalStateException} that says how to mend it. */
        public Deployment with(Map<String, String> fields) {
            String layout = fields.getOrDefault(MetaFields.LAYOUT, "");
            if (!layout.equals(MetaFields.LAYOUT_VERSION)) {
                throw new IllegalStateException("Redis holds layout '" + layout + "', this version of InfluTrace speaks"
                        + " layout " + MetaFields.LAYOUT_VERSION + "; use the version that wrote it.");
            }
            Partitions found = count(field(fields, MetaFields.PARTITIONS, "PARTITIONS"));
            partitions.filter(asked -> !asked.equals(found)).ifPresent(asked -> {
                throw new IllegalStateException("PARTITIONS is " + asked.count() + ", but this deployment was started"
                        + " with " + found.count() + "; set PARTITIONS=" + found.count() + " or leave it unset.");
            });
            return new Deployment(
                    found,
                    tokenKeys.orElseGet(() -> TokenKeys.parse(field(fields, MetaFields.TOKEN_KEYS, "TOKEN_KEYS"))),
                    customerKey.orElseGet(() -> field(fields, MetaFields.CUSTOMER_KEY, "CUSTOMER_KEY")));
        }

        private static Partitions count(String text) {
            try {
                return new Partitions(Integer.parseInt(text));
            } catch (IllegalArgumentException unreadable) {
                throw new IllegalStateException(
                        "Redis holds '" + text + "' as the number of partitions; it is not InfluTrace's.", unreadable);
            }
        }

        private static String field(Map<String, String> fields, String name, String variable) {
            @Nullable String value = fields.get(name);
            if (value == null) {
                throw new IllegalStateException("Redis holds no " + name + "; set " + variable + ".");
            }
            return value;
        }
    }

    /** The key's bytes. */
    public byte[] customerKeyBytes() {
        return Base64.getUrlDecoder().decode(customerKey);
    }

    /** Without any secret. */
    @Override
    public String toString() {
        return "Deployment[" + partitions + ", " + tokenKeys + "]";
    }
}
