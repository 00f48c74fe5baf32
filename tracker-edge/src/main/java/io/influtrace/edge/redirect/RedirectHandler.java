package io.influtrace.edge.redirect;

import io.influtrace.edge.directory.Creator;
import io.influtrace.edge.directory.Directory;
import io.influtrace.edge.directory.Link;
import io.influtrace.edge.http.Senders;
import io.influtrace.edge.outbox.ClickWriter;
import io.influtrace.edge.redirect.RedirectMeters.Outcome;
import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.click.ClickClass;
import io.influtrace.protocol.click.ClickTokens;
import io.influtrace.protocol.http.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers tracking links on one event loop: look up, classify, seal, answer, and offer the click to this loop's batch.
 * Nothing on this way waits, locks, logs or asks Redis.
 */
public final class RedirectHandler implements Handler<HttpServerRequest> {

    /** What the path of every tracking link begins with. */
    public static final String PREFIX = TrackingPath.PREFIX;

    private static final Creator DIRECT = new Creator(Click.DIRECT, "");
    private static final Creator UNKNOWN = new Creator(Click.UNKNOWN_CREATOR, "");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence REFERRER = HttpHeaders.createOptimized("no-referrer-when-downgrade");
    private static final CharSequence ROBOTS = HttpHeaders.createOptimized("X-Robots-Tag");
    private static final CharSequence NOINDEX = HttpHeaders.createOptimized("noindex");
    private static final int MAX_UNKNOWN_NAME = 64;

    private final Directory directory;
    private final ClickClasses classes;
    private final ClickTokens tokens;
    private final ClickWriter clicks;
    private final Visitors visitors;
    private final Clock clock;
    private final RedirectMeters meters;

    private RedirectHandler(
            Directory directory,
            ClickClasses classes,
            ClickTokens tokens,
            ClickWriter clicks,
            Visitors visitors,
            Clock clock,
            RedirectMeters meters) {
        this.directory = directory;
        this.classes = classes;
        this.tokens = tokens;
        this.clicks = clicks;
        this.visitors = visitors;
        this.clock = clock;
        this.meters = meters;
    }

    /** A handler of the calling event loop. */
    public static RedirectHandler of(
            Directory directory,
            ClickClasses classes,
            ClickTokens tokens,
            ClickWriter clicks,
            Senders senders,
            VisitorHash hash,
            Clock clock,
            RedirectMeters meters) {
        Visitors visitors = new Visitors(directory, senders, hash);
        return new RedirectHandler(directory, classes, tokens, clicks, visitors, clock, meters);
    }

    @Override
    public void handle(HttpServerRequest request) {
        HttpMethod method = request.method();
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
            Problem.last(405, "method_not_allowed", "A tracking link is followed by GET.")
                    .send(request.response());
            return;
        }
        TrackingPath path = TrackingPath.parse(request.uri());
        ClickClass clickClass = classes.of(request);
        long now = clock.millis();
        @Nullable Link link = linkOf(path.slug());
        if (link == null) {
            meters.redirect(clickClass, Outcome.NOT_FOUND);
            DeadEnd.NOT_FOUND.answer(request);
        } else if (!link.activeAt(now)) {
            inactive(request, link, clickClass);
        } else {
            redirect(request, link, path, clickClass, now);
        }
    }

    private void redirect(HttpServerRequest request, Link link, TrackingPath path, ClickClass clickClass, long now) {
        Creator creator = creatorOf(link, path.handle());
        Optional<BrowserMemory> memory =
                visitors.mayRemember(request, link) ? Optional.of(visitors.recall(request)) : Optional.empty();
        Optional<String> first = clickClass == ClickClass.HUMAN
                ? memory.flatMap(known -> Repeats.first(known, tokens, link.number(), creator.number(), now))
                : Optional.empty();
        ClickClass counted = first.isPresent() ? ClickClass.REPEAT : clickClass;
        long visitor = memory.isPresent()
                ? memory.get().visitor()
                : counted == ClickClass.HUMAN || counted == ClickClass.PREFETCH ? visitors.hash(request, now) : 0;
        Click click = clicks.offer(counted, now, link.windowDays(), link.number(), creator.number(), visitor);
        if (creator.number() == Click.UNKNOWN_CREATOR && counted == ClickClass.HUMAN) {
            clicks.unknownHandle(printable(path.handle()), now);
        }
        // A repeat's token stands for the first click, so the first one's own token goes out again.
        String token = first.orElseGet(() -> tokens.seal(click));
        HttpServerResponse response = leave(request, link.location(path.query(), creator.encodedHandle(), token));
        if (memory.isPresent() && (counted == ClickClass.HUMAN || counted == ClickClass.PREFETCH)) {
            response.putHeader(HttpHeaders.SET_COOKIE, memory.get().with(token).write(visitors.isSecure(request)));
        }
        meters.redirect(counted, Outcome.REDIRECTED);
        response.end();
    }

    private void inactive(HttpServerRequest request, Link link, ClickClass clickClass) {
        Optional<String> fallback = link.fallback();
        meters.redirect(clickClass, fallback.isPresent() ? Outcome.FALLBACK : Outcome.GONE);
        if (fallback.isPresent()) {
            leave(request, fallback.get()).end();
        } else {
            DeadEnd.GONE.answer(request);
        }
    }

    private static HttpServerResponse leave(HttpServerRequest request, String location) {
        HttpServerResponse response = request.response().setStatusCode(302);
        response.headers()
                .set(HttpHeaders.LOCATION, location)
                .set(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .set(REFERRER_POLICY, REFERRER)
                .set(ROBOTS, NOINDEX)
                .set(HttpHeaders.CONTENT_LENGTH, "0");
        return response;
    }

    private @Nullable Link linkOf(String slug) {
        @Nullable Link exact = slug.isEmpty() ? null : directory.link(slug);
        return exact != null || slug.isEmpty() ? exact : directory.link(slug.toLowerCase(Locale.ROOT));
    }

    private Creator creatorOf(Link link, String spelling) {
        String name = spelling.equals("/") ? "" : spelling;
        if (name.isEmpty()) {
            @Nullable String own = link.ownHandle();
            return own == null ? DIRECT : known(own);
        }
        String handle = name.length() > TrackingPath.MAX_NAME ? "" : name.toLowerCase(Locale.ROOT);
        while (!handle.isEmpty()) {
            @Nullable Creator found = directory.creator(handle);
            char last = handle.charAt(handle.length() - 1);
            if (found != null || (last != '.' && last != '/')) {
                return found == null ? UNKNOWN : found;
            }
            handle = handle.substring(0, handle.length() - 1);
        }
        return UNKNOWN;
    }

    private Creator known(String handle) {
        @Nullable Creator found = directory.creator(handle);
        return found == null ? UNKNOWN : found;
    }

    private static String printable(String handle) {
        String cut = handle.length() > MAX_UNKNOWN_NAME ? handle.substring(0, MAX_UNKNOWN_NAME) : handle;
        String lower = cut.toLowerCase(Locale.ROOT);
        return lower.chars().noneMatch(Character::isISOControl) ? lower : lower.replaceAll("\\p{Cntrl}", "?");
    }
}
