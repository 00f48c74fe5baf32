package io.influtrace.loadtest.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Shares of the kinds of request: each kind stands in a list as often as its share says. */
final class Mix {

    private static final int MAX_SHARE = 10_000;

    private final List<Kind> kinds;

    private Mix(List<Kind> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /** Reads {@code word=share}, comma-separated; a kind that is not named gets none. Empty where it cannot be read. */
    static Optional<Mix> parse(String text) {
        List<Kind> kinds = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] pair = part.strip().split("=", -1);
            Optional<Kind> kind = Arrays.stream(Kind.values())
                    .filter(one -> one.word().equals(pair[0]))
                    .findFirst();
            if (pair.length != 2 || kind.isEmpty() || !pair[1].matches("[0-9]{1,5}")) {
                return Optional.empty();
            }
            kinds.addAll(Collections.nCopies(Math.min(Integer.parseInt(pair[1]), MAX_SHARE), kind.get()));
        }
        return kinds.isEmpty() ? Optional.empty() : Optional.of(new Mix(kinds));
    }

    boolean has(Kind kind) {
        return kinds.contains(kind);
    }

    Kind pick(RandomGenerator random) {
        return kinds.get(random.nextInt(kinds.size()));
    }
}
