package io.influtrace.worker.intake;

import io.influtrace.worker.redis.Answers;
import io.lettuce.core.models.stream.PendingMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private Map<String, Optional<Arrival>> known = new HashMap<>();
    private long listedUntil = Line.ALL_READ;

    Elsewhere(ReportStream stream, Arrivals arrivals) {
        this.stream = stream;
        this.arrivals = arrivals;
    }

    /** Asks which entries are handed out. */
    CompletionStage<List<PendingMessage>> ask() {
        return stream.pending(0, MAX_LISTED);
    }

    /** Takes in the answer and reads what is not known yet. Blocks. */
    void look(List<PendingMessage> listed, Line line) {
        Map<String, Optional<Arrival>> still = new HashMap<>();
        Map<String, CompletionStage<Optional<Entry>>> unknown = new HashMap<>();
        for (PendingMessage each : listed) {
            if (!line.holds(stream.partition(), each.getId())) {
                Optional<Arrival> seen = known.get(each.getId());
                if (seen == null) {
                    unknown.put(each.getId(), stream.find(each.getId()));
                } else {
                    still.put(each.getId(), seen);
                }
            }
        }
        unknown.forEach((id, entry) -> still.put(id, Answers.of(entry).flatMap(this::arrival)));
        known = still;
        listedUntil = listed.size() < MAX_LISTED
                ? Line.ALL_READ
                : unsettled().stream().mapToLong(Arrival::receivedAt).max().orElse(Line.NOTHING_KNOWN);
    }

    /** What is unsettled in other hands. */
    List<Arrival> unsettled() {
        List<Arrival> unsettled = new ArrayList<>();
        known.values().forEach(each -> each.ifPresent(unsettled::add));
        return unsettled;
    }

    /** The earliest receipt that an entry may have which was handed out and is not listed here. */
    long unlisted() {
        return listedUntil;
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
