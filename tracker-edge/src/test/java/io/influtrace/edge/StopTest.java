package io.influtrace.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Once the end of a stop was told to an event loop that the stop had ended, and every process waited out its patience. */
final class StopTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    @Test
    void edgeWithAShutdownLeadSaysWhenItHasStoppedAndLeavesItsFolderToTheNext() throws Exception {
        Path data = Files.createTempDirectory("edge-data");
        for (int life = 0; life < 2; life++) {
            RunningEdge edge = RunningEdge.start(REDIS, data, Map.of("SHUTDOWN_LEAD", "PT0.05S"));
            assertThat(edge.click("/p/nothing").statusCode()).isEqualTo(404);
            assertThatCode(edge::close).doesNotThrowAnyException();
        }
    }
}
