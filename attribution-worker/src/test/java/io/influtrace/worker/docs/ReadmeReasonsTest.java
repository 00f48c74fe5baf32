package io.influtrace.worker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.worker.attribution.EventReason;
import io.influtrace.worker.attribution.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every reason code is a row of the README, in the order of the code, and no row is about a code that is gone. */
final class ReadmeReasonsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");

    @Test
    void everyReasonOfAnOrderIsDocumentedInItsRank() throws IOException {
        assertThat(rows("### Verdicts and reasons of an order"))
                .containsExactlyElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::word).toList());
    }

    @Test
    void everyReasonOfAnEventIsDocumented() throws IOException {
        assertThat(rows("### Statuses of an event"))
                .containsExactlyElementsOf(Arrays.stream(EventReason.values())
                        .map(EventReason::word)
                        .toList());
    }

    private static List<String> rows(String heading) throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        int from = readme.indexOf(heading);
        assertThat(from).as(heading).isPositive();
        int next = readme.indexOf("\n#", from + heading.length());
        String section = next < 0 ? readme.substring(from) : readme.substring(from, next);
        return ROW.matcher(section)
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
    }
}
