package io.influtrace.worker.intake;

import static java.util.Objects.requireNonNull;

import io.influtrace.worker.redis.Answers;
import io.lettuce.core.models.stream.PendingMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * One partition's reports that were handed out and are not settled, but are not in this worker's hands: another has them,
 * or one that is dead, or they failed here and wait to be tried again. Each is read once. Belongs to one thread.
 */
final class Elsewhere {

    /** Handed-out entries that one look lists; what lies beyond is held to be unread. */
    static final int MAX_LISTED = 1_000;

    private final ReportStream stream;
    private final Arrivals arrivals;
    private final Claims claims;
    private Map<String, Optional<Arrival>> known = new HashMap<>();
    private List<Run> reading = List.of();
    private boolean listedAll = true;

    /** Entries that were asked for together. */
    private record Run(List<String> ids, CompletionStage<List<Entry>> entries) {}

    /** Nothing is known yet; what will be is told to {@code claims}, which other partitions share. */
    Elsewhere(ReportStream stream, Arrivals arrivals, Claims claims) {
        this.stream = stream;
        this.arrivals = arrivals;
        this.claims = claims;
    }

    /** Asks which entries are handed out. */
    CompletionStage<List<PendingMessage>> ask() {
        return stream.pending(0, MAX_LISTED);
    }

    /** Takes in the answer, and asks for the entries that are not known yet. Blocks. */
    void list(List<PendingMessage> listed, Line line) {
        Map<String, Optional<Arrival>> still = new HashMap<>();
        reading = new ArrayList<>();
        List<String> run = new ArrayList<>();
        for (PendingMessage each : listed) {
            String id = each.getId();
            if (!line.holds(stream.partition(), id) && !known.containsKey(id)) {
                run.add(id);
                continue;
            }
            run = ask(run);
            if (!line.holds(stream.partition(), id)) {
                still.put(id, requireNonNull(known.remove(id)));
            }
        }
        ask(run);
        known.values().forEach(gone -> gone.ifPresent(claims::remove));
        known = still;
        listedAll = listed.size() < MAX_LISTED;
    }

    /** Asks for entries that are listed one behind the other, which lie near each other in the stream; the next run is empty. */
    private List<String> ask(List<String> run) {
        if (run.isEmpty()) {
            return run;
        }
        reading.add(new Run(run, stream.between(run.get(0), run.get(run.size() - 1), run.size())));
        return new ArrayList<>();
    }

    /** Takes in those entries. Blocks. */
    void read() {
        Map<String, CompletionStage<Optional<Entry>>> missed = new HashMap<>();
        for (Run run : reading) {
            Set<String> missing = new LinkedHashSet<>(run.ids);
            Answers.of(run.entries).stream()
                    .filter(entry -> missing.remove(entry.id()))
                    .forEach(this::know);
            // Settled ones between them came in their stead.
            missing.forEach(id -> missed.put(id, stream.find(id)));
        }
        missed.forEach((id, entry) ->
                Answers.of(entry).ifPresentOrElse(this::know, () -> known.put(id, Optional.empty())));
    }

    /** The earliest receipt that an entry may have which was handed out and is not listed here. */
    long unlisted() {
        return listedAll
                ? Line.ALL_READ
                : known.values().stream()
                        .flatMap(Optional::stream)
                        .mapToLong(Arrival::receivedAt)
                        .max()
                        .orElse(Line.NOTHING_KNOWN);
    }

    private void know(Entry entry) {
        Optional<Arrival> arrival = arrival(entry);
        known.put(entry.id(), arrival);
        arrival.ifPresent(claims::add);
    }

    /** What is no report takes no turn. */
    private Optional<Arrival> arrival(Entry entry) {
        try {
            return Optional.of(arrivals.of(stream.partition(), entry, true));
        } catch (Entry.Poison noReport) {
            return Optional.empty();
        }
    }
}
