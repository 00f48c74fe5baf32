package io.influtrace.worker.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.worker.ledger.PageStart.Listed;
import io.influtrace.worker.reading.Reading.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Page by page everything comes once, however much shares an instant. */
final class PageStartTest {

    @Test
    void whatSharesOneInstantIsNeitherSkippedNorShownTwice() {
        SplittableRandom random = new SplittableRandom(3);
        for (int run = 0; run < 200; run++) {
            List<Listed> all = new ArrayList<>();
            int size = random.nextInt(60);
            for (int i = 0; i < size; i++) {
                all.add(new Listed(100 + random.nextInt(4), random.nextInt(3), "o" + i));
            }
            int most = 1 + random.nextInt(7);
            List<Listed> seen = new ArrayList<>();
            String cursor = "";
            do {
                PageStart start = PageStart.of(new Span(0, 200, cursor, most), 0);
                PageStart.Part part = start.part(answered(all, start, most + 1), most);
                assertThat(part.listed()).hasSizeLessThanOrEqualTo(most);
                seen.addAll(part.listed());
                cursor = part.next();
            } while (!cursor.isEmpty());
            all.sort(Listed.ORDER);
            assertThat(seen).containsExactlyElementsOf(all);
        }
    }

    /** As sorted sets answer, each for itself: newest first, those of one instant by name from the last. */
    private static List<Listed> answered(List<Listed> all, PageStart start, int most) {
        List<Listed> answered = new ArrayList<>();
        for (int partition = 0; partition < 3; partition++) {
            int index = partition;
            all.stream()
                    .filter(listed -> listed.partition() == index && listed.at() <= start.at())
                    .sorted(Listed.ORDER)
                    .limit(start.limit(most).getCount())
                    .forEach(answered::add);
        }
        return answered;
    }
}
