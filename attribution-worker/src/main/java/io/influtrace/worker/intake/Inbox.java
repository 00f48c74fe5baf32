package io.influtrace.worker.intake;

import io.influtrace.worker.redis.Answers;
import io.influtrace.worker.redis.RedisAway;
import io.lettuce.core.models.stream.PendingMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One partition's reports on their way into the {@link Line}. Belongs to one thread, which may block. */
final class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    /** Abandoned entries looked at in one go. */
    private static final int BATCH = 256;

    private final ReportStream stream;
    private final Arrivals reader;
    private final Elsewhere elsewhere;
    private final int share;
    private final int maxTries;
    private final Set<String> failed = new HashSet<>();
    private final LongAdder groupsMade = new LongAdder();
    private final Silence silence;
    private CompletionStage<List<Entry>> reading = CompletableFuture.completedStage(List.of());
    private CompletionStage<List<PendingMessage>> looking = CompletableFuture.completedStage(List.of());
    private int asked;
    private long readUntil = Line.NOTHING_KNOWN;
    private long unread = Line.NOTHING_KNOWN;

    /**
     * The inbox of a stream.
     *
     * @param others what is in other hands, in all partitions
     * @param share reports of this partition that may be in hand at once
     * @param tries after so many an entry is buried
     */
    Inbox(ReportStream stream, Arrivals reader, Claims others, int share, int tries) {
        this.stream = stream;
        this.silence = new Silence(stream.partition());
        this.reader = reader;
        this.elsewhere = new Elsewhere(stream, reader, others);
        this.share = share;
        this.maxTries = tries;
    }

    ReportStream stream() {
        return stream;
    }

    /** Asks for what nobody has had yet, where there is room for it. */
    void ask(Line line) {
        int room = share - line.held(stream.partition());
        asked = 2 * room >= share && silence.mayAsk() ? room : 0;
        if (asked > 0) {
            reading = stream.next(asked);
        }
    }

    /** Takes the answer into hand; how many entries came. */
    int take(Line line) {
        if (asked == 0) {
            unread = silence.lasts() ? silence.unread() : readUntil;
            return 0;
        }
        try {
            List<Entry> came = Answers.of(reading);
            for (Arrival arrival : arrivals(came, false)) {
                readUntil = Math.max(readUntil, arrival.receivedAt());
                line.add(arrival);
            }
            silence.end();
            unread = came.size() < asked ? Line.ALL_READ : readUntil;
            return came.size();
        } catch (RedisAway away) {
            missed(away);
            unread = silence.unread();
            return 0;
        }
    }

    /** Asks what is in other hands. */
    void askElsewhere() {
        looking = silence.lasts() ? CompletableFuture.completedStage(List.of()) : elsewhere.ask();
    }

    /** Takes that answer, and asks for what is in it that was not seen before. */
    void listElsewhere(Line line) {
        hear(() -> elsewhere.list(Answers.of(looking), line));
    }

    /** Takes that answer too; what is unsettled in other hands is known then. */
    void lookElsewhere() {
        hear(elsewhere::read);
        unread = Math.min(unread, elsewhere.unlisted());
    }

    private void hear(Runnable answer) {
        if (!silence.lasts()) {
            try {
                answer.run();
            } catch (RedisAway away) {
                missed(away);
                unread = silence.unread();
            }
        }
    }

    /** The earliest receipt that an entry of this partition may have which is not known here. */
    long unread() {
        return unread;
    }

    /** Says that settling an entry failed for a reason that is not Redis's, so that it has to wait until it is abandoned. */
    void failed(String id) {
        failed.add(id);
    }

    /**
     * Takes into hand what this worker was given and does not have: the answer that gave it was lost with a connection, or
     * Redis went away while it was being settled. It is no further try. Blocks.
     */
    List<Arrival> own(Line line) {
        if (silence.lasts()) {
            return List.of();
        }
        List<String> lost = new ArrayList<>();
        for (PendingMessage message : Answers.of(stream.own(share))) {
            if (!line.holds(stream.partition(), message.getId()) && !failed.contains(message.getId())) {
                lost.add(message.getId());
            }
        }
        return arrivals(entries(lost), false);
    }

    /** How often the group was gone and made again. */
    long groupsMade() {
        return groupsMade.sum();
    }

    /** Takes over what was abandoned for {@code idle} milliseconds; what was tried often enough is buried. Blocks. */
    List<Arrival> abandoned(long idle, Line line) {
        Map<String, Long> tries = new LinkedHashMap<>();
        for (PendingMessage message : Answers.of(stream.pending(idle, BATCH))) {
            if (!line.holds(stream.partition(), message.getId())) {
                tries.put(message.getId(), message.getRedeliveryCount());
            }
        }
        if (tries.isEmpty()) {
            return List.of();
        }
        failed.removeAll(tries.keySet());
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : entries(Answers.of(stream.claim(List.copyOf(tries.keySet()), idle)))) {
            if (tries.getOrDefault(entry.id(), 0L) < maxTries) {
                entries.add(entry);
            } else {
                bury(entry.id(), reason(entry));
            }
        }
        return arrivals(entries, true);
    }

    private List<Entry> entries(List<String> ids) {
        List<CompletionStage<Optional<Entry>>> found =
                ids.stream().map(stream::find).toList();
        return found.stream().flatMap(entry -> Answers.of(entry).stream()).toList();
    }

    /** Sets an entry apart that no try will settle. Blocks. */
    void bury(String id, String reason) {
        if (Answers.of(stream.bury(id, reason))) {
            LOG.warn("entry=buried partition={} id={} reason={}", stream.partition(), id, reason);
        }
    }

    /** The reports among entries; any other is tried, which is to say looked at, until it is buried. */
    private List<Arrival> arrivals(List<Entry> entries, boolean again) {
        List<Arrival> arrivals = new ArrayList<>();
        for (Entry entry : entries) {
            try {
                arrivals.add(reader.of(stream.partition(), entry, again));
            } catch (Entry.Poison poison) {
                LOG.warn(
                        "entry=unreadable partition={} id={} reason={}", stream.partition(), entry.id(), poison.reason);
                if (again) {
                    Answers.of(stream.tryAgain(entry.id()));
                }
            }
        }
        return arrivals;
    }

    /** Why a dead letter is one: what makes it unreadable, else that settling it failed. */
    private static String reason(Entry entry) {
        try {
            entry.report();
            return "settlement_failed";
        } catch (Entry.Poison poison) {
            return poison.reason;
        }
    }

    private void missed(RedisAway away) {
        silence.begin(away);
        if (ReportStream.groupIsGone(away)) {
            makeGroup();
        }
    }

    /** A Redis that was emptied, or put back to before its first worker: what comes now is read from the beginning. */
    private void makeGroup() {
        try {
            if (stream.join()) {
                groupsMade.increment();
                LOG.error(
                        "group=lost partition={} reason=\"Redis was emptied or restored without it; made again\"",
                        stream.partition());
            }
        } catch (RedisAway away) {
            LOG.warn("group=unmade partition={} reason=\"{}\"", stream.partition(), away.getMessage());
        }
    }
}
