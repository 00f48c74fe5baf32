package io.influtrace.worker.admin;

import io.influtrace.worker.report.Csv;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** An answer that is no refusal. */
record Reply(int status, String type, Buffer body) {

    private static final String JSON = "application/json";
    private static final String CSV = "text/csv; charset=utf-8; header=present";

    static Reply ok(JsonObject body) {
        return new Reply(200, JSON, body.toBuffer());
    }

    static Reply created(JsonObject body) {
        return new Reply(201, JSON, body.toBuffer());
    }

    /** The same, or the list under a name as comma-separated values. */
    static Reply table(int status, JsonObject body, String list, boolean csv) {
        return csv
                ? new Reply(status, CSV, Buffer.buffer(Csv.of(body.getJsonArray(list))))
                : new Reply(status, JSON, body.toBuffer());
    }
}
