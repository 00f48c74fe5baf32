package io.influtrace.worker.ops;

import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.micrometer.core.instrument.Timer;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How long Redis takes, as its clients see it; reads that wait for news on purpose are left out. */
final class RoundTrips implements CommandLatencyRecorder {

    private static final Set<ProtocolKeyword> WAITING = Set.of(CommandType.XREAD, CommandType.XREADGROUP);

    private final Timer timer;

    RoundTrips(Timer timer) {
        this.timer = timer;
    }

    @Override
    public void recordCommandLatency(
            SocketAddress local, SocketAddress remote, ProtocolKeyword command, long firstAnswer, long completion) {
        if (!WAITING.contains(command)) {
            timer.record(completion, TimeUnit.NANOSECONDS);
        }
    }
}
