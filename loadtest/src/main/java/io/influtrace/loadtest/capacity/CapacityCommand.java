package io.influtrace.loadtest.capacity;

import io.influtrace.loadtest.options.Options;
import io.influtrace.loadtest.process.LoadtestFailure;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/** {@code capacity}: the bill of a day, and the simulation of what is uneven and of what goes wrong in it. */
public final class CapacityCommand {

    private static final double GIB = 1L << 30;
    private static final int SAMPLED_ORDERS = 1_000_000;

    private CapacityCommand() {}

    /** Prints both. */
    public static void run(Options options, PrintStream out) throws LoadtestFailure {
        double clicks = options.number("clicks", 1e9, 1, 1e13, "clicks of the day");
        double orders = options.number("orders", 1e7, 1, 1e12, "orders of the day");
        double flash = options.number("flash", 100, 1, 10_000, "times the mean, in the minute of a flash sale");
        int window = options.count("window", 30, 1, 365, "days of the campaigns' window");
        int retention = options.count("retention", 400, 374, 3_650, "days for which swept clicks are kept");
        double busy = options.number("busy", 60, 1, 100, "percent of a core that is planned with");
        double shard = options.number("shard-gib", 64, 0.1, 4_096, "GiB of one Redis master");
        int partitions = options.count("partitions", 16, 1, 256, "partitions of the deployment");
        double top = options.number("top", 33.3, 0, 100, "percent of the clicks that are one creator's");
        int outage = options.count("outage", 60, 1, 1_440, "minutes for which every worker is down");
        String file = options.text("figures", "loadtest/target/figures.properties", "what scripts/bench measured");
        options.finish();

        Measured measured = Measured.read(Path.of(file));
        Day day = new Day(clicks, orders, flash, window, retention, busy / 100, shard * GIB);
        Bill bill = new Bill(measured, day);
        bill(bill, out);
        simulation(bill, partitions, top, outage * 60, out);
    }

    private static void bill(Bill bill, PrintStream out) {
        Day day = bill.day();
        line(
                out,
                "A day of %,.0f clicks and %,.0f orders, cores planned at %.0f %%",
                day.clicks(),
                day.orders(),
                100 * day.busy());
        line(out, "%-34s %14s %14s", "", "at the mean", "flash x " + (long) day.flash());
        row(out, "clicks/s", "%,14.0f", day.clicksPerSecond(), day.flash() * day.clicksPerSecond());
        row(out, "orders/s", "%,14.0f", day.ordersPerSecond(), day.flash() * day.ordersPerSecond());
        row(out, "edges, cores", "%,14.1f", bill.edgeCores(1), bill.edgeCores(day.flash()));
        row(out, "Redis, cores", "%,14.1f", bill.redisCores(1), bill.redisCores(day.flash()));
        row(out, "workers, cores", "%,14.1f", bill.workerCores(1), bill.workerCores(day.flash()));
        line(out, "");
        line(out, "Redis memory");
        line(
                out,
                "  clicks that an order may name (%d days and 8 of grace)   %,12.1f GiB",
                day.windowDays(),
                bill.pendingBytes() / GIB);
        line(
                out,
                "  clicks of the whole log (%d days)                       %,12.1f GiB",
                day.retentionDays(),
                bill.clickBytes() / GIB);
        line(
                out,
                "  orders of a year                                         %,12.1f GiB",
                bill.orderBytesPerYear() / GIB);
        line(
                out,
                "  masters of %.0f GiB, after a year and for the flash sale    %,10.0f",
                day.shardBytes() / GIB,
                bill.shards(day.flash()));
        line(out, "");
    }

    private static void simulation(Bill bill, int partitions, double top, int outage, PrintStream out) {
        Day day = bill.day();
        Random random = new Random(42);
        int writers = (int) Math.max(1, Math.ceil(bill.edgeCores(1)));
        double minute = 60 * day.clicksPerSecond();
        line(
                out,
                "Simulated: %d partitions, %d edge loops, one creator with %.1f %% of the clicks",
                partitions,
                writers,
                top);
        line(
                out,
                "  clicks, fullest partition in the mean, of a minute       %12.2f",
                Partitioning.clickSkew(partitions, writers, (long) minute, random));
        line(
                out,
                "  the same of a day                                        %12.2f",
                Partitioning.clickSkew(partitions, writers, (long) day.clicks(), random));
        line(out, "    (the writer chooses the partition, so the creator's share does not show)");
        line(
                out,
                "  her own counters, writes/s in one partition              %12.0f",
                day.clicksPerSecond() * top / 100 / partitions);
        line(
                out,
                "  orders, fullest partition in the mean, of a million      %12.2f",
                Partitioning.orderSkew(partitions, SAMPLED_ORDERS));
        for (int masters : new int[] {3, 6, 12}) {
            line(
                    out,
                    "  partitions, fullest of %2d masters in the mean            %12.2f",
                    masters,
                    Partitioning.masterSkew(partitions, masters));
        }
        line(out, "");
        line(out, "Simulated: orders that wait           %12s %14s %16s", "most", "oldest, s", "caught up, s");
        for (int times : new int[] {2, 3, 5}) {
            double capacity = times * day.ordersPerSecond();
            double cores = bill.workerCores(times) * day.busy();
            waiting(
                    out,
                    "flash sale",
                    times,
                    cores,
                    CatchUp.after(day.ordersPerSecond(), day.flash(), 0, capacity, random));
            waiting(
                    out,
                    "workers down " + outage / 60 + " min",
                    times,
                    cores,
                    CatchUp.after(day.ordersPerSecond(), 1, outage, capacity, random));
        }
    }

    private static void waiting(PrintStream out, String what, int times, double cores, CatchUp result) {
        line(
                out,
                "  %-22s %d x mean (%.1f cores) %,9d %,14d %16s",
                what,
                times,
                cores,
                result.mostWaiting(),
                result.oldestSeconds(),
                result.caughtUp() ? String.format(Locale.ROOT, "%,d", result.secondsBehind()) : "never");
    }

    private static void row(PrintStream out, String what, String format, double mean, double flash) {
        line(out, "%-34s " + format + " " + format, what, mean, flash);
    }

    private static void line(PrintStream out, String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
