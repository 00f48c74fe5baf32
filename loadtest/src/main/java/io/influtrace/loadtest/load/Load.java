package io.influtrace.loadtest.load;

import io.influtrace.loadtest.process.LoadtestFailure;
import io.influtrace.loadtest.process.Web;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** One run of the open-loop load, from the first connection to the last answer. */
public final class Load {

    private Load() {}

    /**
     * Runs a plan on a thread of its own, and waits for its end.
     *
     * @param run begins every order id; letters, digits and hyphens
     * @throws LoadtestFailure where an edge cannot be reached at the start
     */
    public static Tally run(LoadPlan plan, Shop shop, String run) throws LoadtestFailure {
        Mix mix = Mix.parse(plan.mix()).orElseThrow(() -> new LoadtestFailure("No mix: " + plan.mix()));
        String etag = mix.has(Kind.PIXEL_CACHED) ? etag(plan.edges().get(0)) : "";
        Random random = new Random(plan.seed());
        RecentTokens tokens = new RecentTokens();
        Requests requests = new Requests(shop, run, etag, tokens, random);
        boolean epoll = Epoll.isAvailable();
        MultiThreadIoEventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        try {
            Bootstrap bootstrap = new Bootstrap().channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class);
            return new OpenLoop(plan, mix, requests, tokens, random, bootstrap, group.next())
                    .run()
                    .get();
        } catch (ExecutionException unreachable) {
            throw new LoadtestFailure("No edge at " + plan.edges() + ": " + unreachable.getCause(), unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LoadtestFailure("Stopped.", stopped);
        } finally {
            // Its one thread holds nothing any more and ends by itself.
            Future<?> unused = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    private static String etag(InetSocketAddress edge) throws LoadtestFailure {
        URI pixel = URI.create("http://" + edge.getHostString() + ":" + edge.getPort() + "/t.js");
        return Web.header(pixel, "ETag", "Accept-Encoding", "gzip, deflate, br")
                .orElseThrow(() -> new LoadtestFailure("No pixel at " + pixel + "."));
    }
}
