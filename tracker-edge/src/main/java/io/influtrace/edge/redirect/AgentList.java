package io.influtrace.edge.redirect;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A list of user agents as tables that the build made: one array step a character, whatever the length of the list.
 * Immutable, safe for any thread.
 */
final class AgentList {

    /** Characters of an agent that are looked at; the longest of a real browser has 400. */
    static final int MAX_LENGTH = 512;

    private static final char START = '\u0001';
    private static final char END = '\u0002';

    private final List<Table> tables;

    private AgentList(List<Table> tables) {
        this.tables = List.copyOf(tables);
    }

    /** The spiders of uap-core's list, as they were when this was built. */
    static AgentList spiders() {
        try (@Nullable InputStream in = AgentList.class.getResourceAsStream("spiders.dfa")) {
            if (in == null) {
                throw new IllegalStateException("spiders.dfa is not on the class path");
            }
            DataInputStream data = new DataInputStream(new BufferedInputStream(in));
            List<Table> tables = new ArrayList<>();
            for (int left = data.readUnsignedByte(); left > 0; left--) {
                tables.add(new Table(data));
            }
            return new AgentList(tables);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    boolean contains(String lowerCaseAgent) {
        String marked = START + lowerCaseAgent + END;
        for (Table table : tables) {
            if (table.accepts(marked)) {
                return true;
            }
        }
        return false;
    }

    static String lowerCase(String agent) {
        return (agent.length() > MAX_LENGTH ? agent.substring(0, MAX_LENGTH) : agent).toLowerCase(Locale.ROOT);
    }

    /**
     * A finite automaton. In the file: the number of states (2 bytes) and of classes of characters (1), each class's first
     * character (2), the first state (2), then for each state whether it accepts (1) and the next one by class (2; negative:
     * none).
     */
    private static final class Table {

        /** Characters with a class of their own; those beyond belong to the last. */
        private static final int ASCII = 128;

        private final byte[] classes = new byte[ASCII + 1];
        private final int width;
        private final short first;
        private final boolean[] accepting;
        private final short[] next;

        Table(DataInputStream in) throws IOException {
            accepting = new boolean[in.readUnsignedShort()];
            width = in.readUnsignedByte();
            for (int each = 0; each < width; each++) {
                Arrays.fill(classes, in.readUnsignedShort(), classes.length, (byte) each);
            }
            first = in.readShort();
            next = new short[accepting.length * width];
            for (int state = 0; state < accepting.length; state++) {
                accepting[state] = in.readBoolean();
                for (int each = 0; each < width; each++) {
                    next[state * width + each] = in.readShort();
                }
            }
        }

        boolean accepts(String text) {
            int state = first;
            for (int i = 0; i < text.length() && state >= 0; i++) {
                state = next[state * width + classes[Math.min(text.charAt(i), ASCII)]];
            }
            return state >= 0 && accepting[state];
        }
    }
}
