package io.influtrace.edge.redirect;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.influtrace.edge.Await;
import io.influtrace.edge.RealRedis;
import io.influtrace.edge.RunningEdge;
import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickRow;
import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.click.ClickTokens.Genuine;
import io.influtrace.protocol.click.TokenKeys;
import io.influtrace.protocol.config.Change;
import io.influtrace.protocol.config.Change.Kind;
import io.influtrace.protocol.config.LinkRecord;
import io.influtrace.protocol.config.PassQuery;
import io.influtrace.protocol.redis.Keys;
import io.vertx.redis.client.Response;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tracking links over real HTTP and a real Redis. */
final class RedirectTest {

    @RegisterExtension
    static final RealRedis REDIS = RealRedis.durable();

    private static final String SHOP = "https://shop.example.com/spring?size=m#top";
    private static RunningEdge edge;

    @BeforeAll
    static void start() throws Exception {
        RunningEdge.publish(REDIS, Kind.CREATOR, "ava", "7");
        RunningEdge.publish(REDIS, Kind.CREATOR, "dot.", "8");
        RunningEdge.publish(
                REDIS,
                Kind.INTEGRATION,
                "shop",
                RunningEdge.shop("shop", "https://shop.example.com", "connected")
                        .write());
        RunningEdge.publish(
                REDIS,
                Kind.LINK,
                "spring",
                RunningEdge.link("spring", 11, SHOP, "shop").write());
        RunningEdge.publish(
                REDIS, Kind.LINK, "none", with("none", PassQuery.NONE).write());
        RunningEdge.publish(
                REDIS, Kind.LINK, "over", with("over", PassQuery.OVERRIDE).write());
        RunningEdge.publish(
                REDIS,
                Kind.LINK,
                "past",
                dated("past", Optional.of("https://shop.example.com/sale")).write());
        RunningEdge.publish(
                REDIS, Kind.LINK, "gone", dated("gone", Optional.empty()).write());
        RunningEdge.publish(REDIS, Kind.LINK, "own", owned().write());
        edge = RunningEdge.start(REDIS);
    }

    @AfterAll
    static void stop() throws Exception {
        if (edge != null) {
            edge.close();
        }
    }

    private static LinkRecord with(String slug, PassQuery passQuery) {
        LinkRecord plain = RunningEdge.link(slug, 12, SHOP);
        return new LinkRecord(
                slug,
                12,
                30,
                plain.destination(),
                Optional.empty(),
                Map.of("utm_source", "ig & co"),
                passQuery,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                List.of());
    }

    private static LinkRecord dated(String slug, Optional<String> fallback) {
        return new LinkRecord(
                slug,
                13,
                30,
                SHOP,
                Optional.empty(),
                Map.of(),
                PassQuery.FILL,
                OptionalLong.empty(),
                OptionalLong.of(1_000),
                fallback,
                List.of());
    }

