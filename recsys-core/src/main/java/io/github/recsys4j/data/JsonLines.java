package io.github.recsys4j.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** Small things that readers of JSON lines share. */
final class JsonLines {
    private JsonLines() {}

    /** The text of a string or number that the parser stands on; empty for null, objects and arrays. */
    static Optional<String> scalar(JsonParser json) throws IOException {
        return json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL
                ? Optional.of(json.getText())
                : Optional.empty();
    }

    /** What Jackson found, without its snippet of the source. */
    static String problem(IOException e) {
        return e instanceof JsonProcessingException json ? json.getOriginalMessage() : String.valueOf(e.getMessage());
    }
}
