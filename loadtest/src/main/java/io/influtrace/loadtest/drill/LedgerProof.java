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

/**
 * What {@code ledger verify} says at rest: every decision, booking, balance, counter and status, computed again from what is
 * stored.
 *
 * @param words its summary, or what it found first
 */
record LedgerProof(boolean agrees, String words) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SUMMARY = "orders=";

    /** Runs it as a process of its own beside the living worker, as an operator does. */
    static LedgerProof of(World world, Path root, Path folder) throws LoadtestFailure {
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
            List<String> lines = proof.log().lines().toList();
            String summary = lines.stream()
                    .filter(line -> line.startsWith(SUMMARY))
                    .findFirst()
                    .orElse("");
            boolean agrees = proof.exitCode() == 0 && summary.endsWith("differences=0");
            return new LedgerProof(agrees, agrees ? summary : lines.isEmpty() ? "nothing" : lines.get(0));
        } finally {
            proof.stop();
        }
    }
}
