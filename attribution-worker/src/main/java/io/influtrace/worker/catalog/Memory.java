package io.influtrace.worker.catalog;

import io.influtrace.protocol.click.Click;
import io.influtrace.protocol.order.CouponCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The whole catalog in memory. Readers on any thread see each thing's timeline whole; writers take turns by
 * {@link CatalogStore}'s lock.
 */
final class Memory implements Catalog {

    private final Map<Kind<?>, NavigableMap<String, Timeline<?>>> things = new ConcurrentHashMap<>();
    private final Map<Integer, String> creatorNumbers = new ConcurrentHashMap<>();
    private final Map<Integer, String> linkNumbers = new ConcurrentHashMap<>();
    private final Map<CouponCode, Set<String>> couponIds = new ConcurrentHashMap<>();
    private final Set<Integer> windows = new ConcurrentSkipListSet<>();
    /** Far more things than are made between a backup and the loss, and room for two thousand restores. */
    static final int RESTORE_GAP = 1_000_000;

    private volatile int nextCreator = Click.FIRST_CREATOR;
    private volatile int nextLink = 1;
    private volatile long version;

    Memory() {
        Kind.ALL.forEach(kind -> things.put(kind, new ConcurrentSkipListMap<>()));
    }

    /** Takes one version; one that is already known changes nothing. */
    <T> void take(Stored<T> stored) {
        Optional<Timeline<T>> known = find(stored.kind(), stored.key());
        int number = known.map(timeline -> timeline.latest().number()).orElse(0);
        if (stored.number() <= number) {
            return;
        }
        Timeline<T> longer = known.map(timeline -> timeline.with(stored.from(), stored.value()))
                .orElseGet(() -> Timeline.of(stored.from(), stored.value()));
        index(stored.value());
        all(stored.kind()).put(stored.key(), longer);
    }

    private <T> void index(T value) {
        if (value instanceof Creator creator) {
            creatorNumbers.put(creator.number(), creator.handle());
            nextCreator = Math.max(nextCreator, creator.number() + 1);
        } else if (value instanceof Link link) {
            linkNumbers.put(link.number(), link.slug());
            nextLink = Math.max(nextLink, link.number() + 1);
        } else if (value instanceof Coupon coupon) {
            couponIds
                    .computeIfAbsent(coupon.code(), code -> new ConcurrentSkipListSet<>())
                    .add(coupon.id());
        } else if (value instanceof Campaign campaign) {
            windows.add(campaign.windowDays());
        }
    }

    void reached(long newVersion) {
        version = newVersion;
    }

    /** Draws no number again that was drawn after a backup was taken and is out there in tokens. */
    void restored(int times) {
        nextCreator = Math.max(nextCreator, times * RESTORE_GAP);
        nextLink = Math.max(nextLink, times * RESTORE_GAP);
    }

    int nextCreator() {
        return nextCreator;
    }

    int nextLink() {
        return nextLink;
    }

    <T> Optional<Timeline<T>> find(Kind<T> kind, String key) {
        return Optional.ofNullable(all(kind).get(key)).map(Memory::<T>typed);
    }

    /** Things whose key comes after {@code after}, in the order of keys. */
    <T> List<Timeline<T>> list(Kind<T> kind, String after, int most) {
        return all(kind).tailMap(after, false).values().stream()
                .limit(most)
                .map(Memory::<T>typed)
                .toList();
    }

    private NavigableMap<String, Timeline<?>> all(Kind<?> kind) {
        NavigableMap<String, Timeline<?>> map = things.get(kind);
        if (map == null) {
            throw new IllegalArgumentException("no kind " + kind);
        }
        return map;
    }

    /** Safe: a kind's map holds that kind's timelines alone. */
    @SuppressWarnings("unchecked")
    private static <T> Timeline<T> typed(Timeline<?> timeline) {
        return (Timeline<T>) timeline;
    }

    @Override
    public Optional<Timeline<Creator>> creator(String handle) {
        return find(Kind.CREATORS, handle);
    }

    @Override
    public Optional<Timeline<Creator>> creator(int number) {
        return Optional.ofNullable(creatorNumbers.get(number)).flatMap(this::creator);
    }

    @Override
    public Optional<Timeline<Campaign>> campaign(String id) {
        return find(Kind.CAMPAIGNS, id);
    }

    @Override
    public Optional<Timeline<Link>> link(String slug) {
        return find(Kind.LINKS, slug);
    }

    @Override
    public Optional<Timeline<Link>> link(int number) {
        return Optional.ofNullable(linkNumbers.get(number)).flatMap(this::link);
    }

    @Override
    public List<Timeline<Coupon>> coupons(CouponCode code) {
        List<Timeline<Coupon>> coupons = new ArrayList<>();
        couponIds
                .getOrDefault(code, Set.of())
                .forEach(id -> find(Kind.COUPONS, id).ifPresent(coupons::add));
        return coupons;
    }

    @Override
    public List<CouponCode> nearest(CouponCode code) {
        return Neighbours.of(code, couponIds::containsKey);
    }

    @Override
    public Optional<Timeline<Integration>> integration(String id) {
        return find(Kind.INTEGRATIONS, id);
    }

    @Override
    public List<Integer> windows() {
        return List.copyOf(windows);
    }

    @Override
    public long version() {
        return version;
    }
}
