package io.influtrace.worker.intake;

import io.influtrace.protocol.order.Report;
import io.influtrace.protocol.order.ReportFields;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One entry of a report stream as it came.
 *
 * @param id the stream's id
 */
record Entry(String id, Map<String, byte[]> fields) {

    /** An entry that is no report of ours; {@link #reason} is the dead letter's. */
    static final class Poison extends Exception {
        private static final long serialVersionUID = 1;

        final String reason;

        Poison(String reason) {
            super(reason);
            this.reason = reason;
        }
    }

    /** The report, read strictly. */
    Report report() throws Poison {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> field : fields.entrySet()) {
            try {
                texts.put(
                        field.getKey(),
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(field.getValue()))
                                .toString());
            } catch (CharacterCodingException notText) {
                throw new Poison("bad_utf8");
            }
        }
        try {
            return ReportFields.read(texts);
        } catch (ReportFields.Malformed malformed) {
            throw new Poison(malformed.reason);
        } catch (IllegalArgumentException bad) {
            throw new Poison("bad_field");
        }
    }
}
