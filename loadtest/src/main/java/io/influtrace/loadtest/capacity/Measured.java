package io.influtrace.loadtest.capacity;

import io.influtrace.loadtest.process.LoadtestFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What {@code scripts/bench} measured; microseconds of CPU, bytes.
 *
 * @param edgeClick of an edge a click
 * @param redisClick of Redis a click
 * @param clickBytes of Redis a click, all in
 * @param edgeOrder of an edge an order
 * @param redisAccept of Redis an order accepted
 * @param workerOrder of a worker an order
 * @param redisOrder of Redis an order settled, all steps
 * @param orderBytes of Redis an order, all in
 */
record Measured(
        double edgeClick,
        double redisClick,
        double clickBytes,
        double edgeOrder,
        double redisAccept,
        double workerOrder,
        double redisOrder,
        double orderBytes) {

    /** Reads what the bench wrote; a missing figure is named. */
    static Measured read(Path file) throws LoadtestFailure {
        Properties figures = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            figures.load(in);
        } catch (IOException unreadable) {
            throw new LoadtestFailure(file + " cannot be read: scripts/bench all writes it.", unreadable);
        }
        return new Measured(
                figure(figures, "edge.click.cpu.micros"),
                figure(figures, "redis.click.cpu.micros"),
                figure(figures, "redis.click.bytes"),
                figure(figures, "edge.order.cpu.micros"),
                figure(figures, "redis.accept.cpu.micros"),
                figure(figures, "worker.order.cpu.micros"),
                figure(figures, "redis.order.cpu.micros"),
                figure(figures, "redis.order.bytes"));
    }

    private static double figure(Properties figures, String name) throws LoadtestFailure {
        String text = figures.getProperty(name, "");
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException missing) {
            throw new LoadtestFailure("The figures lack " + name + "; scripts/bench all writes it.", missing);
        }
    }
}
