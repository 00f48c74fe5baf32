package io.influtrace.loadtest.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a run measured, by name, for the capacity page; a further run puts its own in the place of the same names. */
public final class Figures {

    private final Map<String, String> byName = new TreeMap<>();

    void note(String name, double figure) {
        byName.put(name, String.format(Locale.ROOT, "%.3f", figure));
    }

    /** Adds these to what a file of an earlier run holds. */
    void into(Path file) throws IOException {
        Map<String, String> all = new TreeMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String[] pair = line.split("=", 2);
                if (pair.length == 2) {
                    all.put(pair[0], pair[1]);
                }
            }
        }
        all.putAll(byName);
        try (Writer out = Files.newBufferedWriter(file)) {
            for (Map.Entry<String, String> figure : all.entrySet()) {
                out.write(figure.getKey() + "=" + figure.getValue() + "\n");
            }
        }
    }
}
