package io.influtrace.edge.hostile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One event is one line, whatever somebody put into it. */
final class LogLineTest {

    private static final String FORGING = "a\r\nat=forged\rb\nc\u2028d\u2029e\u0085f\u001b[2Jg";

    @Test
    void neitherAMessageNorAnExceptionForgesALine() throws Exception {
        LoggerContext context = new LoggerContext();
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(pattern());
        layout.start();
        LoggingEvent event = new LoggingEvent(
                "here",
                context.getLogger("here"),
                Level.ERROR,
                "request={}",
                new IllegalStateException(FORGING),
                new Object[] {FORGING});
        String line = layout.doLayout(event);
        assertThat(line).startsWith("at=20").contains("request=a at=forged b c d e f [2Jg", "IllegalStateException");
        assertThat(line.substring(0, line.length() - System.lineSeparator().length()))
                .doesNotContainPattern("[\r\n\u2028\u2029]");
    }

    private static String pattern() throws Exception {
        try (InputStream file = requireNonNull(LogLineTest.class.getResourceAsStream("/logback.xml"))) {
            String xml = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            String pattern = xml.substring(xml.indexOf("<pattern>") + "<pattern>".length(), xml.indexOf("</pattern>"));
            return Pattern.compile("&#x([0-9a-f]+);")
                    .matcher(pattern)
                    .replaceAll(code -> Character.toString(Integer.parseInt(code.group(1), 16)));
        }
    }
}
