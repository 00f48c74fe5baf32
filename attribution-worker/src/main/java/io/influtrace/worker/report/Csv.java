package io.influtrace.worker.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rows as comma-separated values (RFC 4180). A field of an inner object is a column of its own, {@code clicks.human}; a
 * list is one cell, its parts set apart by blanks. A cell that a spreadsheet would run as a formula begins with an
 * apostrophe; plain numbers stay as they are.
 */
public final class Csv {

    private static final String END = "\r\n";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+([.][0-9]+)?");
    private static final Pattern FORMULA = Pattern.compile("^[\\s]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20].*", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("[\",\r\n]|^\\s|\\s$");

    private Csv() {}

    /** A head and a line for each row; nothing but the empty text where there is no row. */
    public static String of(JsonArray rows) {
        List<Map<String, String>> lines = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>();
        for (Object row : rows) {
            Map<String, String> cells = new LinkedHashMap<>();
            flatten("", (JsonObject) row, cells);
            columns.addAll(cells.keySet());
            lines.add(cells);
        }
        if (columns.isEmpty()) {
            return "";
        }
        StringBuilder csv = new StringBuilder(line(List.copyOf(columns)));
        lines.forEach(cells -> csv.append(line(
                columns.stream().map(column -> cells.getOrDefault(column, "")).toList())));
        return csv.toString();
    }

    private static void flatten(String prefix, JsonObject row, Map<String, String> cells) {
        for (Map.Entry<String, Object> field : row) {
            Object value = field.getValue();
            if (value instanceof JsonObject inner) {
                flatten(prefix + field.getKey() + ".", inner, cells);
            } else if (value instanceof JsonArray list) {
                cells.put(
                        prefix + field.getKey(),
                        list.stream().map(String::valueOf).collect(Collectors.joining(" ")));
            } else if (value != null) {
                cells.put(prefix + field.getKey(), value.toString());
            }
        }
    }

    private static String line(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",")) + END;
    }

    private static String cell(String text) {
        boolean runs = FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches();
        String safe = runs ? "'" + text : text;
        return QUOTED.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
