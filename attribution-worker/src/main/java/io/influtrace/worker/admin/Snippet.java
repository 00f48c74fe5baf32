package io.influtrace.worker.admin;

import io.vertx.core.json.JsonObject;

/** The public snippet, letter by letter as merchants paste it; only the edge and the integration are filled in. */
final class Snippet {

    private static final String TEXT = """
            <script>
              (function(w,d,s,u,i){w.influtrace=w.influtrace||function(){(w.influtrace.q=w.influtrace.q||[]).push(arguments)};\
            w.influtrace.id=i;var f=d.getElementsByTagName(s)[0],j=d.createElement(s);j.async=1;j.src=u;\
            f.parentNode.insertBefore(j,f);})(window,document,'script',\
            'https://EDGE/api/v1/integrations/custom/t.js','INTEGRATION_ID');
            </script>
            """;

    private Snippet() {}

    static String of(String edge, String integration) {
        return TEXT.replace("https://EDGE", edge).replace("INTEGRATION_ID", integration);
    }

    /**
     * The snippet in both forms: following the edge's releases, and pinned to the bytes of one.
     *
     * @param latest hash and integrity of the latest pixel, parted by a space; empty before the first edge has started
     */
    static JsonObject forms(String edge, String integration, String latest) {
        String plain = of(edge, integration);
        JsonObject forms = new JsonObject().put("snippet", plain);
        int space = latest.indexOf(' ');
        if (space > 0) {
            String integrity = latest.substring(space + 1);
            forms.put(
                            "snippetPinned",
                            plain.replace("custom/t.js", "custom/t." + latest.substring(0, space) + ".js")
                                    .replace(
                                            "j.async=1;",
                                            "j.async=1;j.crossOrigin='anonymous';j.integrity='" + integrity + "';"))
                    .put("integrity", integrity);
        }
        return forms;
    }
}
