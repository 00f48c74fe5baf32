package io.influtrace.worker.ledger;

import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.worker.attribution.Decision;
import io.influtrace.worker.attribution.Inputs;
import java.util.Optional;

/**
 * An order as its bytes lie in Redis, with its places, all read at one instant; for those who check the books.
 *
 * @param record empty where the bytes are no record
 * @param settling true where its losers are not known to be written
 * @param indexed the time by which the index has it, if that is the record's
 * @param held the end of its next hold, if a mark covers that
 */
public record StoredOrder(
        OrderIdentity identity,
        String text,
        Optional<OrderRecord> record,
        boolean settling,
        Optional<Long> indexed,
        Optional<Long> held) {

    static StoredOrder of(OrderIdentity identity, String text, String todo, String indexed, String held) {
        return new StoredOrder(identity, text, record(text, identity), !todo.isEmpty(), score(indexed), score(held));
    }

    /** An order that was not looked at yet: its text is no record's. */
    static StoredOrder unseen(OrderIdentity identity) {
        return new StoredOrder(identity, "unseen", Optional.empty(), false, Optional.empty(), Optional.empty());
    }

    /** A record from its bytes; empty where they are none. */
    static Optional<OrderRecord> record(String text, OrderIdentity identity) {
        try {
            return Optional.of(RecordJson.read(text, identity));
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Long> score(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of((long) Double.parseDouble(text));
    }

    /** True where the record is settled and nothing of its settlement is still to be written. */
    public boolean still() {
        return !settling
                && record.filter(found -> found.state() == OrderRecord.State.DONE)
                        .isPresent();
    }

    /** The bytes that this record is written as; other bytes are not ours. */
    public String canonical() {
        return record.map(found -> RecordJson.write(found, identity)).orElse("");
    }

    /** When its next credit is approved, milliseconds, by its own decision. */
    public Optional<Long> holdsUntil() {
        return record.flatMap(Change::nextHold);
    }

    /** A decision's bytes as they are stored beside its inputs. */
    public static String text(Decision decision, Inputs inputs) {
        return DecisionJson.write(decision, inputs).toString();
    }
}
