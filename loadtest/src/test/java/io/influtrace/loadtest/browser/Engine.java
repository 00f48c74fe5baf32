package io.influtrace.loadtest.browser;

import java.nio.file.Files;
import java.util.List;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** The browser engines that shoppers come with, as far as this machine has them. */
public enum Engine {
    CHROMIUM {
        @Override
        List<String> programs() {
            return List.of("chromium", "chromedriver");
        }

        @Override
        Browser start() throws Exception {
            ChromeOptions options = new ChromeOptions()
                    .setBinary(Needed.path("chromium").toFile())
                    .addArguments(
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--disable-dev-shm-usage",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--window-size=1200,900",
                            "--user-data-dir=" + Files.createTempDirectory("influtrace-chromium"));
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(Needed.path("chromedriver").toFile())
                    .usingAnyFreePort()
                    .build();
            return new Browser(this, new ChromeDriver(service, options), List.of());
        }
    },

    WEBKIT {
        @Override
        List<String> programs() {
            return List.of(WebKitProcesses.DRIVER, WebKitProcesses.SCREEN);
        }

        @Override
        Browser start() throws Exception {
            return WebKitProcesses.start();
        }
    };

    /** What must be on the machine. */
    abstract List<String> programs();

    abstract Browser start() throws Exception;
}
