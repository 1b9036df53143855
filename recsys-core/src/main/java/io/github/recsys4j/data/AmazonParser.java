package io.github.recsys4j.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Reviews of Amazon Reviews 2023: one JSON object per line, of which four top-level fields are read. */
final class AmazonParser extends RowParser {
    static final String ITEM = "parent_asin";
    private static final List<String> FIELDS = List.of("user_id", ITEM, "timestamp", "rating");
    private static final JsonFactory JSON = new JsonFactory();

    private final TimeParser times;
    private final byte[][] values = new byte[FIELDS.size()][];

    AmazonParser(RowSetup setup, TimeParser times) {
        super(setup, 0);
        this.times = times;
    }

    @Override
    int row(byte[] bytes, int start, int line) throws BadRow {
        int next = nextLine(bytes, start);
        checkLine(next - 1 - start);
        if (!isBlank(bytes, start, next)) {
            readFields(bytes, start, next - 1 - start);
            int user = users.code(values[0], 0, values[0].length);
            int item = items.code(values[1], 0, values[1].length);
            long time = times.millis("timestamp", values[2], 0, values[2].length);
            rows.add(user, item, time, FieldParser.value("rating", values[3], 0, values[3].length));
        }
        return next;
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] != ' ' && bytes[at] != '\t' && bytes[at] != '\r' && bytes[at] != '\n') {
                return false;
            }
        }
        return true;
    }

    private void readFields(byte[] bytes, int start, int length) throws BadRow {
        Arrays.fill(values, new byte[0]);
        try (JsonParser json = JSON.createParser(bytes, start, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new BadRow("the line is not a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                readField(json);
            }
        } catch (IOException e) {
            throw new BadRow("the line is not a JSON object (" + JsonLines.problem(e) + ")");
        }
    }

    private void readField(JsonParser json) throws IOException {
        int field = FIELDS.indexOf(json.currentName());
        JsonToken token = json.nextToken();
        if (field >= 0) {
            values[field] = JsonLines.scalar(json).orElse("").getBytes(StandardCharsets.UTF_8);
        }
        if (token.isStructStart()) {
            json.skipChildren();
        }
    }
}
