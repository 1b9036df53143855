package io.github.recsys4j.examples.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Map;

/** Writes configurations. */
public final class Yaml {
    private static final YAMLMapper MAPPER = new YAMLMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build());

    private Yaml() {}

    /**
     * Writes a configuration that {@link Keys} reads back.
     *
     * @param sections maps, lists, texts, numbers and flags by key
     * @return YAML, in the order of the maps
     */
    public static String write(Map<String, Object> sections) {
        try {
            return MAPPER.writeValueAsString(sections);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a configuration must be made of maps, lists and plain values", e);
        }
    }
}
