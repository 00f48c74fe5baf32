package io.influtrace.edge.redirect;

import io.influtrace.protocol.click.ClickClass;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which kind of request a click is, by its method, agent and prefetch headers; a repeat is found elsewhere. Safe for any
 * thread.
 */
public final class ClickClasses {

    /** Programs that fetch a link because somebody posted it, not because somebody follows it. */
    private static final List<String> PREVIEWS = List.of(
            "facebookexternalhit",
            "facebot",
            "meta-externalfetcher",
            "twitterbot",
            "linkedinbot",
            "slackbot",
            "slack-imgproxy",
            "telegrambot",
            "discordbot",
            "skypeuripreview",
            "pinterestbot",
            "redditbot",
            "vkshare",
            "snap url preview",
            "bingpreview",
            "google web preview",
            "iframely",
            "embedly",
            "mastodon/",
            "cardyb",
            "kakaotalk-scrap",
            "line-poker",
            "quora link preview",
            "bitlybot",
            "microsoftpreview");

    /** The same, where an agent begins with them. */
    private static final List<String> PREVIEW_BEGINNINGS = List.of("whatsapp/", "viber");

    /** Words of the spider list that real shoppers' devices and apps carry too: Cubot phones, Amazon Silk, Yahoo Japan. */
    private static final Pattern NOT_SPIDERS = Pattern.compile(
            "cubot|silk/|silk-accelerated|jp\\.co\\.yahoo|yahoomobile|yjapp|daumapps|yahoo ad monitoring");

    private final AgentList spiders = AgentList.spiders();

    /** Agents remembered; the shoppers of a day send some thousand, a scanner that invents more only empties the cache. */
    static final int MAX_REMEMBERED = 8_192;

    private final Map<String, ClickClass> remembered = new ConcurrentHashMap<>();

    private ClickClasses() {}

    /** Reads the list that the build has compiled: once, at boot. */
    public static ClickClasses load() {
        return new ClickClasses();
    }

    /** The class of a request. */
    public ClickClass of(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.HEAD)) {
            return ClickClass.HEAD;
        }
        MultiMap headers = request.headers();
        ClickClass byAgent = ofAgent(headers.get("User-Agent"));
        return byAgent == ClickClass.HUMAN && isPrefetch(headers) ? ClickClass.PREFETCH : byAgent;
    }

    /** Human, preview or bot; no browser hides its agent, so a missing one is a bot's. */
    ClickClass ofAgent(@Nullable String agent) {
        if (agent == null || agent.isBlank()) {
            return ClickClass.BOT;
        }
        ClickClass known = remembered.get(agent);
        if (known != null) {
            return known;
        }
        ClickClass found = look(agent);
        if (agent.length() <= AgentList.MAX_LENGTH) {
            if (remembered.size() >= MAX_REMEMBERED) {
                remembered.clear();
            }
            remembered.put(agent, found);
        }
        return found;
    }

    private ClickClass look(String agent) {
        String lower = AgentList.lowerCase(agent);
        if (PREVIEW_BEGINNINGS.stream().anyMatch(lower::startsWith)
                || PREVIEWS.stream().anyMatch(lower::contains)) {
            return ClickClass.PREVIEW;
        }
        if (!spiders.contains(lower)) {
            return ClickClass.HUMAN;
        }
        String cleaned = NOT_SPIDERS.matcher(lower).replaceAll(" ");
        return spiders.contains(cleaned) ? ClickClass.BOT : ClickClass.HUMAN;
    }

    private static boolean isPrefetch(MultiMap headers) {
        return says(headers.get("Sec-Purpose"), "prefetch")
                || says(headers.get("Purpose"), "prefetch")
                || says(headers.get("X-Purpose"), "preview")
                || says(headers.get("X-Moz"), "prefetch");
    }

    private static boolean says(@Nullable String header, String word) {
        return header != null && header.toLowerCase(Locale.ROOT).contains(word);
    }
}
