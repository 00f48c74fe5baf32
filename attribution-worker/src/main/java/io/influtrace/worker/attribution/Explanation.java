package io.influtrace.worker.attribution;

import io.influtrace.protocol.money.Money;
import java.util.Currency;
import java.util.stream.Collectors;

/** A decision in one sentence for the merchant: who, why, how much; or what came nearest. */
public final class Explanation {

    private Explanation() {}

    /** The sentence; amounts are those before any refund. */
    public static String of(Inputs inputs, Decision decision) {
        return switch (decision.verdict()) {
            case CREDITED -> credited(inputs, decision);
            case UNATTRIBUTED -> "Credited to nobody (" + decision.reason().word() + "): " + miss(decision) + ".";
            case IGNORED ->
                "Ignored (" + decision.reason().word() + "): the store "
                        + inputs.order().integration() + " was "
                        + (decision.reason() == Reason.INTEGRATION_PENDING ? "not verified yet" : "disconnected")
                        + " when the order came in.";
            case DUPLICATE ->
                "A further report of an order already recorded ("
                        + decision.reason().word() + ").";
        };
    }

    private static String credited(Inputs inputs, Decision decision) {
        String because = decision.trace().stream()
                .filter(step -> step.outcome().equals("credited") && step.signal() == decision.signal())
                .map(TraceStep::detail)
                .collect(Collectors.joining("; "));
        String shares = decision.credits().stream()
                .map(credit -> credit.creator() + " gets "
                        + amount(credit.value(), inputs.order().currency())
                        + " of credit and " + amount(credit.commission(), credit.commissionCurrency())
                        + " commission")
                .collect(Collectors.joining(", "));
        String assists =
                decision.assists().isEmpty() ? "" : " Assisted by " + String.join(", ", decision.assists()) + ".";
        return "Credited by " + decision.signal().word() + ": " + because + "; " + shares + "." + assists;
    }

    private static String miss(Decision decision) {
        return decision.trace().stream()
                .filter(step -> step.rule().equals(decision.reason().word()))
                .reduce((earlier, later) -> later)
                .map(TraceStep::detail)
                .orElse("the order carried no mapped code and no click that counts");
    }

    private static String amount(long minor, String code) {
        return Money.decimal(minor, Currency.getInstance(code)) + " " + code;
    }
}
