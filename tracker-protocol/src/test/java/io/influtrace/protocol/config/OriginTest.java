package io.influtrace.protocol.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One spelling of an origin, whoever reads it: what is registered and what a browser sends. */
final class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://shop.example.com,https://shop.example.com",
        "HTTPS://Shop.Example.COM,https://shop.example.com",
        "https://shop.example.com:443,https://shop.example.com",
        "http://shop.example.com:80,http://shop.example.com",
        "http://shop.example.com:443,http://shop.example.com:443",
        "https://bücher.example,https://xn--bcher-kva.example",
        "http://localhost:8082,http://localhost:8082",
        "http://[::1]:8082,http://[::1]:8082",
        "http://127.0.0.1,http://127.0.0.1",
        "https://shop.example.com:65535,https://shop.example.com:65535"
    })
    void everySpellingHasOneNormalForm(String spelling, String normal) {
        assertThat(Origin.parse(spelling)).contains(new Origin(normal));
        assertThat(Origin.parse(normal)).contains(new Origin(normal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "shop.example.com",
                "ftp://shop.example.com",
                "file:///etc/passwd",
                "https://",
                "https://shop.example.com/",
                "https://shop.example.com?a=b",
                "https://shop.example.com#top",
                "https://user@shop.example.com",
                "https://shop.example.com.",
                "https://shop.example.com:65536",
                "https://shop example.com",
                "https://a.example https://b.example"
            })
    void whatIsNoWebOriginIsRefused(String spelling) {
        assertThat(Origin.parse(spelling)).isEmpty();
    }

    @Test
    void overlongSpellingCostsNothing() {
        assertThat(Origin.parse("https://" + "a".repeat(400) + ".example")).isEmpty();
    }
}
