package io.influtrace.loadtest.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an answer costs at the least: one event loop that gives one fixed answer to everything. */
public final class BareServers {

    static final String VERTX_302 = "bare Vert.x 302";
    static final String NETTY_302 = "bare Netty 302";
    static final String VERTX_FILE = "bare Vert.x file";

    private static final String TARGET = "https://shop.example.com/product?ref=ava";

    private BareServers() {}

    /**
     * Serves until it is killed.
     *
     * @param arguments the kind, the port, and for a file its path
     */
    public static void run(String... arguments) throws IOException {
        int port = Integer.parseInt(arguments[1]);
        switch (arguments[0]) {
            case VERTX_302 -> vertx(port, redirect());
            case VERTX_FILE -> vertx(port, file(Buffer.buffer(Files.readAllBytes(Path.of(arguments[2])))));
            case NETTY_302 -> netty(port);
            default -> throw new BenchFailure("No bare server: " + arguments[0]);
        }
    }

    private static Handler<HttpServerRequest> redirect() {
        CharSequence location = HttpHeaders.createOptimized(TARGET);
        CharSequence nothing = HttpHeaders.createOptimized("0");
        return request -> {
            request.response()
                    .setStatusCode(302)
                    .putHeader(HttpHeaders.LOCATION, location)
                    .putHeader(HttpHeaders.CONTENT_LENGTH, nothing);
            request.response().end();
        };
    }

    private static Handler<HttpServerRequest> file(Buffer bytes) {
        CharSequence type = HttpHeaders.createOptimized("text/javascript; charset=utf-8");
        CharSequence gzip = HttpHeaders.createOptimized("gzip");
        return request -> {
            request.response().putHeader(HttpHeaders.CONTENT_TYPE, type).putHeader(HttpHeaders.CONTENT_ENCODING, gzip);
            request.response().end(bytes);
        };
    }

    private static void vertx(int port, Handler<HttpServerRequest> handler) {
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1))
                .build();
        vertx.createHttpServer(new HttpServerOptions().setPort(port))
                .requestHandler(handler)
                .listen()
                .onFailure(BareServers::fail);
    }

    private static void netty(int port) {
        ChannelFuture bound = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
                .channel(EpollServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(), new Redirecting());
                    }
                })
                .bind(port);
        bound.addListener(done -> {
            if (!done.isSuccess()) {
                fail(done.cause());
            }
        });
    }

    private static final class Redirecting extends SimpleChannelInboundHandler<HttpObject> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (part instanceof LastHttpContent) {
                FullHttpResponse response = new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.FOUND, Unpooled.EMPTY_BUFFER);
                response.headers().set(HttpHeaderNames.LOCATION, TARGET).set(HttpHeaderNames.CONTENT_LENGTH, "0");
                // A connection that cannot be written to closes by itself.
                ChannelFuture unused = context.writeAndFlush(response);
            }
        }
    }

    private static void fail(Throwable failure) {
        System.err.println(failure.getMessage());
        System.exit(1);
    }
}
