package io.influtrace.worker.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.worker.attribution.EventReason;
import io.influtrace.worker.attribution.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the stories of this project tell between them. */
final class StoriesTest {

    private static final List<Story> STORIES = stories();

    private static List<Story> stories() {
        try {
            return Story.in(Path.of("src/test/resources/scenarios"));
        } catch (IOException unreadable) {
            throw new StoryError("unreadable: " + unreadable.getMessage());
        }
    }

    @Test
    void everyReasonCodeOfAnOrderHasAStory() {
        Set<String> untold = new TreeSet<>();
        Stream.of(Reason.values()).map(Reason::word).forEach(untold::add);
        // The outcome of a report, never of an order.
        untold.remove(Reason.ORDER_ALREADY_RECORDED.word());
        untold.removeAll(reasons("orders"));
        assertThat(untold).isEmpty();
    }

    @Test
    void everyReasonCodeOfAnEventHasAStory() {
        Set<String> untold = new TreeSet<>();
        Stream.of(EventReason.values()).map(EventReason::word).forEach(untold::add);
        untold.removeAll(reasons("events"));
        assertThat(untold).isEmpty();
    }

    @Test
    void noTwoStoriesHaveOneName() {
        assertThat(STORIES.stream().map(Story::name)).doesNotHaveDuplicates();
    }

    private static Set<String> reasons(String kind) {
        Set<String> reasons = new TreeSet<>();
        for (Story story : STORIES) {
            Node things = story.expect().map(kind);
            things.names().forEach(name -> things.map(name).text("reason").ifPresent(reasons::add));
        }
        return reasons;
    }
}
