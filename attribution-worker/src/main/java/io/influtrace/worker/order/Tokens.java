package io.influtrace.worker.order;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickTokens;
import java.util.ArrayList;
import java.util.List;

/**
 * A report's click tokens, opened.
 *
 * @param clicks what the genuine ones prove
 * @param refused why each other one is none of ours
 */
public record Tokens(List<Click> clicks, List<String> refused) {

    /** A report without any. */
    public static final Tokens NONE = new Tokens(List.of(), List.of());

    public Tokens {
        clicks = List.copyOf(clicks);
        refused = List.copyOf(refused);
    }

    /** Opens them under the deployment's keys. */
    public static Tokens open(List<String> texts, ClickTokens keys) {
        List<Click> clicks = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (String text : texts) {
            ClickTokens.Opened opened = keys.open(text);
            if (opened instanceof ClickTokens.Genuine genuine) {
                clicks.add(genuine.click());
            } else if (opened instanceof ClickTokens.Refused no) {
                refused.add(no.why());
            }
        }
        return new Tokens(clicks, refused);
    }
}
