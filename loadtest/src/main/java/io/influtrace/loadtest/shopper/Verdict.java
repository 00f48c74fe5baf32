package io.influtrace.loadtest.shopper;

import io.influtrace.loadtest.world.World;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * What an answer to an order means to its page.
 *
 * @param code {@code accepted}, or why not
 * @param readable whether the page can read it and tell <em>final</em> from <em>try again</em>
 * @param last false where the same order may be sent again
 * @param hold what the edge says to wait before, zero where it leaves that to the pixel
 */
record Verdict(String code, boolean readable, boolean last, Duration hold) {

    static Verdict of(Answer answer) {
        if (answer.fine()) {
            return new Verdict("accepted", true, true, Duration.ZERO);
        }
        JsonObject problem = problem(answer);
        String code = problem.getString("code", "");
        boolean readable = answer.header("access-control-allow-origin").equals(World.ORIGIN)
                && !code.isEmpty()
                && problem.getValue("retry") instanceof Boolean;
        boolean last = answer.status() < 500 && readable && !problem.getBoolean("retry");
        String after = answer.header("retry-after");
        return new Verdict(
                code.isEmpty() ? "status_" + answer.status() : code,
                readable,
                last,
                Duration.ofSeconds(after.isEmpty() ? 0 : Long.parseLong(after)));
    }

    /** Notes it; how long to wait before the next try, empty where there is none. */
    Optional<Duration> note(Ledger ledger, Order order, String life, Answer answer) {
        if (answer.fine()) {
            ledger.accepted(order, life, answer.nanos());
            return Optional.empty();
        }
        if (!readable) {
            ledger.unreadable(answer.status() + " " + answer.headers() + " " + answer.body());
        }
        ledger.refused(order, life, code, last, answer.nanos());
        return last ? Optional.empty() : Optional.of(hold);
    }

    private static JsonObject problem(Answer answer) {
        try {
            return new JsonObject(answer.body());
        } catch (DecodeException notJson) {
            return new JsonObject();
        }
    }
}
