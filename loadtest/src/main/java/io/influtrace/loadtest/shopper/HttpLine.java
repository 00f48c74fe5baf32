package io.influtrace.loadtest.shopper;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive HTTP/1.1 connection to one edge, which tells a request that never left from one whose answer is missing. It
 * honours {@code Connection: close} and never uses a connection that the server has closed. Belongs to one thread.
 */
final class HttpLine implements AutoCloseable {

    /** Beyond the two seconds in which an order must be answered: what is later than this hangs. */
    static final int HANGS_MS = 10_000;

    private static final int BUFFER = 2_048;

    private final int port;
    private @Nullable SocketChannel channel;

    HttpLine(int port) {
        this.port = port;
    }

    /** Sends one request and reads its whole answer. */
    Answer exchange(String method, String path, Map<String, String> headers, String body) {
        long start = System.nanoTime();
        SocketChannel open;
        try {
            open = open();
        } catch (IOException refused) {
            close();
            return Answer.notSent(System.nanoTime() - start);
        }
        try {
            write(open, method, path, headers, body);
            Answer answer = read(new BufferedInputStream(open.socket().getInputStream(), BUFFER), start);
            if ("close".equalsIgnoreCase(answer.header("connection"))) {
                close();
            }
            return answer;
        } catch (SocketTimeoutException late) {
            close();
            return Answer.hung(System.nanoTime() - start);
        } catch (IOException | NumberFormatException cut) {
            close();
            return Answer.cut(System.nanoTime() - start);
        }
    }

    private SocketChannel open() throws IOException {
        SocketChannel old = channel;
        if (old != null && stillOpen(old)) {
            return old;
        }
        close();
        SocketChannel fresh = SocketChannel.open();
        channel = fresh;
        fresh.socket().connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), HANGS_MS);
        fresh.socket().setSoTimeout(HANGS_MS);
        fresh.socket().setTcpNoDelay(true);
        return fresh;
    }

    // A server that drains closes idle connections; to use one of them would be our mistake.
    private static boolean stillOpen(SocketChannel old) throws IOException {
        old.configureBlocking(false);
        try {
            return old.read(ByteBuffer.allocate(1)) == 0;
        } catch (IOException reset) {
            return false;
        } finally {
            old.configureBlocking(true);
        }
    }

    private static void write(SocketChannel to, String method, String path, Map<String, String> headers, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(256);
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer request = ByteBuffer.allocate(start.length + bytes.length)
                .put(start)
                .put(bytes)
                .flip();
        while (request.hasRemaining()) {
            to.write(request);
        }
    }

    private static Answer read(InputStream in, long start) throws IOException {
        String first = line(in);
        int status = Integer.parseInt(first.split(" ", 3)[1]);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new IOException("cut short");
        }
        return Answer.of(status, headers, new String(body, StandardCharsets.UTF_8), System.nanoTime() - start);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        int next = in.read();
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        if (next < 0) {
            throw new IOException("closed");
        }
        return line.toString();
    }

    @Override
    public void close() {
        SocketChannel old = channel;
        channel = null;
        if (old != null) {
            try {
                old.close();
            } catch (IOException gone) {
                // It is gone either way.
            }
        }
    }
}
