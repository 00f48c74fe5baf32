package io.influtrace.worker.attribution;

import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one browser's tokens say once they lie side by side: each touch once, oldest first, repeats folded into the click
 * that they repeat.
 *
 * @param touches first clicks, oldest first
 * @param repeats human clicks that repeat an earlier one
 */
record Browser(List<TouchFacts> touches, List<Decision.Repeat> repeats) {

    /** A click repeats a browser's first one on the same link and creator up to and with this span after it. */
    static final long REPEAT_MILLIS = 60_000;

    Browser {
        touches = List.copyOf(touches);
        repeats = List.copyOf(repeats);
    }

    /** Prefetched clicks that a browser named after all, so that a person made them; never one that only repeats another. */
    List<ClickId> confirmed() {
        return touches.stream()
                .filter(touch -> touch.clickClass() == ClickClass.PREFETCH)
                .map(TouchFacts::id)
                .toList();
    }

    private record Target(String link, int creator, String handle) {}

    static Browser of(List<TouchFacts> tokens) {
        Map<ClickId, TouchFacts> distinct = new LinkedHashMap<>();
        tokens.forEach(touch -> distinct.putIfAbsent(touch.id(), touch));
        List<TouchFacts> firsts = new ArrayList<>();
        List<Decision.Repeat> repeats = new ArrayList<>();
        Map<Target, TouchFacts> firstOf = new HashMap<>();
        for (TouchFacts touch :
                distinct.values().stream().sorted(TouchFacts.BY_TIME).toList()) {
            if (!TouchRule.human(touch)) {
                firsts.add(touch);
                continue;
            }
            Target target =
                    new Target(touch.link(), touch.creator(), touch.handle().orElse(""));
            TouchFacts first = firstOf.get(target);
            if (first != null && touch.at() - first.at() <= REPEAT_MILLIS) {
                if (touch.clickClass() == ClickClass.HUMAN) {
                    repeats.add(new Decision.Repeat(touch.id(), first.id()));
                }
            } else {
                firstOf.put(target, touch);
                firsts.add(touch);
            }
        }
        return new Browser(firsts, repeats);
    }
}
