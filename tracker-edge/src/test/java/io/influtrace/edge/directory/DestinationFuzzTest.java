package io.influtrace.edge.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.config.PassQuery;
import io.influtrace.protocol.hostile.Mutations;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a destination, in its parameters or in the visitor's query: a URL leaves, and our token ends it. */
final class DestinationFuzzTest {

    private static final List<String> URLS = List.of(
            "https://shop.example.com/spring?size=m#top",
            "https://shop.example.com",
            "https://shop.example.com/?ref=x&itc=y&a=%41",
            "https://shop.example.com:8443/a;b=c/d?e[]=f");
    private static final List<String> QUERIES = List.of(
            "utm_source=ig&b=2", "ref=me&itc=forged", "ITC=x;itc=y&%69tc=z", "a=1&a=2&&=3&c", "q=%E2%82%AC+%20");
    private static final List<PassQuery> PASSES = List.of(PassQuery.NONE, PassQuery.FILL, PassQuery.OVERRIDE);
    private static final String TOKEN = "Token-_0123456789";

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void locationIsOneVisibleLineThatEndsWithOurTokenAlone(long seed) {
        Random random = new Random(seed);
        Mutations urls = new Mutations(random.nextLong(), URLS);
        Mutations queries = new Mutations(random.nextLong(), QUERIES);
        for (int i = 0; i < Mutations.RUNS; i++) {
            PassQuery pass = PASSES.get(random.nextInt(PASSES.size()));
            String url = random.nextBoolean() ? URLS.get(random.nextInt(URLS.size())) : urls.text();
            Destination destination =
                    Destination.of(url, random.nextBoolean() ? Map.of() : Map.of("utm_source", queries.text()), pass);
            String location = destination.location(queries.text(), random.nextBoolean() ? "ava" : "", TOKEN);
            assertThat(location).matches("[!-~]*");
            String beforeFragment = location.contains("#") ? location.substring(0, location.indexOf('#')) : location;
            assertThat(beforeFragment).endsWith("itc=" + TOKEN);
            assertThat(beforeFragment.substring(beforeFragment.indexOf('?') + 1).split("&", -1))
                    .as(location)
                    .filteredOn(parameter -> parameter.toLowerCase(Locale.ROOT).startsWith("itc="))
                    .containsExactly("itc=" + TOKEN);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void goodDestinationKeepsItsHostWhateverTheVisitorAdds(long seed) {
        Mutations queries = new Mutations(seed, QUERIES);
        for (String url : URLS.subList(0, 3)) {
            for (int i = 0; i < Mutations.RUNS / 10; i++) {
                String location =
                        Destination.of(url, Map.of(), PassQuery.OVERRIDE).location(queries.text(), "", TOKEN);
                assertThat(location).matches("https://shop\\.example\\.com[/?][!-~]*");
            }
        }
    }
}
