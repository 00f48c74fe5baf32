package io.influtrace.loadtest.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** One kept-alive connection: a request out, its answer in, then it is free again. Confined to the load's thread. */
final class Lane extends SimpleChannelInboundHandler<HttpObject> {

    private final OpenLoop loop;
    private final int place;
    private @Nullable ChannelHandlerContext channel;
    private @Nullable Kind kind;
    private long due;
    private int status;

    /** The lane of that number, which says to which edge it leads. */
    Lane(OpenLoop loop, int place) {
        this.loop = loop;
        this.place = place;
    }

    int place() {
        return place;
    }

    /** Sends; only a free lane may. */
    void send(Kind what, long dueAt, ByteBuf request) {
        ChannelHandlerContext open = channel;
        if (open == null) {
            request.release();
            loop.lost("closed");
            return;
        }
        kind = what;
        due = dueAt;
        status = 0;
        // A failure of the write closes the connection, which is counted there.
        ChannelFuture unused = open.writeAndFlush(request, open.voidPromise());
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context;
        loop.free(this);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part instanceof HttpResponse head) {
            status = head.status().code();
            if (kind == Kind.CLICK) {
                @Nullable String location = head.headers().get(HttpHeaderNames.LOCATION);
                if (location != null) {
                    loop.tokens().keep(location);
                }
            }
        }
        if (part instanceof LastHttpContent) {
            Kind answered = kind;
            kind = null;
            if (answered != null) {
                loop.answered(answered, status, due);
            }
            loop.free(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        channel = null;
        if (kind != null) {
            kind = null;
            loop.lost("closed");
        }
        loop.closed(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        ChannelFuture unused = context.close();
    }
}
