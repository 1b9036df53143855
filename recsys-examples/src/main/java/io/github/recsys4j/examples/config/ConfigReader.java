package io.github.recsys4j.examples.config;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.recsys4j.examples.config.ConfigNode.Mapping;
import io.github.recsys4j.examples.config.ConfigNode.Scalar;
import io.github.recsys4j.examples.config.ConfigNode.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a YAML file into nodes that know their lines. One reader per file; not thread-safe. */
final class ConfigReader {
    private final String name;
    private final JsonParser parser;

    private ConfigReader(String name, JsonParser parser) {
        this.name = name;
        this.parser = parser;
    }

    /** Reads a file; an empty one gives an empty mapping. */
    static Mapping read(Path file) {
        String name = file.getFileName() == null
                ? file.toString()
                : file.getFileName().toString();
        try {
            return read(name, Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ConfigException("configuration file " + file + " does not exist: check --config", e);
        } catch (IOException e) {
            throw new ConfigException("configuration file " + file + " cannot be read: " + e, e);
        }
    }

    /** Reads a text; the name stands in messages. */
    static Mapping read(String name, String yaml) {
        try (JsonParser parser =
                new YAMLFactory().createParser(yaml).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)) {
            return new ConfigReader(name, parser).root();
        } catch (JsonParseException e) {
            throw new ConfigException(
                    name + ":" + e.getLocation().getLineNr() + ": " + firstLine(e.getOriginalMessage())
                            + "; correct the YAML",
                    e);
        } catch (IOException e) {
            throw new ConfigException(name + " cannot be read: " + e, e);
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("not YAML");
    }

    private Mapping root() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return new Mapping(Map.of(), name);
        }
        ConfigNode node = node(first);
        if (node instanceof Mapping mapping) {
            return mapping;
        }
        throw new ConfigException(node.place() + ": a configuration must be a list of \"key: value\" lines, got "
                + node.describe() + "; see recsys train --help");
    }

    private ConfigNode node(@Nullable JsonToken token) throws IOException {
        String place = place();
        if (token == JsonToken.START_OBJECT) {
            return mapping(place);
        }
        return token == JsonToken.START_ARRAY ? sequence(place) : new Scalar(scalarText(token), place);
    }

    private String scalarText(@Nullable JsonToken token) throws IOException {
        return token == null || token == JsonToken.VALUE_NULL ? "" : parser.getText();
    }

    private Mapping mapping(String place) throws IOException {
        Map<String, ConfigNode> nodes = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            String keyPlace = place();
            ConfigNode value = node(parser.nextToken());
            nodes.put(key, value instanceof Scalar scalar ? new Scalar(scalar.text(), keyPlace) : value);
        }
        return new Mapping(nodes, place);
    }

    private Sequence sequence(String place) throws IOException {
        List<ConfigNode> nodes = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            nodes.add(node(token));
        }
        return new Sequence(nodes, place);
    }

    private String place() {
        return name + ":" + parser.currentTokenLocation().getLineNr();
    }
}
