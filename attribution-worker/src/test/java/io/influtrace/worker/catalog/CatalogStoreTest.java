package io.influtrace.worker.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.influtrace.protocol.config.Change;
import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.config.LinkRecord;
import io.influtrace.protocol.config.PassQuery;
import io.influtrace.protocol.order.CouponCode;
import io.influtrace.protocol.redis.Keys;
import io.influtrace.worker.attribution.Commission;
import io.influtrace.worker.attribution.Model;
import io.influtrace.worker.redis.Redis;
import io.influtrace.worker.redis.RedisAway;
import io.influtrace.worker.redis.RedisConnection;
import io.influtrace.worker.testing.Await;
import io.influtrace.worker.testing.RedisServer;
import io.lettuce.core.Range;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is configured is kept, with its past, and everyone hears of it. */
@Timeout(60)
final class CatalogStoreTest {

    @RegisterExtension
    static final RedisServer SERVER = RedisServer.with();

    private static final long NOW = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);

    private Redis redis;
    private RedisConnection<String> look;
    private CatalogStore store;

    @BeforeEach
    void open() {
        redis = Redis.of(SERVER.address());
        look = redis.connect();
        store = CatalogStore.open(redis, CLOCK);
    }

    @AfterEach
    void close() {
        store.close();
        redis.close();
    }

    private static Creator creator(String handle) {
        return new Creator(handle, 0, handle, Optional.empty(), false);
    }

    private static Campaign campaign(String id, int windowDays, Map<String, String> utm) {
        return new Campaign(
                id,
                id,
                Model.LAST_CLICK,
                windowDays,
                30,
                Commission.percent("10"),
                Map.of("ava", new Commission.Fixed(500, "USD")),
                utm,
                false);
    }

    private static Link link(String slug, String campaign, boolean retired) {
        return new Link(
                slug,
                0,
                campaign,
                "https://shop.example/a",
                List.of("shop"),
                Optional.of("ava"),
                Map.of("utm_source", "link"),
                PassQuery.FILL,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                retired);
    }

    private static Coupon coupon(String code) {
        return new Coupon(
                code,
                new CouponCode(code),
                "ava",
                "spring",
                List.of("shop"),
                OptionalLong.of(1),
                OptionalLong.empty(),
                OptionalLong.of(7),
                true,
                Optional.of(new Coupon.Minimum(1000, "USD")),
                false);
    }

    private static Integration integration(String status) {
        return new Integration(
                "shop",
                "custom",
                "Shop",
                Optional.of("https://shop.example"),
                Optional.empty(),
                "full",
                status,
                Optional.empty());
    }

    private String edgeLink(String slug) {
        return look.async().hget(Keys.EDGE_LINKS, slug).toCompletableFuture().join();
    }

    @Test
    void whatWasWrittenIsThereAfterARestartVersionByVersion() {
        store.editFrom(1_000, draft -> draft.put(campaign("main", 30, Map.of())));
        store.editFrom(2_000, draft -> draft.put(campaign("main", 7, Map.of("utm_medium", "creator"))));
        store.editFrom(2_000, draft -> draft.put(link("spring", "main", false)));
        store.editFrom(2_000, draft -> draft.put(coupon("AVA10")));
        store.editFrom(2_000, draft -> draft.put(integration("connected")));
        Creator ava = store.editFrom(2_000, draft -> draft.put(creator("ava")));
        store.close();

        store = CatalogStore.open(redis, CLOCK);

        Catalog catalog = store.catalog();
        Timeline<Campaign> main = catalog.campaign("main").orElseThrow();
        assertThat(main.at(1_999).orElseThrow().value()).isEqualTo(campaign("main", 30, Map.of()));
        assertThat(main.at(2_000).orElseThrow().value())
                .isEqualTo(campaign("main", 7, Map.of("utm_medium", "creator")));
        assertThat(main.at(999)).isEmpty();
        assertThat(catalog.coupons(new CouponCode("AVA10")).get(0).now()).isEqualTo(coupon("AVA10"));
        assertThat(catalog.integration("shop").orElseThrow().now()).isEqualTo(integration("connected"));
        assertThat(catalog.creator(ava.number()).orElseThrow().now()).isEqualTo(ava);
        assertThat(catalog.windows()).containsExactly(7, 30);
        assertThat(catalog.version()).isEqualTo(6);
    }

    @Test
    void anEditWithoutAnInstantBeginsNow() {
        store.edit(draft -> draft.put(creator("ava"))).join();
        assertThat(store.find(Kind.CREATORS, "ava").orElseThrow().latest().from())
                .isEqualTo(NOW);
    }

    @Test
    void creatorNumbersBeginAfterTheReservedOnesAndStay() {
        Creator ava = store.editFrom(0, draft -> draft.put(creator("ava")));
        Creator ben = store.editFrom(0, draft -> draft.put(creator("ben")));
        Creator renamed =
                store.editFrom(0, draft -> draft.put(new Creator("ava", 99, "Ava Other", Optional.empty(), false)));
        assertThat(List.of(ava.number(), ben.number(), renamed.number())).containsExactly(2, 3, 2);
    }

    /** Else a creator made after a restore would earn by the tokens of one who was made after the backup. */
    @Test
    void afterARestoreNumbersBeginBehindAGap() {
        store.edit(draft -> draft.put(creator("before"))).join();
        look.async().incr(Keys.RESTORED).toCompletableFuture().join();
        try (CatalogStore restored = CatalogStore.open(redis, CLOCK)) {
            Creator after = restored.edit(draft -> draft.put(creator("after"))).join();
            assertThat(after.number()).isEqualTo(1_000_000);
        } finally {
            look.async().del(Keys.RESTORED).toCompletableFuture().join();
        }
    }

    @Test
    void aLinkKeepsItsNumberUntilItsCampaignChanges() {
        store.editFrom(0, draft -> draft.put(campaign("main", 30, Map.of())));
        store.editFrom(0, draft -> draft.put(campaign("late", 7, Map.of())));
        Link first = store.editFrom(0, draft -> draft.put(link("spring", "main", false)));
        Link same = store.editFrom(1, draft -> draft.put(link("spring", "main", true)));
        Link moved = store.editFrom(2, draft -> draft.put(link("spring", "late", false)));
        assertThat(same.number()).isEqualTo(first.number());
        assertThat(moved.number()).isNotEqualTo(first.number());
        Catalog catalog = store.catalog();
        assertThat(catalog.link(first.number())).isEqualTo(catalog.link("spring"));
        assertThat(catalog.link(moved.number())).isEqualTo(catalog.link("spring"));
    }

    @Test
    void aCampaignsWindowAndParametersReachItsLinksAtTheEdge() {
        store.editFrom(0, draft -> draft.put(campaign("main", 30, Map.of("utm_source", "a", "utm_medium", "creator"))));
        store.editFrom(0, draft -> draft.put(link("spring", "main", false)));
        assertThat(LinkRecord.read(edgeLink("spring")).windowDays()).isEqualTo(30);

        store.editFrom(0, draft -> draft.put(campaign("main", 7, Map.of("utm_source", "b"))));

        LinkRecord record = LinkRecord.read(edgeLink("spring"));
        assertThat(record.windowDays()).isEqualTo(7);
        assertThat(record.utm()).isEqualTo(Map.of("utm_source", "link"));
        List<Change> changes = new ArrayList<>();
        look.async()
                .xrange(Keys.EDGE_CHANGES, Range.unbounded())
                .toCompletableFuture()
                .join()
                .forEach(message -> changes.add(Change.read(message.getBody())));
        assertThat(changes).extracting(Change::key).containsExactly("spring", "spring");
        assertThat(changes.get(1).record()).contains(record.write());
    }

    @Test
    void aRetiredLinkHasEndedAndARetiredCreatorIsGoneAtTheEdge() {
        store.editFrom(0, draft -> draft.put(campaign("main", 30, Map.of())));
        store.editFrom(0, draft -> draft.put(link("spring", "main", false)));
        store.editFrom(0, draft -> draft.put(creator("ava")));
        assertThat(look.async()
                        .hgetall(Keys.EDGE_CREATORS)
                        .toCompletableFuture()
                        .join())
                .isEqualTo(Map.of("ava", "2"));

        store.editFrom(5_000, draft -> draft.put(link("spring", "main", true)));
        store.editFrom(5_000, draft -> draft.put(new Creator("ava", 0, "ava", Optional.empty(), true)));

        assertThat(LinkRecord.read(edgeLink("spring")).activeUntil()).isEqualTo(OptionalLong.of(5_000));
        assertThat(look.async().exists(Keys.EDGE_CREATORS).toCompletableFuture().join())
                .isZero();
    }

    @Test
    void anIntegrationsStatusReachesTheEdge() {
        store.editFrom(0, draft -> draft.put(integration("pending")));
        store.editFrom(0, draft -> draft.put(integration("connected")));
        String record = look.async()
                .hget(Keys.EDGE_INTEGRATIONS, "shop")
                .toCompletableFuture()
                .join();
        assertThat(IntegrationRecord.read(record).status()).isEqualTo("connected");
    }

    @Test
    void anotherWorkerHearsOfAChange() throws Exception {
        try (CatalogStore other = CatalogStore.open(redis, CLOCK)) {
            store.edit(draft -> draft.put(creator("ava"))).join();
            Await.until(
                    "the other worker knows ava",
                    () -> other.catalog().creator("ava").isPresent());
            assertThat(other.catalog().version()).isEqualTo(1);
        }
    }

    @Test
    void editsOfTwoWorkersNeverOverwriteEachOther() {
        try (CatalogStore other = CatalogStore.open(redis, CLOCK)) {
            List<CompletableFuture<Creator>> edits = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String handle = "c" + i;
                edits.add((i % 2 == 0 ? store : other).edit(draft -> draft.put(creator(handle))));
            }
            assertThat(edits.stream().map(edit -> edit.join().number()).sorted())
                    .hasSize(100)
                    .doesNotHaveDuplicates()
                    .startsWith(2)
                    .endsWith(101);
        }
        assertThat(store.catalog().version()).isBetween(1L, 100L);
    }

    @Test
    void anEditThatRepeatsWhatStandsWritesNothing() {
        store.editFrom(0, draft -> draft.put(creator("ava")));
        store.editFrom(9, draft -> draft.put(creator("ava")));
        assertThat(store.find(Kind.CREATORS, "ava").orElseThrow().versions()).hasSize(1);
        assertThat(store.catalog().version()).isEqualTo(1);
    }

    @Test
    void aRedisThatWasEmptiedIsReadAnew() throws Exception {
        store.editFrom(0, draft -> draft.put(creator("ava")));
        look.async().flushall().toCompletableFuture().join();
        Await.until("ava is gone", () -> store.catalog().creator("ava").isEmpty());
        assertThat(store.editFrom(0, draft -> draft.put(creator("ben"))).number())
                .isEqualTo(2);
    }

    @Test
    void withoutRedisAnEditFailsAndAfterwardsWorksAgain() throws Exception {
        SERVER.kill();
        CompletableFuture<Creator> edit = store.edit(draft -> draft.put(creator("ava")));
        assertThatThrownBy(edit::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(RedisAway.class);
        SERVER.startAgain();
        Await.until("an edit is written", () -> {
            try {
                return store.editFrom(0, draft -> draft.put(creator("ava"))).number() == 2;
            } catch (CompletionException away) {
                return false;
            }
        });
    }

    @Test
    void aSlipOfTheFingerIsRecognised() {
        store.editFrom(0, draft -> draft.put(coupon("AVA10")));
        Catalog catalog = store.catalog();
        for (String slip : List.of("AVA01", "AVA1", "AVA100", "AVB10", "VAA10")) {
            assertThat(catalog.nearest(new CouponCode(slip))).containsExactly(new CouponCode("AVA10"));
        }
        assertThat(catalog.nearest(new CouponCode("AVA10"))).isEmpty();
        assertThat(catalog.nearest(new CouponCode("BEN10"))).isEmpty();
    }
}
