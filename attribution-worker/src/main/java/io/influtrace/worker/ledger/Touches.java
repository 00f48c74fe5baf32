package io.influtrace.worker.ledger;

import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.attribution.TouchChange;
import io.influtrace.worker.attribution.TouchFacts;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.redis.Script;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The port to the statuses beside the clicks' rows. Thread-safe; every effect is one script, and free to repeat. */
public final class Touches {

    /** How long after its window an event still waits for an order that was delayed on its way: 8 days. */
    public static final long GRACE = 8 * 86_400_000L;

    private static final Script WIN = guarded("win.lua");
    private static final Script RELEASE = Script.of(Touches.class, "release.lua");
    private static final Script LOSE = guarded("lose.lua");
    private static final Script NOTE = guarded("note.lua");
    private static final Script REPEAT = guarded("repeat.lua");
    private static final Script STATE = guarded("state.lua");
    private static final Script CONFIRM = Script.of(Touches.class, "confirm.lua");

    private final RedisConnection<String> redis;

    public Touches(RedisConnection<String> redis) {
        this.redis = redis;
    }

    /** What an order found when it claimed a touch. */
    public sealed interface Claim {}

    /** The touch is converted for the order. */
    public record Won() implements Claim {}

    /** The touch is in a final state that earns nothing. */
    public record Lost(TouchFacts.Refusal why) implements Claim {}

    /** The touch is but a repeat of another. */
    public record Stands(ClickId first, long firstAt) implements Claim {}

    /** Converts a touch for an order, as one version of its decision says. */
    public CompletionStage<Claim> win(TouchFacts touch, OrderIdentity order, long version, long now) {
        String[] arguments = {slot(touch), ends(touch), order.text(), Long.toString(version), Long.toString(now)};
        CompletionStage<String> reply = WIN.run(redis, ScriptOutputType.VALUE, keys(touch), arguments);
        return reply.thenApply(Touches::claim);
    }

    /** Takes back what versions up to this one of an order's undone decision converted. */
    public CompletionStage<Void> release(ClickId touch, OrderIdentity order, long version) {
        String[] arguments = {Integer.toString(touch.slot()), order.text(), Long.toString(version)};
        CompletionStage<String> reply =
                RELEASE.run(redis, ScriptOutputType.VALUE, List.of(Keys.statuses(touch)), arguments);
        return reply.thenAccept(done -> {});
    }

    /** Makes a pending touch the duplicate that a change says. */
    public CompletionStage<Void> lose(TouchFacts touch, TouchChange change, OrderIdentity order, long now) {
        String[] arguments = {slot(touch), ends(touch), TouchStatus.duplicate(change, now, order.text())};
        return done(LOSE.run(redis, ScriptOutputType.VALUE, keys(touch), arguments));
    }

    /** Notes what the sweep will say of a touch that nothing converts; of several meetings the latest has the word. */
    public CompletionStage<Void> note(TouchFacts touch, TouchChange change, long metAt) {
        String[] arguments = {slot(touch), ends(touch), TouchStatus.duplicate(change, metAt, ""), Long.toString(metAt)};
        return done(NOTE.run(redis, ScriptOutputType.VALUE, keys(touch), arguments));
    }

    /** Makes a click a repeat of another, in status and in the counters. */
    public CompletionStage<Void> repeat(TouchFacts touch, int link, TouchFacts first) {
        String[] arguments = {
            slot(touch), ends(touch), TouchStatus.repeat(first.id().text(), first.at()), link + "." + touch.creator()
        };
        List<String> keys = List.of(
                Keys.statuses(touch.id()),
                Keys.bucket(touch.id()),
                LedgerKeys.swept(touch.id().partition()),
                Keys.clickCounts(touch.id().partition(), touch.at()));
        return done(REPEAT.run(redis, ScriptOutputType.VALUE, keys, arguments));
    }

    /** Counts a prefetched click as a person's, once. */
    public CompletionStage<Void> confirm(TouchFacts touch, int link) {
        String[] arguments = {slot(touch), link + "." + touch.creator()};
        List<String> keys =
                List.of(Keys.statuses(touch.id()), Keys.clickCounts(touch.id().partition(), touch.at()));
        return done(CONFIRM.run(redis, ScriptOutputType.VALUE, keys, arguments));
    }

    /**
     * How a touch stands beside its row.
     *
     * @param status its final state as text, see {@link TouchStatus#read}; empty while pending
     * @param confirmed true for a prefetched click that turned out to be a person's
     * @param over true where window and grace had passed when it was last swept
     */
    public record State(Optional<String> status, boolean confirmed, boolean over) {}

    /** Reads how a touch stands. */
    public CompletionStage<State> state(TouchFacts touch) {
        CompletionStage<String> reply =
                STATE.run(redis, ScriptOutputType.VALUE, keys(touch), new String[] {slot(touch), ends(touch)});
        return reply.thenApply(text -> {
            String status = text.substring(2);
            return new State(
                    Optional.of(status).filter(found -> !found.isEmpty()),
                    text.charAt(0) == '1',
                    text.charAt(1) == '1');
        });
    }

    private static Claim claim(String answer) {
        return switch (answer) {
            case "WON" -> new Won();
            case "EXPIRED", "SUPERSEDED" -> new Lost(TouchFacts.Refusal.valueOf(answer));
            default -> {
                TouchStatus.Repeat repeat = (TouchStatus.Repeat) TouchStatus.read(answer);
                yield new Stands(ClickId.parse(repeat.first()).orElseThrow(), repeat.firstAt());
            }
        };
    }

    private static String slot(TouchFacts touch) {
        return Integer.toString(touch.id().slot());
    }

    private static String ends(TouchFacts touch) {
        return Long.toString(touch.at() + touch.window() + GRACE);
    }

    private static List<String> keys(TouchFacts touch) {
        return List.of(
                Keys.statuses(touch.id()),
                Keys.bucket(touch.id()),
                LedgerKeys.swept(touch.id().partition()));
    }

    private static CompletionStage<Void> done(CompletionStage<String> reply) {
        return reply.thenAccept(done -> {});
    }

    private static Script guarded(String resource) {
        return Script.of(Touches.class, "gone.lua", resource);
    }
}
