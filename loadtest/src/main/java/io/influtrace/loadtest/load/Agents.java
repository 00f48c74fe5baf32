package io.influtrace.loadtest.load;

import java.util.ArrayList;
import java.util.List;

/** User agents as an edge meets them: some hundred of people, commonest first, and a handful of bots. */
final class Agents {

    private static final List<String> PEOPLE = List.of(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_%d like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.%<d"
                    + " Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1%02d.0.0.0 Mobile"
                    + " Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
                    + " Instagram 3%02d.0.0.28.85",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1%02d.0.0.0"
                    + " Safari/537.36",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.%d"
                    + " Safari/605.1.15",
            "Mozilla/5.0 (X11; Linux x86_64; rv:1%02d.0) Gecko/20100101 Firefox/1%<02d.0");

    private static final List<String> BOTS = List.of(
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
            "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
            "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)");

    private static final int VERSIONS = 40;

    private Agents() {}

    static List<String> people() {
        List<String> agents = new ArrayList<>();
        for (int version = VERSIONS; version > 0; version--) {
            for (String agent : PEOPLE) {
                agents.add(String.format(agent, version));
            }
        }
        return agents;
    }

    static List<String> bots() {
        return BOTS;
    }
}
