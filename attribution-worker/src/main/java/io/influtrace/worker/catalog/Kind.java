package io.influtrace.worker.catalog;

import java.util.List;
import java.util.function.Function;

/**
 * One kind of configured thing: how it is called, told apart, written and read.
 *
 * @param word the word in keys and change entries
 * @param key what tells two of a kind apart, for ever
 */
public record Kind<T>(
        String word, Function<T, String> key, Function<T, JsonFields> write, Function<JsonFields, T> read) {

    public static final Kind<Creator> CREATORS =
            new Kind<>("creator", Creator::handle, CatalogJson::write, CatalogJson::creator);
    public static final Kind<Campaign> CAMPAIGNS =
            new Kind<>("campaign", Campaign::id, CatalogJson::write, CatalogJson::campaign);
    public static final Kind<Link> LINKS = new Kind<>("link", Link::slug, CatalogJson::write, CatalogJson::link);
    public static final Kind<Coupon> COUPONS =
            new Kind<>("coupon", Coupon::id, CatalogJson::write, CatalogJson::coupon);
    public static final Kind<Integration> INTEGRATIONS =
            new Kind<>("integration", Integration::id, CatalogJson::write, CatalogJson::integration);

    /** Every kind, in the order in which one refers to another. */
    static final List<Kind<?>> ALL = List.of(CREATORS, CAMPAIGNS, INTEGRATIONS, LINKS, COUPONS);

    /** The kind of a word; anything unknown is an {@link IllegalArgumentException}. */
    static Kind<?> ofWord(String word) {
        return ALL.stream()
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind '" + word + "' is configured"));
    }

    /** Hash of every version, field = {@link Stored#field()}. */
    String versionsKey() {
        return "{cfg}v:" + word;
    }

    @Override
    public String toString() {
        return word;
    }
}
