package io.influtrace.loadtest.drill;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.world.Plan;
import java.util.Set;

/** Something that goes wrong while shoppers buy, and what must hold beside G1 to G6. */
interface Drill {

    /** By which it is called, such as {@code edge-killed}. */
    String name();

    /** What happens, in one sentence. */
    String does();

    /** The world in which it happens. */
    Plan plan();

    /** Alerts whose condition must come true in it. */
    Set<String> alerts();

    /** Alerts whose condition may come true as well, since it hangs on the moment. */
    default Set<String> possibleAlerts() {
        return Set.of();
    }

    /** Lets it happen. Shoppers who are still there afterwards are awaited, and the books are read. */
    void run(Stage stage) throws LoadtestFailure;
}
