package io.influtrace.loadtest.process;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

/** Looks whether ports are free before anything starts that would only find out halfway. */
public final class Ports {

    private Ports() {}

    /**
     * Passes when all are free and different.
     *
     * @param ports by the variable that moves each
     * @throws LoadtestFailure naming the first one in use
     */
    public static void free(Map<String, Integer> ports) throws LoadtestFailure {
        Map<Integer, String> taken = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> port : ports.entrySet()) {
            String other = taken.put(port.getValue(), port.getKey());
            if (other != null) {
                throw new LoadtestFailure(other + " and " + port.getKey() + " are both " + port.getValue() + ".");
            }
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(port.getValue()));
            } catch (IOException inUse) {
                throw new LoadtestFailure(
                        "Port " + port.getValue() + " is in use: stop what holds it, or choose another with "
                                + port.getKey() + "=PORT.",
                        inUse);
            }
        }
    }

    /** A port that nobody uses now. */
    public static int anyFree() throws LoadtestFailure {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new LoadtestFailure("No port is free.", none);
        }
    }
}
