package io.influtrace.worker.attribution;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes down every signal that a decision looked at: codes as listed, touches oldest first, then tokens not ours. */
final class Trace {

    private Trace() {}

    static List<TraceStep> of(Judgement judgement, Award award) {
        List<TraceStep> steps = new ArrayList<>();
        codes(judgement, steps);
        touches(judgement, award, steps);
        judgement
                .inputs()
                .refusedTokens()
                .forEach(why -> steps.add(new TraceStep(
                        Signal.LINK, "", Reason.TOKEN_INVALID.word(), "set_aside", "a token was not ours: " + why)));
        return steps;
    }

    private static void codes(Judgement judgement, List<TraceStep> steps) {
        OrderFacts order = judgement.inputs().order();
        boolean first = true;
        for (CouponFacts code : judgement.codes()) {
            String creator = code.mapping().map(CouponFacts.Mapping::creator).orElse("");
            steps.add(
                    first
                            ? step(
                                    Signal.COUPON,
                                    code.code(),
                                    "coupon",
                                    "credited",
                                    "code " + code.code() + " is " + creator + "'s")
                            : step(
                                    Signal.COUPON,
                                    code.code(),
                                    EventReason.SECOND_COUPON.word(),
                                    "set_aside",
                                    "code " + code.code() + " of " + creator + " stands behind another code"));
            first = false;
        }
        judgement
                .codeMisses()
                .forEach((code, reason) -> steps.add(step(
                        Signal.COUPON,
                        code.code(),
                        reason.word(),
                        "set_aside",
                        CouponRule.words(reason, code, order))));
    }

    private static void touches(Judgement judgement, Award award, List<TraceStep> steps) {
        OrderFacts order = judgement.inputs().order();
        Set<String> credited = award.credits().stream().map(Credit::eventId).collect(Collectors.toSet());
        String model = judgement.model().map(Model::word).orElse("");
        for (TouchFacts touch : judgement.browser().touches()) {
            String id = touch.id().text();
            Reason miss = judgement.touchMisses().get(touch);
            if (touch.at() > order.occurredAt()) {
                steps.add(step(Signal.LINK, id, "touch_after_order", "set_aside", "the click came after the order"));
            } else if (miss != null) {
                steps.add(step(Signal.LINK, id, miss.word(), "set_aside", words(miss, touch, order)));
            } else if (credited.contains(id)) {
                steps.add(step(Signal.LINK, id, model, "credited", inside(touch, order)));
            } else {
                String rule = award.signal() == Signal.COUPON ? EventReason.SUPERSEDED_BY_COUPON.word() : model;
                boolean another = award.credits().stream()
                        .noneMatch(credit -> touch.handle().equals(Optional.of(credit.creator())));
                steps.add(step(Signal.LINK, id, rule, another ? "assist" : "set_aside", inside(touch, order)));
            }
        }
        judgement
                .browser()
                .repeats()
                .forEach(repeat -> steps.add(step(
                        Signal.LINK,
                        repeat.id().text(),
                        "repeat",
                        "set_aside",
                        "repeats " + repeat.first().text() + " within 60 s")));
    }

    private static String words(Reason miss, TouchFacts touch, OrderFacts order) {
        return TouchRule.ALL.stream()
                .filter(rule -> rule.reason() == miss)
                .findFirst()
                .map(rule -> rule.words(touch, order))
                .orElse(miss.word());
    }

    private static String inside(TouchFacts touch, OrderFacts order) {
        return touch.handle().orElse("") + " clicked " + Spoken.span(order.occurredAt() - touch.at())
                + " before; window " + touch.id().windowDays() + " d";
    }

    private static TraceStep step(Signal signal, String subject, String rule, String outcome, String detail) {
        return new TraceStep(signal, subject, rule, outcome, detail);
    }
}
