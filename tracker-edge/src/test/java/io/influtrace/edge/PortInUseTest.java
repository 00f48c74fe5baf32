package io.influtrace.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An edge whose port is taken ends with a sentence and exit code 2. Once the native transport made it a stack trace. */
final class PortInUseTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    @ParameterizedTest
    @ValueSource(strings = {"EDGE_PORT", "EDGE_OPS_PORT"})
    void portInUseEndsTheProcessWithTheSentenceThatMendsIt(String variable) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"));
                ChildEdge edge = ChildEdge.start(
                        Map.of("REDIS_URL", REDIS.url(), variable, Integer.toString(taken.getLocalPort())))) {
            assertThat(edge.exitCode()).isEqualTo(2);
            assertThat(edge.log())
                    .contains(variable + " " + taken.getLocalPort() + " cannot be opened")
                    .contains("choose another port with " + variable + "=PORT")
                    .doesNotContain("Exception");
        }
    }
}
