package io.influtrace.edge.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.protocol.click.ClickClass;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables that the build made say what the list's regular expressions say, a little wider. */
final class AgentListTest {

    private static final String CHROME =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36";

    private final ClickClasses classes = ClickClasses.load();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whateverARegularExpressionOfTheListFindsTheTablesFind(long seed) throws IOException {
        List<String> listed = patterns();
        List<Pattern> patterns = listed.stream()
                .map(each -> Pattern.compile(each, Pattern.CASE_INSENSITIVE))
                .toList();
        String[] words = String.join("|", listed).split("[^A-Za-z0-9/_ -]+", -1);
        AgentList spiders = AgentList.spiders();
        Random random = new Random(seed);
        int found = 0;
        for (int i = 0; i < 2_000; i++) {
            StringBuilder agent = new StringBuilder();
            for (int word = random.nextInt(4); word >= 0; word--) {
                agent.append(words[random.nextInt(words.length)]).append(random.nextBoolean() ? " " : "");
            }
            String text = agent.toString();
            if (patterns.stream().anyMatch(pattern -> pattern.matcher(text).find())) {
                found++;
                assertThat(spiders.contains(AgentList.lowerCase(text))).as(text).isTrue();
            }
        }
        assertThat(found).as("the list knows its own words").isGreaterThan(500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BOT|Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "BOT|Mozilla/5.0 AppleWebKit/537.36 (compatible; bingbot/2.0) Chrome/116.0 Safari/537.36",
                "BOT|AhrefsBot/7.0 \u00e9\u4e2d\u6587",
                "PREVIEW|facebookexternalhit/1.1",
                "PREVIEW|WhatsApp/2.23.20.0 A",
                "PREVIEW|Viber/21",
                "PREVIEW|Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
                "HUMAN|Mozilla/5.0 (Linux; Android 9; CUBOT P30) AppleWebKit/537.36 Chrome/80 Mobile Safari/537.36",
                "HUMAN|Mozilla/5.0 (Linux; Android) Silk/94.2 like Chrome/94 Safari/537.36",
                "HUMAN|\u4e2d\u6587\u6d4f\u89c8\u5668 \uffff"
            })
    void anAgentIsOfItsClass(ClickClass expected, String agent) {
        assertThat(classes.ofAgent(agent)).isEqualTo(expected);
    }

    @Test
    void aBrowserIsAPersonsAndNoAgentABots() {
        assertThat(classes.ofAgent(CHROME)).isEqualTo(ClickClass.HUMAN);
        assertThat(classes.ofAgent(null)).isEqualTo(ClickClass.BOT);
        assertThat(classes.ofAgent(" ")).isEqualTo(ClickClass.BOT);
    }

    private static List<String> patterns() throws IOException {
        try (InputStream in = AgentListTest.class.getResourceAsStream("/ua_parser/regexes.yaml")) {
            List<String> patterns = new ArrayList<>();
            String pattern = "";
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .toList()) {
                if (line.startsWith("- regex: '")) {
                    pattern = line.substring("- regex: '".length(), line.length() - 1)
                            .replace("''", "'");
                } else if (line.equals("device_replacement: 'Spider'")) {
                    patterns.add(pattern);
                }
            }
            return patterns;
        }
    }
}
