package io.influtrace.loadtest.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.openqa.selenium.NoSuchFrameException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.remote.RemoteWebDriver;

/** One real browser, driven as a person would: by addresses, clicks, and a look at what the page holds. */
public final class Browser implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final String ABORTED = "aborted by navigation";

    private final Engine engine;
    private final RemoteWebDriver driver;
    private final List<Process> processes;

    /** A browser whose processes end with it, first to last. */
    Browser(Engine engine, RemoteWebDriver driver, List<Process> processes) {
        this.engine = engine;
        this.driver = driver;
        this.processes = processes;
    }

    public Engine engine() {
        return engine;
    }

    public RemoteWebDriver driver() {
        return driver;
    }

    public Browser open(String url) {
        driver.get(url);
        return this;
    }

    /** Leaves the last test's page, and forgets every cookie; what storage keeps belongs to that test's own port. */
    Browser fresh() {
        driver.manage().deleteAllCookies();
        driver.get("about:blank");
        return this;
    }

    /** The value of a JavaScript expression on the page. */
    public Object value(String expression) {
        return driver.executeScript("return " + expression);
    }

    public Browser run(String script) {
        driver.executeScript(script);
        return this;
    }

    /** Waits until an expression is true on the page, or on the one that this page is just giving way to. */
    public Browser await(String expression) {
        Eventually.holds(
                DEADLINE, () -> holdsNow("!!(" + expression + ")"), () -> expression + " on " + driver.getCurrentUrl());
        return this;
    }

    /** False too while one page unloads for the next: WebKit then calls its frame gone, Chromium its script aborted. */
    private boolean holdsNow(String expression) {
        try {
            return Boolean.TRUE.equals(value(expression));
        } catch (NoSuchFrameException unloading) {
            return false;
        } catch (WebDriverException failed) {
            if (String.valueOf(failed.getRawMessage()).contains(ABORTED)) {
                return false;
            }
            throw failed;
        }
    }

    /** Keeps a picture of the page in the folder that {@code -Dpictures} names, if it names one. */
    public Browser picture(String name) {
        String folder = System.getProperty("pictures", "");
        if (!folder.isEmpty()) {
            try {
                Path file = Path.of(folder, engine + "-" + name + ".png");
                Files.createDirectories(file.getParent());
                Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    /** What the pages collected in {@code errors}. */
    @SuppressWarnings("unchecked")
    public List<String> errors() {
        return (List<String>) value("window.errors || []");
    }

    @Override
    public void close() {
        driver.quit();
        processes.forEach(Process::destroy);
    }
}
