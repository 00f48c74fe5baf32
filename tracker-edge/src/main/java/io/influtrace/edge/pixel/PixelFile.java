package io.influtrace.edge.pixel;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The pixel in each encoding, made once at boot. A strong ETag names bytes, so each encoding has its own.
 *
 * @param hash the plain bytes' name in {@code t.{hash}.js}
 * @param integrity the plain bytes' value for subresource integrity
 * @param encodings the smallest first, the plain one last
 */
public record PixelFile(String hash, String integrity, List<Encoded> encodings) {

    private static final String PIXEL = "t.js";
    private static final String DEBUG = "t.debug.js";

    public PixelFile {
        encodings = List.copyOf(encodings);
    }

    /** One encoding; {@code name} is that of Content-Encoding, empty for the plain bytes. */
    public record Encoded(String name, Buffer bytes, String etag) {}

    /** The pixel that was built into this jar; its absence is an {@link IllegalStateException}. */
    public static PixelFile pixel() {
        return load(PIXEL);
    }

    /** What the pixel's {@code debug} loads, from this jar too. */
    public static PixelFile debug() {
        return load(DEBUG);
    }

    private static PixelFile load(String name) {
        try (@Nullable InputStream in = PixelFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the pixel's " + name + " is not on the class path");
            }
            return of(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static PixelFile of(byte[] plain) {
        List<Encoded> encodings = new java.util.ArrayList<>();
        brotli(plain).ifPresent(bytes -> encodings.add(encoded("br", bytes)));
        encodings.add(encoded("gzip", gzip(plain)));
        encodings.add(encoded("", plain));
        return new PixelFile(
                digest(plain).substring(0, 16),
                "sha384-" + Base64.getEncoder().encodeToString(hashed("SHA-384", plain)),
                encodings);
    }

    /** The bytes as they are. */
    Buffer plain() {
        return encodings.get(encodings.size() - 1).bytes();
    }

    /** The best encoding of those that an Accept-Encoding header takes. */
    public Encoded best(@Nullable String accept) {
        for (Encoded encoded : encodings) {
            if (encoded.name.isEmpty() || accepts(accept, encoded.name)) {
                return encoded;
            }
        }
        throw new IllegalStateException("there is always the plain encoding");
    }

    static boolean accepts(@Nullable String accept, String name) {
        if (accept == null) {
            return false;
        }
        for (String part : accept.split(",", -1)) {
            String[] words = part.strip().split(";", 2);
            if (words[0].strip().equalsIgnoreCase(name)) {
                return words.length < 2 || !words[1].strip().matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    private static Encoded encoded(String name, byte[] bytes) {
        return new Encoded(name, Buffer.buffer(bytes), '"' + digest(bytes).substring(0, 32) + '"');
    }

    // The native encoder ships for some platforms only; without it browsers get gzip.
    private static Optional<byte[]> brotli(byte[] plain) {
        try {
            return Brotli4jLoader.isAvailable()
                    ? Optional.of(Encoder.compress(plain, Encoder.Parameters.create(11)))
                    : Optional.empty();
        } catch (IOException | LinkageError unavailable) {
            return Optional.empty();
        }
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            out.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(hashed("SHA-256", bytes));
    }

    private static byte[] hashed(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has " + algorithm, impossible);
        }
    }
}
