package io.influtrace.protocol.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.redis.Deployment.Wanted;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What the processes of a deployment must agree on, and what they refuse. */
final class DeploymentTest {

    private static final RandomGenerator RANDOM = RandomGenerator.of("L64X128MixRandom");
    private static final Wanted NOTHING = new Wanted(Optional.empty(), Optional.empty(), Optional.empty());

    @Test
    void whatTheFirstProcessOffersTheSecondUnderstands() {
        Map<String, String> offered = NOTHING.offer(RANDOM);
        Deployment deployment = NOTHING.with(offered);
        assertThat(deployment.partitions().count()).isEqualTo(Partitions.DEFAULT_COUNT);
        assertThat(deployment.customerKeyBytes()).hasSize(32);
        assertThat(deployment.tokenKeys().text()).isEqualTo(offered.get(MetaFields.TOKEN_KEYS));
        assertThat(deployment.toString()).doesNotContain(deployment.customerKey());
    }

    @Test
    void keysOfTheSettingsAreNeverWrittenToRedis() {
        TokenKeys keys = TokenKeys.generate("mine", RANDOM);
        Wanted mine = new Wanted(Optional.of(new Partitions(4)), Optional.of(keys), Optional.of("c".repeat(43)));
        assertThat(mine.offer(RANDOM)).containsOnly(Map.entry("layout", "1"), Map.entry("partitions", "4"));
        assertThat(mine.with(mine.offer(RANDOM)).tokenKeys()).isSameAs(keys);
        assertThatThrownBy(() -> NOTHING.with(mine.offer(RANDOM))).hasMessageContaining("set TOKEN_KEYS");
    }

    @Test
    void anotherCountOrLayoutIsRefusedWithTheSentenceThatMendsIt() {
        Map<String, String> fields = new HashMap<>(NOTHING.offer(RANDOM));
        Wanted eight = new Wanted(Optional.of(new Partitions(8)), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> eight.with(fields))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("PARTITIONS is 8, but this deployment was started with 16;"
                        + " set PARTITIONS=16 or leave it unset.");
        fields.put(MetaFields.PARTITIONS, "many");
        assertThatThrownBy(() -> NOTHING.with(fields))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'many'");
        fields.put(MetaFields.LAYOUT, "2");
        assertThatThrownBy(() -> NOTHING.with(fields))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("layout '2'");
    }
}
