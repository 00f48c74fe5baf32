package io.influtrace.worker.admin;

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
}
