package io.influtrace.loadtest.browser;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.openqa.selenium.MutableCapabilities;
import org.openqa.selenium.SessionNotCreatedException;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.remote.UnreachableBrowserException;

/** WebKitGTK's small browser on a screen of its own, driven by its own driver. */
final class WebKitProcesses {

    static final String DRIVER = "WebKitWebDriver";
    static final String SCREEN = "Xvfb";

    private static final Duration START = Duration.ofSeconds(20);

    private WebKitProcesses() {}

    static Browser start() throws IOException {
        Process screen = quiet(
                        Needed.path(SCREEN).toString(),
                        "-displayfd",
                        "1",
                        "-screen",
                        "0",
                        "1280x1000x24",
                        "-nolisten",
                        "tcp")
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .start();
        String display;
        try (BufferedReader line =
                new BufferedReader(new InputStreamReader(screen.getInputStream(), StandardCharsets.US_ASCII))) {
            display = ":" + line.readLine();
        }
        int port = freePort();
        ProcessBuilder command = quiet(Needed.path(DRIVER).toString(), "--port=" + port);
        command.environment().put("DISPLAY", display);
        command.environment().put("LIBGL_ALWAYS_SOFTWARE", "1");
        command.environment()
                .put("HOME", Files.createTempDirectory("influtrace-webkit").toString());
        Process driver = command.start();
        return new Browser(Engine.WEBKIT, session(port), List.of(driver, screen));
    }

    private static RemoteWebDriver session(int port) throws IOException {
        MutableCapabilities wanted = new MutableCapabilities();
        // The driver knows where its own browser lies.
        wanted.setCapability("browserName", "MiniBrowser");
        RemoteWebDriver[] made = new RemoteWebDriver[1];
        Eventually.holds(
                START,
                () -> {
                    try {
                        made[0] = new RemoteWebDriver(
                                URI.create("http://127.0.0.1:" + port).toURL(), wanted, false);
                        return true;
                    } catch (UnreachableBrowserException | SessionNotCreatedException notYet) {
                        return false;
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                },
                () -> DRIVER + " opened no session on port " + port);
        return made[0];
    }

    private static ProcessBuilder quiet(String... command) {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(new File("/dev/null"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