    private static LinkRecord owned() {
        return new LinkRecord(
                "own",
                14,
                30,
                SHOP,
                Optional.of("ava"),
                Map.of(),
                PassQuery.FILL,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                List.of());
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private static String token(HttpResponse<?> answer) {
        return location(answer).replaceAll(".*[?&]itc=([^&#]*).*", "$1");
    }

    private static Click proved(HttpResponse<?> answer) {
        String keys = REDIS.text("HGET", Keys.META, "tokenKeys");
        ClickTokens tokens = ClickTokens.of(TokenKeys.parse(keys));
        return ((Genuine) tokens.open(token(answer))).click();
    }

    @Test
    void knownHandleLeadsToTheDestinationWithOursLast() throws Exception {
        HttpResponse<String> answer = edge.click("/p/spring/Ava?color=red");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(location(answer))
                .matches("https://shop\\.example\\.com/spring\\?size=m&color=red&ref=ava&itc=[\\w-]{54}#top");
        assertThat(answer.headers().map())
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("referrer-policy", List.of("no-referrer-when-downgrade"))
                .containsEntry("x-robots-tag", List.of("noindex"))
                .doesNotContainKey("set-cookie");
        Click click = proved(answer);
        assertThat(click.clickClass()).isEqualTo(ClickClass.HUMAN);
        assertThat(click.link()).isEqualTo(11);
        assertThat(click.creator()).isEqualTo(7);
        assertThat(click.id().windowDays()).isEqualTo(30);
    }

    @Test
    void humanClickLiesInItsBucketAndInTheIndexAndIsCounted() throws Exception {
        Click click = proved(edge.click("/p/spring/ava"));
        String bucket = Keys.bucket(click.id());
        Await.until(
                "the row is there",
                () -> REDIS.number("HEXISTS", bucket, click.id().slot()) == 1);
        Response row = requireNonNull(REDIS.call("HGET", bucket, click.id().slot()));
        assertThat(ClickRow.decode(click.id(), row.toBytes()).click()).isEqualTo(click);
        assertThat(REDIS.text("HGET", bucket, "f")).matches("\\d+:\\d{13}");
        String name = Keys.bucketName(30, click.id().writer(), click.id().bucket());
        assertThat(REDIS.number("ZSCORE", Keys.due(click.id().partition(), 30), name))
                .isLessThanOrEqualTo(click.at());
        String counts = Keys.clickCounts(click.id().partition(), click.at());
        assertThat(REDIS.number("HGET", counts, "11.7.0")).isPositive();
        assertThat(REDIS.number("PFCOUNT", Keys.visitors(click.id().partition(), click.at(), 7)))
                .isPositive();
    }

    @Test
    void visitorCanNeverSupplyOurs() throws Exception {
        for (String evil :
                List.of("ref=me", "itc=x", "%72ef=me", "REF=me", "it%63=x", "a=1&ref=me", "ref", "+ref=me")) {
            String at = location(edge.click("/p/spring/ava?" + evil));
            assertThat(at)
                    .as(evil)
                    .doesNotContainIgnoringCase("=me")
                    .doesNotContain("=x&")
                    .endsWith("#top");
            assertThat(at.toLowerCase(java.util.Locale.ROOT).split("ref", -1))
                    .as(evil)
                    .hasSize(2);
        }
    }

    @Test
    void theThreeModesTreatTheVisitorsQueryAsSaid() throws Exception {
        assertThat(location(edge.click("/p/none/ava?size=xl&b=1")))
                .startsWith("https://shop.example.com/spring?size=m&utm_source=ig%20%26%20co&ref=ava&itc=");
        assertThat(location(edge.click("/p/over/ava?size=xl&utm_source=me")))
                .startsWith("https://shop.example.com/spring?size=xl&utm_source=me&ref=ava&itc=");
        assertThat(location(edge.click("/p/spring/ava?size=xl&b=1")))
                .startsWith("https://shop.example.com/spring?size=m&b=1&ref=ava&itc=");
    }

    @Test
    void nothingOfTheVisitorBreaksTheHeader() throws Exception {
        HttpResponse<String> answer = edge.click("/p/spring/ava?x=%0d%0aSet-Cookie:%20a=b&y=%00;ref=me");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(location(answer)).contains("x=%0d%0aSet-Cookie:%20a=b&y=%00%3Bref=me&ref=ava&itc=");
    }

    @Test
    void unknownHandleRedirectsWithoutCredit() throws Exception {
        HttpResponse<String> answer = edge.click("/p/spring/nobody?x=1");
        assertThat(location(answer)).startsWith("https://shop.example.com/spring?size=m&x=1&itc=");
        Click click = proved(answer);
        assertThat(click.creator()).isEqualTo(Click.UNKNOWN_CREATOR);
        Await.until(
                "its name is noted",
                () -> REDIS.number("HEXISTS", Keys.unknownHandles(click.id().partition()), "nobody") == 1);
    }

    @Test
    void theExactHandleComesBeforeTheTrimmedOne() throws Exception {
        assertThat(proved(edge.click("/p/spring/dot.")).creator()).isEqualTo(8);
        assertThat(proved(edge.click("/p/spring/ava.")).creator()).isEqualTo(7);
        assertThat(proved(edge.click("/p/spring/ava/")).creator()).isEqualTo(7);
        assertThat(proved(edge.click("/p/spring/")).creator()).isEqualTo(Click.DIRECT);
    }

    @Test
    void pathWithoutHandleCreditsTheLinksOwnCreatorElseNobody() throws Exception {
        assertThat(proved(edge.click("/p/own")).creator()).isEqualTo(7);
        assertThat(location(edge.click("/p/own"))).contains("&ref=ava&");
        assertThat(proved(edge.click("/p/spring")).creator()).isEqualTo(Click.DIRECT);
        assertThat(location(edge.click("/p/spring"))).doesNotContain("ref=");
    }

    @Test
    void headAnswersTheSameHeadersAndLeavesNoEvent() throws Exception {
        HttpResponse<String> head = edge.send("HEAD", "/p/spring/ava", "", "User-Agent", RunningEdge.FIREFOX);
        HttpResponse<String> get = edge.click("/p/spring/ava");
        assertThat(head.statusCode()).isEqualTo(302);
        assertThat(head.headers().map().keySet()).isEqualTo(get.headers().map().keySet());
        Click click = proved(head);
        assertThat(click.clickClass()).isEqualTo(ClickClass.HEAD);
        Await.until(
                "it is counted",
                () -> REDIS.number("HEXISTS", Keys.clickCounts(click.id().partition(), click.at()), "11.7.5") == 1);
        assertThat(REDIS.number("EXISTS", Keys.bucket(click.id()))).isZero();
    }

    @Test
    void deadLinksTellPeopleAndPrograms() throws Exception {
        HttpResponse<String> page = edge.click("/p/nothing/ava", "Accept", "text/html,*/*");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.body()).contains("<h1>This link does not exist</h1>");
        HttpResponse<String> problem = edge.click("/p/nothing/ava", "Accept", "application/json");
        assertThat(problem.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(problem.body()).contains("\"code\":\"link_unknown\"", "\"retry\":false");
        assertThat(edge.click("/p/gone").statusCode()).isEqualTo(410);
        HttpResponse<String> fallback = edge.click("/p/past/ava");
        assertThat(fallback.statusCode()).isEqualTo(302);
        assertThat(location(fallback)).isEqualTo("https://shop.example.com/sale");
        assertThat(edge.click("/p/spring/ava/more").statusCode()).isEqualTo(404);
        assertThat(edge.click("/p/").statusCode()).isEqualTo(404);
    }

    @Test
    void otherMethodsAreRefusedByName() throws Exception {
        HttpResponse<String> answer = edge.send("POST", "/p/spring/ava", "x");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void sameSiteHostKeepsTheLastTokensAndFindsTheRepeat() throws Exception {
        HttpResponse<String> first = edge.click("/p/spring/ava", "Host", "go.shop.example.com");
        String cookie = first.headers().firstValue("Set-Cookie").orElse("");
        assertThat(cookie)
                .matches("influtrace_edge=[0-9a-f]{16}\\." + token(first)
                        + "; Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax");
        String kept = cookie.substring(0, cookie.indexOf(';'));
        HttpResponse<String> again = edge.click("/p/spring/ava", "Host", "go.shop.example.com", "Cookie", kept);
        assertThat(token(again)).isEqualTo(token(first));
        assertThat(again.headers().firstValue("Set-Cookie")).isEmpty();
        Await.until("the repeat is counted", () -> counted("11.7.1"));
        HttpResponse<String> other = edge.click("/p/spring", "Host", "go.shop.example.com", "Cookie", kept);
        assertThat(proved(other).clickClass()).isEqualTo(ClickClass.HUMAN);
        assertThat(other.headers().firstValue("Set-Cookie").orElse("")).startsWith(kept + "." + token(other) + ";");
    }

    private static boolean counted(String field) {
        for (int partition = 0; partition < 16; partition++) {
            if (REDIS.number("HEXISTS", Keys.clickCounts(partition, System.currentTimeMillis()), field) == 1) {
                return true;
            }
        }
        return false;
    }

    @Test
    void neitherForeignHostNorObjectionLeavesACookie() throws Exception {
        for (List<String> headers : List.of(
                List.of("Host", "go.other.example.com.evil.net"),
                List.of("Host", "127.0.0.1"),
                List.of("Host", "go.shop.example.com", "Sec-GPC", "1"))) {
            HttpResponse<String> answer = edge.click("/p/spring/ava", headers.toArray(String[]::new));
            assertThat(answer.headers().firstValue("Set-Cookie"))
                    .as("" + headers)
                    .isEmpty();
        }
    }

    @Test
    void changesReachTheEdge() throws Exception {
        RunningEdge.publish(
                REDIS,
                Kind.LINK,
                "fresh",
                RunningEdge.link("fresh", 21, "https://x.example/").write());
        Await.until("the new link answers", () -> edge.click("/p/fresh").statusCode() == 302);
        RunningEdge.change(REDIS, new Change(Kind.LINK, "fresh", Optional.empty()));
        Await.until("the removed link is gone", () -> edge.click("/p/fresh").statusCode() == 404);
    }
}
