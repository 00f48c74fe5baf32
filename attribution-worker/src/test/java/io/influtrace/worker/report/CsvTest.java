package io.influtrace.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 4180, and no cell that a spreadsheet runs. */
final class CsvTest {

    private static String cell(Object value) {
        String csv = Csv.of(new JsonArray().add(new JsonObject().put("a", value)));
        return csv.substring("a\r\n".length(), csv.length() - 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "plain|plain",
                "a,b|\"a,b\"",
                "say \"so\"|\"say \"\"so\"\"\"",
                "-0.05|-0.05",
                "12|12",
                "=1+2|'=1+2",
                "+44|'+44",
                "-1+cmd|'-1+cmd",
                "@SUM(A1)|'@SUM(A1)",
                "\uFF1D1|'\uFF1D1",
                "a=b|a=b",
            })
    void aCellIsSpeltSoThatItIsReadBack(String text, String spelt) {
        assertThat(cell(text)).isEqualTo(spelt);
    }

    @Test
    void linesTabsAndBlanksAtTheEdgesAreQuotedAndFormulasBehindThemDefused() {
        assertThat(cell("a\r\nb")).isEqualTo("\"a\r\nb\"");
        assertThat(cell(" a")).isEqualTo("\" a\"");
        assertThat(cell("\t=1")).isEqualTo("'\t=1");
        assertThat(cell("\n@x")).isEqualTo("\"'\n@x\"");
    }

    @Test
    void innerObjectsAreColumnsListsOneCellAndWhatARowLacksEmpty() {
        JsonArray rows = new JsonArray()
                .add(new JsonObject("{\"a\":{\"b\":1,\"c\":\"x\"},\"l\":[\"p\",\"q\"]}"))
                .add(new JsonObject("{\"d\":null,\"l\":[],\"e\":true}"));
        assertThat(Csv.of(rows)).isEqualTo("a.b,a.c,l,e\r\n1,x,p q,\r\n,,,true\r\n");
        assertThat(Csv.of(new JsonArray())).isEmpty();
    }
}
