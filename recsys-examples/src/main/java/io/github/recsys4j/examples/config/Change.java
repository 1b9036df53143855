package io.github.recsys4j.examples.config;

import com.google.common.base.Splitter;
import io.github.recsys4j.examples.config.ConfigNode.Mapping;
import io.github.recsys4j.examples.config.ConfigNode.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value from the command line that stands in place of the file's.
 *
 * @param key the sections and the key, with dots between, such as {@code training.epochs}
 * @param value as it would be written in the file
 * @param source what messages name instead of file and line, such as {@code --epochs}
 */
public record Change(String key, String value, String source) {
    private static final Splitter DOTS = Splitter.on('.');

    Mapping applyTo(Mapping root) {
        return put(root, DOTS.splitToList(key));
    }

    private Mapping put(Mapping section, List<String> path) {
        Map<String, ConfigNode> nodes = new LinkedHashMap<>(section.nodes());
        String first = path.get(0);
        if (path.size() == 1) {
            nodes.put(first, new Scalar(value, source));
        } else {
            nodes.put(first, put(asSection(nodes.get(first)), path.subList(1, path.size())));
        }
        return new Mapping(nodes, section.place());
    }

    /** A variant that is given by its name alone becomes the section that says the same. */
    private Mapping asSection(@Nullable ConfigNode node) {
        if (node instanceof Mapping mapping) {
            return mapping;
        }
        return node instanceof Scalar scalar && !scalar.text().isEmpty()
                ? new Mapping(Map.of("type", scalar), scalar.place())
                : new Mapping(Map.of(), source);
    }
}
