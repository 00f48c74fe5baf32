import dk.brics.automaton.Automaton;
import dk.brics.automaton.RegExp;
import dk.brics.automaton.RunAutomaton;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compiles uap-core's list of spiders into tables during the build, so that no edge has to at its start: {@code AgentBuild
 * TARGET_FILE}. What the tables look like is said where they are read.
 */
final class AgentBuild {

    private static final String LIST = "/ua_parser/regexes.yaml";
    private static final char START = '\u0001';
    private static final char END = '\u0002';

    /** Characters with a class of their own. */
    private static final int ASCII = 128;

    /** What the automaton's syntax gives a meaning that regular expressions do not. */
    private static final String SPECIAL = "~&@#<>\"";

    private AgentBuild() {}

    public static void main(String[] args) throws IOException {
        Path target = Path.of(args[0]);
        List<String> patterns = spiderPatterns();
        List<RunAutomaton> automata = automata(patterns);
        Files.createDirectories(target.toAbsolutePath().getParent());
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(target))) {
            out.writeByte(automata.size());
            for (RunAutomaton automaton : automata) {
                write(automaton, out);
            }
        }
        System.out.printf(
                "agents: %d patterns, %d automata, %,d bytes%n", patterns.size(), automata.size(), Files.size(target));
    }

    private static void write(RunAutomaton automaton, DataOutputStream out) throws IOException {
        char[] classes = automaton.getCharIntervals();
        int states = automaton.getSize();
        if (states > Short.MAX_VALUE || classes.length > Byte.MAX_VALUE || classes[classes.length - 1] > ASCII) {
            throw new IllegalStateException(states + " states of " + classes.length + " classes do not fit the tables");
        }
        out.writeShort(states);
        out.writeByte(classes.length);
        for (char first : classes) {
            out.writeChar(first);
        }
        out.writeShort(automaton.getInitialState());
        for (int state = 0; state < states; state++) {
            out.writeBoolean(automaton.isAccept(state));
            for (char first : classes) {
                out.writeShort(automaton.step(state, first));
            }
        }
    }

    private static List<RunAutomaton> automata(List<String> patterns) {
        List<String> words = new ArrayList<>();
        List<String> gapped = new ArrayList<>();
        patterns.stream()
                .map(AgentBuild::translate)
                .flatMap(AgentBuild::alternatives)
                .forEach(pattern -> (pattern.contains(".*") ? gapped : words).add(pattern));
        // Together, patterns with gaps multiply their states; alone each is small, and the words say most of them already.
        Automaton all = containing(String.join("|", words));
        List<RunAutomaton> automata = new ArrayList<>(List.of(new RunAutomaton(all, false)));
        for (String pattern : gapped) {
            Automaton one = containing(pattern);
            if (!one.subsetOf(all)) {
                automata.add(new RunAutomaton(one, false));
            }
        }
        return automata;
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

    private static List<String> spiderPatterns() throws IOException {
        List<String> patterns = new ArrayList<>();
        String list;
        try (InputStream in = AgentBuild.class.getResourceAsStream(LIST)) {
            if (in == null) {
                throw new IllegalStateException(LIST + " is not on the class path");
            }
            list = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String pattern = "";
        for (String line : list.lines().map(String::strip).toList()) {
            if (line.startsWith("- regex: '")) {
                pattern = line.substring("- regex: '".length(), line.length() - 1)
                        .replace("''", "'");
            } else if (line.equals("device_replacement: 'Spider'")) {
                patterns.add(pattern);
            }
        }
        if (patterns.isEmpty()) {
            throw new IllegalStateException(LIST + " names no spider");
        }
        return patterns;
    }

    // A bound on a gap only spares a backtracking engine, so it goes; a word boundary goes too, and the pattern widens a
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
