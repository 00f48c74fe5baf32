package io.influtrace.protocol.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the worker publishes is what the edges read. */
final class RecordsTest {

    private static final LinkRecord LINK = new LinkRecord(
            "spring",
            7,
            30,
            "https://shop.example/a?b=c\\n#d",
            Optional.of("ava"),
            Map.of("utm_source", "influ\ntrace", "utm_medium", "a=b\\"),
            PassQuery.OVERRIDE,
            OptionalLong.of(1),
            OptionalLong.of(2),
            Optional.of("https://shop.example/gone"),
            List.of("shop", "other"));

    @Test
    void aLinkSurvivesWhateverItsTextsHold() {
        assertThat(LinkRecord.read(LINK.write())).isEqualTo(LINK);
        LinkRecord bare = new LinkRecord(
                "s",
                1,
                1,
                "https://d.example/",
                Optional.empty(),
                Map.of(),
                PassQuery.NONE,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                List.of());
        assertThat(LinkRecord.read(bare.write())).isEqualTo(bare);
    }

    @Test
    void anIntegrationSurvivesAndNeverShowsItsSecret() {
        IntegrationRecord shop = new IntegrationRecord(
                "shop",
                "custom",
                Optional.of("https://shop.example"),
                "pending",
                "full",
                Optional.empty(),
                Optional.of("secret"));
        assertThat(IntegrationRecord.read(shop.write())).isEqualTo(shop);
        assertThat(shop.toString()).doesNotContain("secret");
        assertThat(shop.scope()).isEqualTo("shop");
        IntegrationRecord named = new IntegrationRecord(
                "api", "api", Optional.empty(), "connected", "full", Optional.of("store"), Optional.empty());
        assertThat(IntegrationRecord.read(named.write()).scope()).isEqualTo("store");
    }

    @Test
    void bothSecretsOfAChangeSurviveAndNeitherIsShown() {
        IntegrationRecord shop = new IntegrationRecord(
                "shop",
                "stripe",
                Optional.empty(),
                "connected",
                "full",
                Optional.empty(),
                Optional.of("new-secret=\\"),
                Optional.of("old-secret"));
        assertThat(IntegrationRecord.read(shop.write())).isEqualTo(shop);
        assertThat(shop.secrets()).containsExactly("new-secret=\\", "old-secret");
        assertThat(shop.toString()).doesNotContain("secret=", "old-secret");
    }

    @Test
    void aRecordWithoutAFieldIsRefusedByTheFieldsName() {
        assertThatThrownBy(() -> LinkRecord.read("slug=s\n")).hasMessageContaining("number");
        assertThatThrownBy(() -> LinkRecord.read("slug=s\nnumber=x\n")).hasMessageContaining("number");
        assertThatThrownBy(() -> IntegrationRecord.read("")).hasMessageContaining("id");
    }

    @Test
    void aChangeCarriesTheWholeRecordOrItsRemoval() {
        for (Change.Kind kind : Change.Kind.values()) {
            Change made = new Change(kind, "key", Optional.of(LINK.write()));
            assertThat(Change.read(made.fields())).isEqualTo(made);
            Change removed = new Change(kind, "key", Optional.empty());
            assertThat(Change.read(removed.fields())).isEqualTo(removed);
        }
        assertThatThrownBy(() -> Change.read(Map.of("kind", "dance", "key", "k")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Change.read(Map.of("kind", "link"))).isInstanceOf(IllegalArgumentException.class);
    }
}
