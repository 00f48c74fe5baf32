package io.influtrace.protocol.click;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals clicks into tokens and opens them again. Not thread-safe: each event loop or worker thread has its own, because
 * a reused {@link Mac} costs a third of a fresh one.
 *
 * <p>Forty bytes, 54 characters of base64url: version and class 1, key id 1, partition 1, window 2, writer 4, sequence 5,
 * milliseconds 6, link 4, creator 4, then HMAC-SHA256 (RFC 2104) over all of these, cut to 96 bits.
 */
public final class ClickTokens {

    /** Characters of a token. */
    public static final int LENGTH = 54;

    // 54 characters carry four bits more than 40 bytes: where those are set, a second text would name the same click.
    private static final String CANONICAL_ENDS = "AQgw";

    private static final int VERSION = 1;
    private static final int SIGNED = 28;
    private static final int SEAL = 12;
    private static final int BYTES = SIGNED + SEAL;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final Signer[] signers;

    private ClickTokens(Signer[] signers) {
        this.signers = signers;
    }

    private record Signer(byte id, Mac mac) {}

    /** What a token turned out to be. */
    public sealed interface Opened {}

    /** A token of ours, and the click that it proves. */
    public record Genuine(Click click) implements Opened {}

    /** Not a token of ours; {@code why} is one of {@code malformed}, {@code unknown_key}, {@code bad_signature}. */
    public record Refused(String why) implements Opened {}

    /** Tokens under these keys. */
    public static ClickTokens of(TokenKeys keys) {
        return new ClickTokens(keys.keys().stream()
                .map(key -> new Signer(key.id, macOf(key.secret)))
                .toArray(Signer[]::new));
    }

    /** The token of a click, signed with the first key. */
    public String seal(Click click) {
        byte[] token = new byte[BYTES];
        ByteBuffer bytes = ByteBuffer.wrap(token);
        ClickId id = click.id();
        bytes.put((byte) (VERSION << 4 | click.clickClass().code())).put(signers[0].id);
        bytes.put((byte) id.partition()).putShort((short) id.windowDays()).putInt(id.writer());
        bytes.put((byte) (id.sequence() >>> 32)).putInt((int) id.sequence());
        bytes.putShort((short) (click.at() >>> 32)).putInt((int) click.at());
        bytes.putInt(click.link()).putInt(click.creator());
        bytes.put(sealOf(signers[0].mac, token), 0, SEAL);
        return new String(ENCODER.encode(token), StandardCharsets.ISO_8859_1);
    }

    /** The click that a token proves, or why it proves none. Never throws. */
    public Opened open(String token) {
        byte[] bytes = decode(token);
        if (bytes == null || bytes[0] >> 4 != VERSION) {
            return new Refused("malformed");
        }
        for (Signer signer : signers) {
            if (signer.id == bytes[1]) {
                byte[] seal = Arrays.copyOf(sealOf(signer.mac, bytes), SEAL);
                return MessageDigest.isEqual(seal, Arrays.copyOfRange(bytes, SIGNED, BYTES))
                        ? read(ByteBuffer.wrap(bytes))
                        : new Refused("bad_signature");
            }
        }
        return new Refused("unknown_key");
    }

    private static Opened read(ByteBuffer bytes) {
        try {
            ClickClass clickClass = ClickClass.ofCode(bytes.get() & 0xf);
            bytes.get();
            int partition = Byte.toUnsignedInt(bytes.get());
            int windowDays = bytes.getShort();
            int writer = bytes.getInt();
            long sequence = (long) Byte.toUnsignedInt(bytes.get()) << 32 | Integer.toUnsignedLong(bytes.getInt());
            long at = (long) Short.toUnsignedInt(bytes.getShort()) << 32 | Integer.toUnsignedLong(bytes.getInt());
            ClickId id = new ClickId(partition, windowDays, writer, sequence);
            return new Genuine(new Click(id, clickClass, at, bytes.getInt(), bytes.getInt()));
        } catch (IllegalArgumentException signedButUnreadable) {
            return new Refused("malformed");
        }
    }

    private static byte @Nullable [] decode(String token) {
        if (token.length() != LENGTH || CANONICAL_ENDS.indexOf(token.charAt(LENGTH - 1)) < 0) {
            return null;
        }
        try {
            byte[] bytes = DECODER.decode(token);
            return bytes.length == BYTES ? bytes : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static byte[] sealOf(Mac mac, byte[] token) {
        mac.update(token, 0, SIGNED);
        return mac.doFinal();
    }

    private static Mac macOf(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HmacSHA256", impossible);
        }
    }
}
