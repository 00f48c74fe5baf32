package io.influtrace.worker.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is configured, remembered as a list of whole worlds with the instant from which each holds. */
final class World {

    private record Since(long at, Map<String, Object> world) {}

    private final List<Since> worlds = new ArrayList<>();

    World(Map<String, Object> overrides) {
        worlds.add(new Since(Long.MIN_VALUE, Node.merged(standard(), overrides)));
    }

    void change(long at, Map<String, Object> changes) {
        worlds.add(new Since(at, Node.merged(worlds.get(worlds.size() - 1).world, changes)));
    }

    /** The thing of a kind and a name at an instant. */
    Optional<Node> thing(String kind, String name, long at) {
        Node things = things(at(at), kind);
        return things.fields().containsKey(name) ? Optional.of(things.map(name)) : Optional.empty();
    }

    List<String> names(String kind, long at) {
        return new ArrayList<>(things(at(at), kind).fields().keySet());
    }

    /** Whether a thing of that name ever was, at any time. */
    boolean ever(String kind, String name) {
        return worlds.stream()
                .anyMatch(since -> things(since.world, kind).fields().containsKey(name));
    }

    private static Node things(Map<String, Object> world, String kind) {
        return Node.of(world.getOrDefault(kind, Map.of()));
    }

    private Map<String, Object> at(long instant) {
        Map<String, Object> found = worlds.get(0).world;
        for (Since since : worlds) {
            found = since.at <= instant ? since.world : found;
        }
        return found;
    }

    static Map<String, Object> standard() {
        Map<String, Object> world = new LinkedHashMap<>();
        world.put(
                "creators",
                Map.of("ava", Map.of("email", "ava@mail.example"), "ben", Map.of(), "cleo", Map.of(), "dan", Map.of()));
        world.put(
                "campaigns",
                Map.of(
                        "main",
                        Map.of(
                                "model",
                                "last_click",
                                "windowDays",
                                30,
                                "holdDays",
                                30,
                                "commission",
                                Map.of("type", "percent", "value", "10"))));
        world.put("integrations", Map.of("shop", store("shop"), "other", store("other")));
        world.put(
                "links",
                Map.of(
                        "spring", link("shop"),
                        "summer", link("shop"),
                        "silent", link(),
                        "elsewhere", link("other")));
        world.put("coupons", Map.of("AVA10", coupon("ava"), "BEN10", coupon("ben")));
        return world;
    }

    private static Map<String, Object> store(String name) {
        return Map.of("type", "custom", "origin", "https://" + name + ".example.com", "status", "connected");
    }

    private static Map<String, Object> link(String... stores) {
        return Map.of("campaign", "main", "integrations", List.of(stores));
    }

    private static Map<String, Object> coupon(String creator) {
        return Map.of("creator", creator, "link", "spring", "integrations", List.of("shop"));
    }

    /** Whether a link or a coupon is in force at an instant. */
    static boolean active(Node thing, long at) {
        return !thing.text("retired").orElse("false").equals("true")
                && (!thing.has("activeFrom") || thing.instant("activeFrom") <= at)
                && (!thing.has("activeUntil") || at < thing.instant("activeUntil"));
    }

    /** What names the orders that an integration reports: its store, where it says so. */
    String scope(String integration) {
        return thing("integrations", integration, Long.MAX_VALUE)
                .flatMap(found -> found.text("store"))
                .orElse(integration);
    }

    /** The stores that a link or a coupon is enabled for. */
    static Set<String> stores(Optional<Node> thing) {
        return new TreeSet<>(thing.map(found -> found.list("integrations")).orElse(List.of()));
    }
}
