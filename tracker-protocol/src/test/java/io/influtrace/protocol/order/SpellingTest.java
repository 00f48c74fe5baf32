package io.influtrace.protocol.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes and addresses have one spelling each. */
final class SpellingTest {

    private final CustomerHash hashes = CustomerHash.of(new byte[32]);

    @ParameterizedTest
    @CsvSource({"'ben10 ', BEN10", "ＢＥＮ１０, BEN10", "straße, STRASSE", "'ﬁve', FIVE", "'\u00a0ava10\u00a0', AVA10"})
    void codesAreComparedTrimmedComposedAndInUpperCase(String spelling, String code) {
        assertThat(CouponCode.of(spelling)).contains(new CouponCode(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\nb"})
    void whatLeavesNothingIsNoCode(String spelling) {
        assertThat(CouponCode.of(spelling)).isEmpty();
    }

    @Test
    void aCodeLongerThanAnyCodeIsNone() {
        assertThat(CouponCode.of("A".repeat(64))).isPresent();
        assertThat(CouponCode.of("A".repeat(65))).isEmpty();
        assertThat(CouponCode.of(" ".repeat(300) + "A")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Ava@Mail.example, ava@mail.example",
        "ava+shop@mail.example, ava@mail.example",
        "a.v.a+x@gmail.com, ava@gmail.com",
        "a.va@googlemail.com, ava@gmail.com",
        "a.v.a@mail.example, a.v.a@mail.example",
        "+tag@mail.example, +tag@mail.example"
    })
    void oneBuyerHasOneAddress(String email, String normal) {
        assertThat(CustomerHash.normalise(email)).contains(normal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ava", "@mail.example", "ava@", "...@gmail.com"})
    void whatIsNoAddressHasNoHash(String email) {
        assertThat(hashes.hash(email)).isEmpty();
    }

    @Test
    void aHashIsKeyedAndSaysNothingOfTheAddress() {
        String hash = hashes.hash("ava@mail.example").orElseThrow();
        assertThat(hash).hasSize(22).doesNotContain("ava");
        assertThat(hashes.hash("AVA+1@mail.example")).contains(hash);
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        assertThat(CustomerHash.of(otherKey).hash("ava@mail.example"))
                .isPresent()
                .get()
                .isNotEqualTo(hash);
    }
}
