package io.influtrace.edge.redirect;

import dk.brics.automaton.Automaton;
import dk.brics.automaton.RegExp;
import dk.brics.automaton.RunAutomaton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A list of user agents as a table-driven automaton: one array step a character, whatever the length of the list.
 * Immutable, safe for any thread.
 */
final class AgentList {

    /** Characters of an agent that are looked at; the longest of a real browser has 400. */
    static final int MAX_LENGTH = 512;

    private static final String LIST = "/ua_parser/regexes.yaml";
    private static final char START = '\u0001';
    private static final char END = '\u0002';
    // What the automaton's syntax gives a meaning that regular expressions do not.
    private static final String SPECIAL = "~&@#<>\"";

    private final List<RunAutomaton> automata;

    private AgentList(List<RunAutomaton> automata) {
        this.automata = List.copyOf(automata);
    }

    /** The spiders of uap-core's list, which rides in the uap-java jar. */
    static AgentList spiders() {
        return of(spiderPatterns());
    }

    /** Agents that contain one of these regular expressions, in any case. */
    static AgentList of(List<String> patterns) {
        List<String> words = new ArrayList<>();
        List<String> gapped = new ArrayList<>();
        patterns.stream()
                .map(AgentList::translate)
                .flatMap(AgentList::alternatives)
                .forEach(pattern -> (pattern.contains(".*") ? gapped : words).add(pattern));
        // Together, patterns with gaps multiply their states; alone each is small, and the words say most of them
        // already.
        Automaton all = containing(String.join("|", words));
        List<RunAutomaton> automata = new ArrayList<>(List.of(new RunAutomaton(all, true)));
        for (String pattern : gapped) {
            Automaton one = containing(pattern);
            if (!one.subsetOf(all)) {
                automata.add(new RunAutomaton(one, true));
            }
        }
        return new AgentList(automata);
    }

    boolean contains(String lowerCaseAgent) {
        String marked = START + lowerCaseAgent + END;
        for (RunAutomaton automaton : automata) {
            if (automaton.run(marked)) {
                return true;
            }
        }
        return false;
    }

    /** How many automata an agent runs through. */
    int automata() {
        return automata.size();
    }

    private static Automaton containing(String pattern) {
        return new RegExp(".*(" + pattern + ").*", RegExp.NONE).toAutomaton();
    }

    // Only the outermost parentheses are opened, and only where they hold the whole pattern.
    private static Stream<String> alternatives(String pattern) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 1;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0 && i < pattern.length() - 1) {
                return Stream.of(pattern);
            } else if (c == '|' && depth == 1) {
                parts.add(pattern.substring(from, i));
                from = i + 1;
            }
        }
        if (!pattern.startsWith("(")) {
            return Stream.of(pattern);
        }
        parts.add(pattern.substring(from, pattern.length() - 1));
        return parts.stream();
    }

    static String lowerCase(String agent) {
        return (agent.length() > MAX_LENGTH ? agent.substring(0, MAX_LENGTH) : agent).toLowerCase(Locale.ROOT);
    }

    private static List<String> spiderPatterns() {
        List<String> patterns = new ArrayList<>();
        try (@Nullable InputStream in = AgentList.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new IllegalStateException(LIST + " is not on the class path");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            String pattern = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = line.strip();
                if (text.startsWith("- regex: '")) {
                    pattern = text.substring("- regex: '".length(), text.length() - 1)
                            .replace("''", "'");
                } else if (text.equals("device_replacement: 'Spider'")) {
                    patterns.add(pattern);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        if (patterns.isEmpty()) {
            throw new IllegalStateException(LIST + " names no spider");
        }
        return patterns;
    }

    // A bound on a gap only spares a backtracking engine, so it goes; a word boundary goes too, and the pattern widens
    // a
    // little. Anchors become the two marks around the agent.
    private static String translate(String pattern) {
        String gaps = pattern.replaceAll("^\\^\\.\\{0,100}\\??", "").replaceAll("\\.\\{\\d+,\\d+}\\??", ".*");
        String plain = gaps.replace("(?:", "(").replace("\\b", "").replace("|)", ")?");
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < plain.length(); i++) {
            char c = Character.toLowerCase(plain.charAt(i));
            if (c == '\\' && i + 1 < plain.length()) {
                i++;
                out.append(plain.charAt(i) == 'd' ? "[0-9]" : "\\" + Character.toLowerCase(plain.charAt(i)));
            } else if (c == '^') {
                out.append(START);
            } else if (c == '$') {
                out.append(END);
            } else if (SPECIAL.indexOf(c) >= 0) {
                out.append('\\').append(c);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
