package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.Child;
import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Patience;
import io.influtrace.loadtest.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code ledger verify} says at rest: every decision, booking, balance, counter and status, computed again from what is
 * stored.
 *
 * @param words its summary, or what it found first
 */
record LedgerProof(boolean agrees, String words) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SUMMARY = "orders=";

    /** A click's end that names an order: what stays behind when Redis loses the order while a worker has it in hand. */
    private static final Pattern ENDED_BY =
            Pattern.compile("status click \\S+ order [^/]+/(\\S+): stored \\S+, computed no change");

    /**
     * Runs it as a process of its own beside the living worker, as an operator does.
     *
     * @param gone whether an order is one that this drill's Redis may lose and has lost: a click that it ended stays ended
     */
    static LedgerProof of(World world, Path root, Path folder, Predicate<String> gone) throws LoadtestFailure {
        Path jar = root.resolve("attribution-worker/target/attribution-worker.jar");
        List<String> command = Child.javaCommand(jar, "-XX:TieredStopAtLevel=1", "-Xmx192m");
        command.addAll(List.of("ledger", "verify"));
        Map<String, String> environment = new HashMap<>(world.workers().get(0).environment());
        environment.put("REDIS_URL", world.redis().url());
        Child proof = Child.start("ledger", command, environment, folder, folder.resolve("ledger-verify.log"));
        try {
            if (!Patience.until(PATIENCE, () -> !proof.alive())) {
                return new LedgerProof(false, "no end after " + PATIENCE.toSeconds() + " s");
            }
            return of(proof.log().lines().toList(), proof.exitCode(), gone);
        } finally {
            proof.stop();
        }
    }

    /** What its lines say. */
    static LedgerProof of(List<String> lines, int exitCode, Predicate<String> gone) {
        List<String> summary =
                lines.stream().filter(line -> line.startsWith(SUMMARY)).toList();
        List<String> ended = lines.stream().filter(line -> endedBy(line, gone)).toList();
        boolean agrees = summary.size() == 1
                && exitCode == (ended.isEmpty() ? 0 : 1)
                && summary.get(0).endsWith("differences=" + ended.size());
        String first =
                lines.stream().filter(line -> !ended.contains(line)).findFirst().orElse("nothing");
        return new LedgerProof(
                agrees,
                !agrees
                        ? first
                        : summary.get(0) + (ended.isEmpty() ? "" : ", each a click that a lost order had ended"));
    }

    private static boolean endedBy(String line, Predicate<String> gone) {
        Matcher matcher = ENDED_BY.matcher(line);
        return matcher.matches() && gone.test(matcher.group(1));
    }
}
