package io.influtrace.protocol.hostile;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of {@code requests.txt}: its name, and the bytes once the blanks are filled in. */
public record HostileRequest(String name, String bytes) {

    private static final String FILE = "/io/influtrace/protocol/hostile/requests.txt";
    private static final Pattern REPEATED = Pattern.compile("\\{([^{}*]+)\\*([0-9]+)}", Pattern.DOTALL);
    private static final Pattern HEX = Pattern.compile("\\\\x([0-9a-f]{2})");

    /** Every line of the file. */
    public static List<HostileRequest> all() {
        try (InputStream file = requireNonNull(HostileRequest.class.getResourceAsStream(FILE))) {
            return new String(file.readAllBytes(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" = ", 2))
                    .map(parts -> new HostileRequest(parts[0], parts[1]))
                    .toList();
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** The bytes, about the path of something that takes a POST and a whole request that must never be answered. */
    public byte[] filled(String beacon, String link) {
        String text = bytes.replace("{BEACON}", beacon)
                .replace("{HOST}", "Host: edge\\r\\n")
                .replace("{LINK}", link)
                .replace("\\r", "\r")
                .replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\0", "\0");
        text = HEX.matcher(text).replaceAll(hex -> Character.toString(Integer.parseInt(hex.group(1), 16)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher repeated = REPEATED.matcher(text);
        int from = 0;
        while (repeated.find()) {
            out.writeBytes(text.substring(from, repeated.start()).getBytes(StandardCharsets.ISO_8859_1));
            byte[] piece = repeated.group(1).getBytes(StandardCharsets.ISO_8859_1);
            for (int i = Integer.parseInt(repeated.group(2)); i > 0; i--) {
                out.writeBytes(piece);
            }
            from = repeated.end();
        }
        out.writeBytes(text.substring(from).getBytes(StandardCharsets.ISO_8859_1));
        return out.toByteArray();
    }

    @Override
    public String toString() {
        return name;
    }
}
