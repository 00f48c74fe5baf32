package io.influtrace.protocol.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Spoils good inputs, the same way for the same seed. */
public final class Mutations {

    /** Inputs a run; {@code -Dfuzz.runs=} makes it longer. */
    public static final int RUNS = Integer.getInteger("fuzz.runs", 20_000);

    private static final int MOST_EDITS = 6;
    private static final List<String> WORDS = List.of(
            "\0",
            "\r\n",
            "\t",
            "%00",
            "%",
            "\\",
            "\"",
            "'",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "-",
            "+",
            "=",
            "&",
            "#",
            "/",
            "..",
            "null",
            "NaN",
            "1e999",
            "-1",
            "9223372036854775808",
            "\u00ff",
            "\ud800",
            "\u202e",
            "\ufeff",
            "é",
            "İ");

    private final Random random;
    private final List<String> good;

    public Mutations(long seed, List<String> good) {
        this.random = new Random(seed);
        this.good = good;
    }

    /** The next text. */
    public String text() {
        StringBuilder text = new StringBuilder(pick(good));
        for (int edits = 1 + random.nextInt(MOST_EDITS); edits > 0; edits--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + 1 + random.nextInt(4));
            switch (random.nextInt(6)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, pick(WORDS));
                case 2 -> text.insert(from, text.substring(from, to).repeat(1 + random.nextInt(40)));
                case 3 -> text.replace(from, to, Character.toString(random.nextInt(0x250)));
                case 4 -> text.setLength(from);
                default -> text.insert(from, pick(good));
            }
        }
        return text.toString();
    }

    /** The next bytes. */
    public byte[] bytes() {
        byte[] bytes = text().getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte each : bytes) {
            out.write(random.nextInt(50) == 0 ? random.nextInt(256) : each);
        }
        return out.toByteArray();
    }

    public boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
