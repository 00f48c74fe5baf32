package io.influtrace.loadtest.bench;

import io.influtrace.protocol.config.IntegrationRecord;
import io.influtrace.protocol.config.LinkRecord;
import io.influtrace.protocol.config.PassQuery;
import io.influtrace.protocol.redis.Keys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import redis.clients.jedis.UnifiedJedis;

/** Links, creators and a store as a worker would publish them, before an edge starts. */
final class EdgeTables {

    static final int LINKS = 100;
    static final int CREATORS = 1_000;
    static final String STORE = "shop";
    static final String ORIGIN = "https://shop.example.com";

    private EdgeTables() {}

    static void publish(UnifiedJedis redis) {
        Map<String, String> links = new HashMap<>();
        for (int link = 0; link < LINKS; link++) {
            LinkRecord record = new LinkRecord(
                    "link-" + link,
                    link + 1,
                    30,
                    ORIGIN + "/product/" + link + "?colour=blue",
                    Optional.empty(),
                    Map.of("utm_source", "influtrace", "utm_medium", "creator"),
                    PassQuery.FILL,
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    List.of(STORE));
            links.put(record.slug(), record.write());
        }
        Map<String, String> creators = new HashMap<>();
        for (int creator = 0; creator < CREATORS; creator++) {
            creators.put("creator" + creator, Integer.toString(creator + 2));
        }
        redis.hset(Keys.EDGE_LINKS, links);
        redis.hset(Keys.EDGE_CREATORS, creators);
        redis.hset(
                Keys.EDGE_INTEGRATIONS,
                STORE,
                new IntegrationRecord(
                                STORE,
                                "custom",
                                Optional.of(ORIGIN),
                                "connected",
                                "full",
                                Optional.empty(),
                                Optional.empty())
                        .write());
    }
}
