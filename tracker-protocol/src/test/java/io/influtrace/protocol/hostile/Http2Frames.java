package io.influtrace.protocol.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/2 written by hand, with as little HPACK as a GET needs. */
public final class Http2Frames {

    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;

    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int CONTINUATION = 9;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** What a client begins with. */
    public Http2Frames preface() {
        out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        return settings();
    }

    public Http2Frames settings() {
        return frame(SETTINGS, 0, 0, new byte[0]);
    }

    /** A GET on a stream. */
    public Http2Frames get(int stream, int flags, String path) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x82); // :method GET
        block.write(0x87); // :scheme https
        literal(block, 0x04, path);
        literal(block, 0x01, "localhost");
        return frame(HEADERS, flags, stream, block.toByteArray());
    }

    /** More of its headers. */
    public Http2Frames more(int stream, byte[] block) {
        return frame(CONTINUATION, 0, stream, block);
    }

    /** The end of a stream. */
    public Http2Frames reset(int stream) {
        return frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(8).array());
    }

    /** One literal header without indexing, of a name that is spelt out. */
    public static byte[] header(String name, String value) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0);
        text(block, name);
        text(block, value);
        return block.toByteArray();
    }

    /** All frames since the last call. */
    public byte[] bytes() {
        byte[] bytes = out.toByteArray();
        out.reset();
        return bytes;
    }

    private static void literal(ByteArrayOutputStream block, int index, String value) {
        block.write(index);
        text(block, value);
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            while (rest >= 128) {
                block.write(rest % 128 + 128);
                rest /= 128;
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    private Http2Frames frame(int type, int flags, int stream, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .put((byte) (payload.length >> 8))
                .put((byte) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload);
        out.writeBytes(frame.array());
        return this;
    }
}
