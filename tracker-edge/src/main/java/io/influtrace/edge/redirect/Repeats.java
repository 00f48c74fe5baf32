package io.influtrace.edge.redirect;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.click.ClickTokens.Genuine;
import java.util.List;
import java.util.Optional;

/** The rule of the repeat: the same link and creator within 60 s of one browser's earlier human click. */
final class Repeats {

    static final long WITHIN_MS = 60_000;

    private Repeats() {}

    /** The first click's token, if this click repeats it. Newest first, so an old memory costs one seal. */
    static Optional<String> first(BrowserMemory memory, ClickTokens tokens, int link, int creator, long now) {
        List<String> known = memory.tokens();
        for (int i = known.size() - 1; i >= 0; i--) {
            if (tokens.open(known.get(i)) instanceof Genuine genuine) {
                Click click = genuine.click();
                if (now - click.at() > WITHIN_MS) {
                    return Optional.empty();
                }
                if (click.link() == link
                        && click.creator() == creator
                        && click.clickClass() == ClickClass.HUMAN
                        && click.at() <= now) {
                    return Optional.of(known.get(i));
                }
            }
        }
        return Optional.empty();
    }
}
