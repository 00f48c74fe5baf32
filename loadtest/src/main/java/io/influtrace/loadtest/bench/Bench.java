package io.influtrace.loadtest.bench;

import io.influtrace.loadtest.process.LoadtestFailure;
import java.io.IOException;
import java.util.List;

/** One thing that is measured, on servers that the bed starts and ends for it alone. */
interface Bench {

    List<Row> measure(Bed bed, Pace pace, Figures figures) throws IOException, LoadtestFailure;
}
