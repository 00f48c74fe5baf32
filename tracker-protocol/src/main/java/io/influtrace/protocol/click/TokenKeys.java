package io.influtrace.protocol.click;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The keys that sign click tokens: the first signs, all verify, so that a key is rotated without losing a token. */
public final class TokenKeys {

    /** Bytes of a key. */
    public static final int KEY_LENGTH = 32;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]{1,16}");

    private final List<Key> keys;

    private TokenKeys(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /** One named key; {@code id} is the first byte of the SHA-256 of its name. */
    static final class Key {
        final String name;
        final byte id;
        final byte[] secret;

        Key(String name, byte[] secret) {
            this.name = name;
            this.id = idOf(name);
            this.secret = secret;
        }

        String name() {
            return name;
        }
    }

    /**
     * Reads {@code id:base64url of 32 bytes}, comma-separated.
     *
     * @throws IllegalArgumentException where one is misspelt, named twice, or clashes with another's one-byte id
     */
    public static TokenKeys parse(String text) {
        List<Key> keys = new ArrayList<>();
        Set<Byte> ids = new HashSet<>();
        for (String part : text.split(",", -1)) {
            Key key = parseKey(part.strip());
            if (!ids.add(key.id)) {
                throw new IllegalArgumentException(
                        "key " + key.name + " has the one-byte id of another key; choose another name");
            }
            keys.add(key);
        }
        return new TokenKeys(keys);
    }

    /** Makes a fresh set of one key. */
    public static TokenKeys generate(String name, RandomGenerator random) {
        byte[] secret = new byte[KEY_LENGTH];
        random.nextBytes(secret);
        return new TokenKeys(List.of(new Key(name, secret)));
    }

    /** The setting's spelling, secrets included: for Redis, never for a log. */
    public String text() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return keys.stream()
                .map(key -> key.name + ":" + base64.encodeToString(key.secret))
                .collect(Collectors.joining(","));
    }

    List<Key> keys() {
        return keys;
    }

    private static Key parseKey(String part) {
        int colon = part.indexOf(':');
        String name = colon < 0 ? part : part.substring(0, colon);
        if (colon < 0 || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a key reads id:base64url with an id of 1 to 16 letters or digits");
        }
        byte[] secret;
        try {
            secret = Base64.getUrlDecoder().decode(part.substring(colon + 1));
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("key " + name + " is not base64url", notBase64);
        }
        if (secret.length != KEY_LENGTH) {
            throw new IllegalArgumentException("key " + name + " has " + secret.length + " bytes, not " + KEY_LENGTH);
        }
        return new Key(name, secret);
    }

    private static byte idOf(String name) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8))[0];
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return keys.stream().map(Key::name).collect(Collectors.joining(",", "TokenKeys[", "]"));
    }
}
