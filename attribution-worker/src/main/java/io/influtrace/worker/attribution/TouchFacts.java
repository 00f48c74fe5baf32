package io.influtrace.worker.attribution;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickId;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One genuine click token of the order, with what was configured for it at the order's time.
 *
 * @param at milliseconds since the epoch
 * @param link the link's slug
 * @param campaign the campaign of the click, by the token's link number
 * @param creator the number that the token carries
 * @param handle the creator's handle; empty for {@link Click#DIRECT} and {@link Click#UNKNOWN_CREATOR}
 * @param integrations what the link was enabled for at the order's time, sorted
 * @param own true where the creator is the buyer
 * @param refusal why the touch can take no credit, found out when its status was to be set; empty at first
 */
public record TouchFacts(
        ClickId id,
        ClickClass clickClass,
        long at,
        String link,
        String campaign,
        int creator,
        Optional<String> handle,
        Set<String> integrations,
        boolean own,
        Optional<Refusal> refusal) {

    /** By time; of equal instants the higher id is the later. */
    public static final Comparator<TouchFacts> BY_TIME =
            Comparator.comparingLong(TouchFacts::at).thenComparing(TouchFacts::id);

    /** The final state that a touch was found in when it should have been credited. */
    public enum Refusal {
        EXPIRED,
        SUPERSEDED
    }

    public TouchFacts {
        integrations = Collections.unmodifiableSet(new TreeSet<>(integrations));
    }

    /** The window's length in milliseconds. */
    public long window() {
        return id.windowDays() * 86_400_000L;
    }

    /** True where both links were enabled for some one store, so that the two compete. */
    public boolean meets(TouchFacts other) {
        return integrations.stream().anyMatch(other.integrations::contains);
    }

    /** The same touch as it was before its status was looked at. */
    public TouchFacts withoutRefusal() {
        return new TouchFacts(id, clickClass, at, link, campaign, creator, handle, integrations, own, Optional.empty());
    }

    /** The same touch, refused. */
    public TouchFacts refused(Refusal why) {
        return new TouchFacts(id, clickClass, at, link, campaign, creator, handle, integrations, own, Optional.of(why));
    }
}
