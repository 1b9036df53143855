package io.github.recsys4j.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The metadata of Amazon Reviews 2023: one JSON object per item. */
final class AmazonItems {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PLAIN =
            List.of("title", "main_category", "store", "price", "average_rating", "rating_number");
    private static final String IMAGE = "image_url";
    private static final List<String> NAMES = Stream.concat(
                    PLAIN.stream(), Stream.of("categories", "features", "description", IMAGE))
            .toList();

    private final TableCollector table;

    AmazonItems(TableCollector table) {
        this.table = table;
    }

    BadRows read(LineFile file) {
        NAMES.forEach(table::addColumn);
        return file.forEach((number, line) -> take(Texts.decode("line", line, StandardCharsets.UTF_8)));
    }

    private void take(String line) throws BadRow {
        JsonNode item = parse(line);
        List<String> values = new ArrayList<>();
        PLAIN.forEach(name -> values.add(text(item.path(name))));
        values.add(joined(item.path("categories"), "|"));
        values.add(joined(item.path("features"), " "));
        values.add(joined(item.path("description"), " "));
        values.add(image(item.path("images")));
        table.add(text(item.path(AmazonParser.ITEM)), NAMES, values);
    }

    private static JsonNode parse(String line) throws BadRow {
        try {
            JsonNode item = JSON.readTree(line);
            if (item.isObject()) {
                return item;
            }
        } catch (JsonProcessingException e) {
            throw new BadRow("the line is not a JSON object (" + e.getOriginalMessage() + ")");
        }
        throw new BadRow("the line is not a JSON object");
    }

    private static String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? node.asText() : "";
    }

    private static String joined(JsonNode texts, String separator) {
        return texts.isArray()
                ? StreamSupport.stream(texts.spliterator(), false)
                        .map(AmazonItems::text)
                        .collect(Collectors.joining(separator))
                : text(texts);
    }

    /** The address of the first image, in the highest resolution that there is. */
    private static String image(JsonNode images) {
        JsonNode first = Optional.ofNullable(images.get(0)).orElse(MissingNode.getInstance());
        String best = text(first.path("hi_res"));
        return best.isEmpty() ? text(first.path("large")) : best;
    }
}
