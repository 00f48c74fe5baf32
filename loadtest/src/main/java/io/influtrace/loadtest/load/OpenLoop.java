package io.influtrace.loadtest.load;

import com.sun.management.OperatingSystemMXBean;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.concurrent.ScheduledFuture;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Sends requests when they are due, by a Poisson process, whatever the edge does: what is due while every connection is
 * busy waits, and its latency counts from the moment it was due. All of it on one thread.
 */
final class OpenLoop {

    /** Requests that may wait for a connection; beyond it they are counted as unsent, so that memory has a bound. */
    private static final int MAX_WAITING = 200_000;

    /** How long the last answers are waited for. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private static final long RECONNECT_MS = 100;
    private static final int CONNECT_MS = 5_000;

    private final LoadPlan plan;
    private final Mix mix;
    private final Requests requests;
    private final RecentTokens tokens;
    private final RandomGenerator random;
    private final Bootstrap bootstrap;
    private final EventLoop thread;
    private final Tally tally = new Tally();
    private final ArrayDeque<Lane> idle = new ArrayDeque<>();
    private final ArrayDeque<Due> waiting = new ArrayDeque<>();
    private final CompletableFuture<Tally> done = new CompletableFuture<>();
    private long next;
    private long recordFrom;
    private long end;
    private long inFlight;
    private int opened;
    private boolean running;
    private double cpuBefore;

    private record Due(Kind kind, long at) {}

    OpenLoop(
            LoadPlan plan,
            Mix mix,
            Requests requests,
            RecentTokens tokens,
            RandomGenerator random,
            Bootstrap bootstrap,
            EventLoop thread) {
        this.plan = plan;
        this.mix = mix;
        this.requests = requests;
        this.tokens = tokens;
        this.random = random;
        this.thread = thread;
        this.bootstrap = bootstrap
                .group(thread)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS);
    }

    /** Opens every connection, then begins; completes when the time is over and the last answer is in or given up. */
    CompletableFuture<Tally> run() {
        thread.execute(() -> {
            for (int lane = 0; lane < plan.connections(); lane++) {
                connect(lane);
            }
        });
        return done;
    }

    RecentTokens tokens() {
        return tokens;
    }

    void free(Lane lane) {
        Due first = waiting.poll();
        if (first != null) {
            send(lane, first);
        } else {
            idle.push(lane);
        }
        if (!running && ++opened == plan.connections()) {
            begin();
        }
    }

    void answered(Kind kind, int status, long due) {
        inFlight--;
        tally.answered(kind, status, System.nanoTime() - due, due >= recordFrom);
    }

    void lost(String reason) {
        inFlight--;
        tally.lost(reason);
    }

    void closed(Lane lane) {
        idle.remove(lane);
        if (!done.isDone()) {
            later(() -> connect(lane.place()), RECONNECT_MS, TimeUnit.MILLISECONDS);
        }
    }

    private void connect(int place) {
        Lane lane = new Lane(this, place);
        bootstrap
                .clone()
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new HttpResponseDecoder(), lane);
                    }
                })
                .connect(plan.edges().get(place % plan.edges().size()))
                .addListener(connected -> {
                    if (!connected.isSuccess() && !running) {
                        done.completeExceptionally(connected.cause());
                    } else if (!connected.isSuccess()) {
                        closed(lane);
                    }
                });
    }

    private void begin() {
        running = true;
        long now = System.nanoTime();
        next = now + gap();
        recordFrom = now + plan.warmUp().toNanos();
        end = now + plan.time().toNanos();
        cpuBefore = cpuMicros();
        turn();
    }

    private void turn() {
        long now = System.nanoTime();
        while (next <= now && next < end) {
            arrive(new Due(mix.pick(random), next));
            next += gap();
        }
        if (next < end) {
            later(this::turn, Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS);
        } else {
            tally.cpu(cpuMicros() - cpuBefore);
            finish();
        }
    }

    private void arrive(Due due) {
        Lane lane = idle.poll();
        if (lane != null) {
            inFlight++;
            send(lane, due);
        } else if (waiting.size() < MAX_WAITING) {
            inFlight++;
            waiting.add(due);
        } else {
            tally.lost("unsent");
        }
    }

    private void send(Lane lane, Due due) {
        tally.sent();
        lane.send(due.kind, due.at, requests.next(due.kind));
    }

    private void finish() {
        if (inFlight == 0 || System.nanoTime() - end > PATIENCE) {
            for (long i = 0; i < inFlight; i++) {
                tally.lost("unanswered");
            }
            done.complete(tally);
        } else {
            later(this::finish, 1, TimeUnit.MILLISECONDS);
        }
    }

    private void later(Runnable step, long delay, TimeUnit unit) {
        // Nothing of this load ends before it; the thread goes with the run.
        ScheduledFuture<?> unused = thread.schedule(step, delay, unit);
    }

    private long gap() {
        return (long) (random.nextExponential() * 1e9 / plan.rate());
    }

    private static double cpuMicros() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e3;
    }
}
