package io.influtrace.protocol.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** A record as lines of {@code name=value}, with {@code \\} and {@code \n} for a backslash and a line feed in a value. */
final class FieldText {

    private FieldText() {}

    static String write(Map<String, String> fields) {
        StringBuilder text = new StringBuilder();
        fields.forEach((name, value) -> {
            if (!value.isEmpty()) {
                text.append(name).append('=');
                text.append(value.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
            }
        });
        return text.toString();
    }

    static Map<String, String> read(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.put(line.substring(0, equals), unescape(line.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String unescape(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                i++;
                plain.append(value.charAt(i) == 'n' ? '\n' : value.charAt(i));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
