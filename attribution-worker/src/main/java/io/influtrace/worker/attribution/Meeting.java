package io.influtrace.worker.attribution;

import io.influtrace.protocol.click.ClickId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Touches that one browser named together: which of them gave way to which. */
public final class Meeting {

    private Meeting() {}

    /**
     * What to note beside the rows.
     *
     * @param confirmed prefetched clicks that a person made after all
     */
    public record Notes(List<TouchChange> superseded, List<Decision.Repeat> repeats, List<ClickId> confirmed) {
        public Notes {
            superseded = List.copyOf(superseded);
            repeats = List.copyOf(repeats);
            confirmed = List.copyOf(confirmed);
        }
    }

    /**
     * The changes and repeats of clicks that met in a ping or in an order that nobody earned. Nothing of it is final: a
     * later order may still convert any of them.
     *
     * @param policies by campaign, one for each campaign of a touch
     */
    public static Notes of(List<TouchFacts> touches, Map<String, PolicyFacts> policies) {
        Browser browser = Browser.of(touches);
        List<TouchFacts> known = known(browser.touches());
        if (known.isEmpty()) {
            return new Notes(List.of(), browser.repeats(), browser.confirmed());
        }
        PolicyFacts policy = policies.get(known.get(known.size() - 1).campaign());
        if (policy == null) {
            throw new IllegalArgumentException("a meeting without the policy of its latest touch");
        }
        return new Notes(superseded(policy.model(), known), browser.repeats(), browser.confirmed());
    }

    /** A person's touches of registered creators, in their order. */
    static List<TouchFacts> known(List<TouchFacts> touches) {
        return touches.stream()
                .filter(touch -> TouchRule.human(touch) && touch.handle().isPresent())
                .toList();
    }

    /** Who gave way, under one model, among known touches, oldest first. */
    static List<TouchChange> superseded(Model model, List<TouchFacts> known) {
        List<TouchFacts> competing =
                known.stream().filter(touch -> !touch.own()).toList();
        return switch (model) {
            case LAST_CLICK -> byNewer(competing);
            case FIRST_CLICK -> byFirst(competing);
            case LINEAR, TIME_DECAY, POSITION_BASED -> List.of();
        };
    }

    /** A touch that was still in its window gives way to the next newer one that competes with it. */
    private static List<TouchChange> byNewer(List<TouchFacts> touches) {
        List<TouchChange> changes = new ArrayList<>();
        for (int i = 0; i < touches.size(); i++) {
            TouchFacts older = touches.get(i);
            touches.subList(i + 1, touches.size()).stream()
                    .filter(newer -> older.meets(newer) && newer.at() - older.at() <= older.window())
                    .findFirst()
                    .ifPresent(newer -> changes.add(change(older, EventReason.SUPERSEDED_BY_NEWER_REFERRAL, newer)));
        }
        return changes;
    }

    /** A touch gives way to the earliest one that competes with it and still held when it came. */
    private static List<TouchChange> byFirst(List<TouchFacts> touches) {
        List<TouchChange> changes = new ArrayList<>();
        List<TouchFacts> holding = new ArrayList<>();
        for (TouchFacts touch : touches) {
            holding.stream()
                    .filter(first -> first.meets(touch) && touch.at() - first.at() <= first.window())
                    .findFirst()
                    .ifPresentOrElse(
                            first -> changes.add(change(touch, EventReason.SUPERSEDED_BY_FIRST_CLICK, first)),
                            () -> holding.add(touch));
        }
        return changes;
    }

    private static TouchChange change(TouchFacts touch, EventReason reason, TouchFacts by) {
        TouchChange.Other other =
                new TouchChange.Other(by.id().text(), by.handle().orElse(""), by.at());
        return new TouchChange(touch.id(), reason, Optional.of(other));
    }
}
