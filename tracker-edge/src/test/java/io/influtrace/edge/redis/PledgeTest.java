package io.influtrace.edge.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.redis.Durability;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of levels: what is wanted and what Redis gives decide what each write waits for. */
final class PledgeTest {

    @ParameterizedTest
    @CsvSource({
        "'',      memory,  false, memory,  NONE",
        "'',      os,      true,  os,      NONE",
        "'',      fsync,   false, fsync,   NONE",
        "os,      os,      false, os,      NONE",
        "os,      fsync,   false, fsync,   NONE",
        "os,      memory,  true,  memory,  IMPOSSIBLE",
        "os,      unknown, true,  unknown, IMPOSSIBLE",
        "fsync,   fsync,   false, fsync,   NONE",
        "fsync,   os,      false, os,      IMPOSSIBLE",
        "fsync,   os,      true,  fsync,   DISK",
        "fsync,   memory,  true,  memory,  IMPOSSIBLE",
        "replica, fsync,   false, replica, REPLICA",
        "replica, fsync,   true,  replica, DISK_AND_REPLICA",
        "replica, os,      true,  replica, DISK_AND_REPLICA",
        "replica, os,      false, os,      IMPOSSIBLE",
        "replica, memory,  true,  memory,  IMPOSSIBLE",
    })
    void whatIsWantedAndWhatRedisGivesMakeThePledge(
            String wanted, String level, boolean waitAof, String promised, Acknowledgement by) {
        Pledge pledge = Pledge.of(wanted, new Durability(level, ""), waitAof);

        assertThat(pledge.level()).isEqualTo(promised);
        assertThat(pledge.by()).isEqualTo(by);
        assertThat(pledge.binding()).isEqualTo(by == Acknowledgement.IMPOSSIBLE);
        assertThat(pledge.complaint().isEmpty()).isEqualTo(by != Acknowledgement.IMPOSSIBLE);
    }
}
