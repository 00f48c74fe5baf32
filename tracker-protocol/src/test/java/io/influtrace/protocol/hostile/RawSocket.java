package io.influtrace.protocol.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A connection on which a test says exactly the bytes that it wants. */
public final class RawSocket implements AutoCloseable {

    private static final Pattern STATUS = Pattern.compile("HTTP/[0-9.]+ ([0-9]{3}) ");
    private static final int DEADLINE_MS = 30_000;

    private final Socket socket;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    /** One that is connected already, by TLS maybe. */
    public RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(DEADLINE_MS);
    }

    /** One to a port of this machine. */
    public static RawSocket to(int port) throws IOException {
        return new RawSocket(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Says it all, or as much as the other side lets: who is hung up on cannot finish. */
    public void say(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException hungUpOn) {
            // What was answered before is read all the same.
        }
    }

    /** The same of text. */
    public void say(String text) {
        say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Listens until the other side hangs up; false where it does not within the deadline. */
    public boolean isHungUpOn() {
        byte[] buffer = new byte[65_536];
        try {
            int count = socket.getInputStream().read(buffer);
            while (count >= 0) {
                heard.write(buffer, 0, count);
                count = socket.getInputStream().read(buffer);
            }
            return true;
        } catch (SocketTimeoutException stillThere) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Listens until what was heard contains a text. */
    public String hear(String text) throws IOException {
        byte[] buffer = new byte[65_536];
        while (!heard().contains(text)) {
            int count;
            try {
                count = socket.getInputStream().read(buffer);
            } catch (SocketTimeoutException inVain) {
                throw new IOException("in vain for " + text + " in: " + heard(), inVain);
            }
            if (count < 0) {
                throw new IOException("hung up after: " + heard());
            }
            heard.write(buffer, 0, count);
        }
        return heard();
    }

    /** All that was heard so far. */
    public String heard() {
        return heard.toString(StandardCharsets.ISO_8859_1);
    }

    /** The status of each answer heard. */
    public List<Integer> statuses() {
        return STATUS.matcher(heard())
                .results()
                .map((MatchResult result) -> Integer.parseInt(result.group(1)))
                .toList();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
