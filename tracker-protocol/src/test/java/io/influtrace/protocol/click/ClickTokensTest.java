package io.influtrace.protocol.click;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token proves its click and nothing else does. */
final class ClickTokensTest {

    private static final TokenKeys KEYS = TokenKeys.generate("k1", new Random(1));
    private static final Click CLICK =
            new Click(new ClickId(15, 365, 0xffffffff, 0xff_ffff_ffffL), ClickClass.HEAD, 1_772_359_200_123L, -1, 77);

    private final ClickTokens tokens = ClickTokens.of(KEYS);

    @Test
    void aTokenIsFiftyFourCharactersAndOpensToItsClick() {
        String token = tokens.seal(CLICK);
        assertThat(token).hasSize(ClickTokens.LENGTH).matches("[A-Za-z0-9_-]+");
        assertThat(tokens.open(token)).isEqualTo(new ClickTokens.Genuine(CLICK));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void anyClickSurvivesTheRoundTrip(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            ClickId id = new ClickId(
                    random.nextInt(256), 1 + random.nextInt(365), random.nextInt(), random.nextLong(1L << 40));
            Click click = new Click(
                    id,
                    ClickClass.ofCode(random.nextInt(6)),
                    random.nextLong(1L << 48),
                    random.nextInt(),
                    random.nextInt());
            assertThat(tokens.open(tokens.seal(click))).isEqualTo(new ClickTokens.Genuine(click));
            assertThat(ClickId.parse(id.text())).contains(id);
        }
    }

    @Test
    void noBitOfATokenCanBeChanged() {
        byte[] bytes = Base64.getUrlDecoder().decode(tokens.seal(CLICK));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            assertThat(tokens.open(forged)).as("bit %s", bit).isInstanceOf(ClickTokens.Refused.class);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void whatIsNoTokenIsRefusedWithItsReason() {
        assertThat(tokens.open("")).isEqualTo(new ClickTokens.Refused("malformed"));
        assertThat(tokens.open("*".repeat(54))).isEqualTo(new ClickTokens.Refused("malformed"));
        assertThat(tokens.open("A".repeat(54))).isEqualTo(new ClickTokens.Refused("malformed"));
        ClickTokens others = ClickTokens.of(TokenKeys.generate("other", new Random(2)));
        assertThat(others.open(tokens.seal(CLICK))).isEqualTo(new ClickTokens.Refused("unknown_key"));
        ClickTokens sameName = ClickTokens.of(TokenKeys.generate("k1", new Random(3)));
        assertThat(sameName.open(tokens.seal(CLICK))).isEqualTo(new ClickTokens.Refused("bad_signature"));
    }

    @Test
    void aKeyIsRotatedWithoutLosingAToken() {
        String old = tokens.seal(CLICK);
        ClickTokens rotated = ClickTokens.of(
                TokenKeys.parse(TokenKeys.generate("k2", new Random(4)).text() + ", " + KEYS.text()));
        assertThat(rotated.open(old)).isEqualTo(new ClickTokens.Genuine(CLICK));
        assertThat(tokens.open(rotated.seal(CLICK))).isEqualTo(new ClickTokens.Refused("unknown_key"));
    }

    @Test
    void keysAreReadAsTheyAreWrittenAndNeverShown() {
        assertThat(TokenKeys.parse(KEYS.text()).text()).isEqualTo(KEYS.text());
        assertThat(KEYS.toString()).isEqualTo("TokenKeys[k1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k1", "k1:", "k 1:AAAA", "k1:****", "k1:AAAA", "12345678901234567:AAAA"})
    void aMisspeltKeyIsRefused(String text) {
        assertThatThrownBy(() -> TokenKeys.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoKeysOfOneIdAreRefusedAtOnce() {
        assertThatThrownBy(() -> TokenKeys.parse(KEYS.text() + "," + KEYS.text()))
                .hasMessageContaining("choose another name");
    }
}
