package io.influtrace.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickId;
import io.influtrace.protocol.click.ClickRow;
import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.config.LinkRecord;
import io.influtrace.protocol.config.Origin;
import io.influtrace.protocol.config.PassQuery;
import io.influtrace.protocol.hostile.Mutations;
import io.influtrace.protocol.order.CouponCode;
import io.influtrace.protocol.order.Item;
import io.influtrace.protocol.order.OrderIdentity;
import io.influtrace.protocol.order.OrderReport;
import io.influtrace.protocol.order.PingReport;
import io.influtrace.protocol.order.RefundReport;
import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.ReportFields;
import io.influtrace.protocol.order.Source;
import io.influtrace.protocol.order.SurveyReport;
import io.influtrace.protocol.redis.RedisAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Spoilt inputs by the ten thousand: nothing but the one failure that a reader names ever leaves it, and what it accepts
 * it prints as it came. {@code -Dfuzz.runs=1000000} for longer.
 */
final class FuzzTest {

    private static final ClickTokens TOKENS = ClickTokens.of(TokenKeys.generate("k1", new Random(7)));
    private static final Click CLICK =
            new Click(new ClickId(3, 30, 0x12345678, 77), ClickClass.HUMAN, 1_770_000_000_000L, 11, 12);

    // Fails with whatever is no IllegalArgumentException: that is the one failure these readers have.
    private static void each(long seed, List<String> good, Consumer<Mutations> once) {
        Mutations mutations = new Mutations(seed, good);
        for (int i = 0; i < Mutations.RUNS; i++) {
            try {
                once.accept(mutations);
            } catch (IllegalArgumentException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void originIsReadToItsOneSpellingOrNotAtAll(long seed) {
        List<String> good = List.of(
                "https://shop.example.com",
                "http://shop.example.com:8080",
                "https://münchen.example",
                "https://[::1]:443",
                "HTTPS://Shop.Example.com:443",
                "null");
        each(
                seed,
                good,
                mutations -> Origin.parse(mutations.text()).ifPresent(origin -> {
                    assertThat(Origin.parse(origin.text())).contains(origin);
                    assertThat(origin.text()).matches("https?://[a-z0-9.\\-_~:\\[\\]%]+");
                }));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void onlyATokenOfOursIsGenuineAndInItsOneSpelling(long seed) {
        String token = TOKENS.seal(CLICK);
        int[] genuine = {0};
        each(seed, List.of(token), mutations -> {
            String spoilt = mutations.oneIn(10) ? token : mutations.text();
            if (TOKENS.open(spoilt) instanceof ClickTokens.Genuine opened) {
                assertThat(opened.click()).isEqualTo(CLICK);
                assertThat(spoilt).isEqualTo(token);
                genuine[0]++;
            }
        });
        assertThat(genuine[0]).isPositive();
    }

    @ParameterizedTest(name = "last character {0}")
    @ValueSource(ints = {0, 1, 2, 3, 17, 34, 63})
    void spareBitsOfATokensLastCharacterAreNotToldApart(int by) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String token = TOKENS.seal(CLICK);
        char last = token.charAt(token.length() - 1);
        char other = alphabet.charAt((alphabet.indexOf(last) + by) % 64);
        String spelt = token.substring(0, token.length() - 1) + other;
        assertThat(TOKENS.open(spelt) instanceof ClickTokens.Genuine).isEqualTo(by == 0);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void entryOfAStreamIsReadAsItWouldBeWrittenOrIsMalformed(long seed) {
        List<Map<String, String>> good =
                reports().stream().map(ReportFields::write).toList();
        Random random = new Random(seed);
        int[] read = {0};
        for (int i = 0; i < Mutations.RUNS; i++) {
            Map<String, String> fields = new HashMap<>(good.get(random.nextInt(good.size())));
            Mutations mutations = new Mutations(random.nextLong(), List.copyOf(fields.values()));
            for (String name : List.copyOf(fields.keySet())) {
                if (random.nextInt(6) == 0) {
                    fields.put(name, mutations.text());
                } else if (random.nextInt(20) == 0) {
                    fields.remove(name);
                }
            }
            Report report;
            try {
                report = ReportFields.read(fields);
            } catch (ReportFields.Malformed malformed) {
                assertThat(malformed.reason).isNotBlank();
                continue;
            }
            assertThat(ReportFields.read(ReportFields.write(report))).isEqualTo(report);
            read[0]++;
        }
        assertThat(read[0]).isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void rowOfAClickIsPrintedAsItWasRead(long seed) {
        ClickId id = CLICK.id();
        String row = new String(new ClickRow(CLICK, 99).encode(), StandardCharsets.ISO_8859_1);
        each(seed, List.of(row), mutations -> {
            byte[] spoilt = mutations.bytes();
            assertThat(ClickRow.decode(id, spoilt).encode()).isEqualTo(spoilt);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void idOfAClickIsPrintedAsItWasRead(long seed) {
        each(seed, List.of(CLICK.id().text(), "0-1-0-0", "255-365-ffffffff-ffffffffff"), mutations -> {
            String spoilt = mutations.text();
            ClickId.parse(spoilt).ifPresent(id -> assertThat(id.text()).isEqualTo(spoilt.toLowerCase(Locale.ROOT)));
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void recordsOfTheTablesAreReadAsTheyWouldBeWritten(long seed) {
        each(seed, List.of(link().write()), mutations -> {
            LinkRecord read = LinkRecord.read(LinkRecord.read(mutations.text()).write());
            assertThat(LinkRecord.read(read.write())).isEqualTo(read);
        });
        each(seed, List.of(integration().write()), mutations -> {
            IntegrationRecord read = IntegrationRecord.read(
                    IntegrationRecord.read(mutations.text()).write());
            assertThat(IntegrationRecord.read(read.write())).isEqualTo(read);
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void codesAndSettingsAreReadOrRefused(long seed) {
        each(seed, List.of("CREATOR10", "  summer-sale ", "\uff21\uff22\uff23", "straße"), mutations -> {
            CouponCode.of(mutations.text())
                    .ifPresent(code -> assertThat(CouponCode.of(code.text())).contains(code));
        });
        each(seed, List.of(TokenKeys.generate("k1", new Random(1)).text()), mutations -> {
            String spoilt = mutations.text();
            assertThat(TokenKeys.parse(TokenKeys.parse(spoilt).text()).text())
                    .isEqualTo(TokenKeys.parse(spoilt).text());
        });
        each(
                seed,
                List.of("redis://u:p@host:6379/1", "redis-cluster://a:1,b:2", "redis-sentinel://a:1#main"),
                mutations -> assertThat(RedisAddress.parse(mutations.text()).endpoints())
                        .isNotEmpty());
    }

    private static List<Report> reports() {
        OrderIdentity identity = new OrderIdentity("shop", "O-1");
        return List.of(
                new OrderReport(
                        "shop",
                        identity,
                        Source.PIXEL,
                        1,
                        2,
                        "connected",
                        7_900,
                        "USD",
                        OptionalLong.of(3),
                        OptionalLong.of(4),
                        OptionalLong.empty(),
                        List.of(new CouponCode("A"), new CouponCode("B C")),
                        List.of("t1", "t2"),
                        Optional.of("ava"),
                        Optional.of("hash"),
                        Optional.of("paid"),
                        List.of(new Item("s", "Lamp, blue", 2, 350, "home"))),
                new RefundReport("shop", identity, Source.API, "R-1", 5, 6, OptionalLong.of(7), "USD", false),
                new PingReport("shop", 8, List.of("t1")),
                new SurveyReport("shop", identity, 9, Optional.of("ava"), Optional.empty()));
    }

    private static LinkRecord link() {
        return new LinkRecord(
                "spring",
                11,
                30,
                "https://shop.example.com/a?b=c#d",
                Optional.of("ava"),
                Map.of("utm_source", "x y"),
                PassQuery.FILL,
                OptionalLong.of(1),
                OptionalLong.of(2),
                Optional.of("https://shop.example.com/sale"),
                List.of("shop", "other"));
    }

    private static IntegrationRecord integration() {
        return new IntegrationRecord(
                "shop",
                "custom",
                Optional.of("https://shop.example.com"),
                "connected",
                "full",
                Optional.of("store"),
                Optional.of("ab12"));
    }
}
