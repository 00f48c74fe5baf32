package io.influtrace.loadtest.process;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One command and its reply over a connection of its own, so that no client's caution stands between. */
final class RedisTalk {

    private static final int CONNECT_MS = 1_000;
    private static final int REPLY_MS = 5_000;

    private RedisTalk() {}

    /**
     * The reply: a {@link Long}, a {@link String} (an error begins with {@code -}), or a list of such.
     *
     * @param words of type String or byte[]
     * @return empty where nobody answers in time
     */
    static Optional<Object> ask(int port, List<?> words) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MS);
            socket.setSoTimeout(REPLY_MS);
            socket.getOutputStream().write(command(words));
            return Optional.of(reply(new BufferedInputStream(socket.getInputStream())));
        } catch (IOException nobody) {
            return Optional.empty();
        }
    }

    private static byte[] command(List<?> words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("*" + words.size() + "\r\n"));
        for (Object word : words) {
            byte[] bytes =
                    word instanceof byte[] raw ? raw : String.valueOf(word).getBytes(StandardCharsets.UTF_8);
            out.writeBytes(ascii("$" + bytes.length + "\r\n"));
            out.writeBytes(bytes);
            out.writeBytes(ascii("\r\n"));
        }
        return out.toByteArray();
    }

    private static Object reply(InputStream in) throws IOException {
        String line = line(in);
        if (line.isEmpty()) {
            throw new IOException("closed");
        }
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case ':' -> Long.parseLong(rest);
            case '$' -> bulk(in, Integer.parseInt(rest));
            case '*' -> {
                List<Object> items = new ArrayList<>();
                for (int left = Integer.parseInt(rest); left > 0; left--) {
                    items.add(reply(in));
                }
                yield items;
            }
            case '-' -> line;
            default -> rest;
        };
    }

    private static String bulk(InputStream in, int length) throws IOException {
        if (length < 0) {
            return "";
        }
        String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        line(in);
        return text;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
