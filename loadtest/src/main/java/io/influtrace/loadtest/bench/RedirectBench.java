package io.influtrace.loadtest.bench;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The production redirect (route, class, token, click kept in a real Redis, own metrics) against Vert.x's bare fixed 302,
 * with Netty's and nginx's beside them.
 */
final class RedirectBench implements Bench {

    private static final double BUDGET = 2.0;
    private static final double COMMANDS_BUDGET = 0.1;

    @Override
    public List<Row> measure(Bed bed, Pace pace, Figures figures) throws IOException, LoadtestFailure {
        String script = bed.script("redirect.lua");
        RedisServer redis = bed.redis("everysec");
        EdgeTables.publish(redis.client());
        Side bare = new Side(bed.bare(BareServers.VERTX_302), "", script);
        Side edge = new Side(bed.edge("production redirect", redis.url(), Map.of()), "", script);
        List<Side> sides = new ArrayList<>(List.of(bare, edge, new Side(bed.bare(BareServers.NETTY_302), "", script)));
        nginx(bed).ifPresent(server -> sides.add(new Side(server, "", script)));

        sides.forEach(side -> side.warmUp(pace));
        Series redisMicros = new Series();
        long flushesBefore = redis.calls("evalsha");
        for (int round = 0; round < pace.rounds(); round++) {
            double before = redis.cpuSeconds();
            long earlier = edge.requests();
            sides.forEach(side -> side.measure(pace.seconds()));
            redisMicros.add((redis.cpuSeconds() - before) * 1e6 / (edge.requests() - earlier));
        }
        double commands = (double) (redis.calls("evalsha") - flushesBefore) / edge.requests();

        List<Row> rows = new ArrayList<>();
        sides.forEach(side -> rows.addAll(side.rows()));
        rows.add(Row.seen("Redis, CPU µs a click", redisMicros.words("%.2f")));
        rows.add(Row.atMost("commands to Redis a click", commands, "%.3f", COMMANDS_BUDGET));
        rows.add(Row.atMost("production in bare Vert.x, CPU ratio", edge.costIn(bare), "%.2f", BUDGET));
        figures.note("edge.click.cpu.micros", edge.cpu().median());
        figures.note("redis.click.cpu.micros", redisMicros.median());
        return rows;
    }

    private static Optional<Server> nginx(Bed bed) throws IOException, LoadtestFailure {
        if (!Tool.isInstalled("nginx")) {
            return Optional.empty();
        }
        int port = Ports.anyFree();
        Path folder = bed.fresh("nginx");
        Path settings = folder.resolve("nginx.conf");
        Files.writeString(settings, """
                daemon off; master_process off; worker_processes 1;
                pid %1$s/pid; error_log %1$s/error;
                events { worker_connections 1024; }
                http {
                  access_log off; keepalive_requests 1000000000;
                  client_body_temp_path %1$s; proxy_temp_path %1$s; fastcgi_temp_path %1$s;
                  uwsgi_temp_path %1$s; scgi_temp_path %1$s;
                  server { listen 127.0.0.1:%2$d; return 302 https://shop.example.com/product?ref=ava; }
                }
                """.formatted(folder, port));
        return Optional.of(
                bed.program("nginx 302", port, List.of("nginx", "-p", folder.toString(), "-c", settings.toString())));
    }
}
