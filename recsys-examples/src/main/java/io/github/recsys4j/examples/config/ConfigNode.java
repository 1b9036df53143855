package io.github.recsys4j.examples.config;

import java.util.List;
import java.util.Map;

/** A piece of a configuration file that remembers where it stands. */
sealed interface ConfigNode {

    /** Tells where it stands, as {@code file:line}. */
    String place();

    /** Describes it for an error message. */
    String describe();

    /** A single value, as written. */
    record Scalar(String text, String place) implements ConfigNode {
        @Override
        public String describe() {
            return "\"" + text + "\"";
        }
    }

    /** Values in an order. */
    record Sequence(List<ConfigNode> nodes, String place) implements ConfigNode {
        public Sequence {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String describe() {
            return "a list";
        }
    }

    /** Named values, in the order of the file. */
    record Mapping(Map<String, ConfigNode> nodes, String place) implements ConfigNode {
        @Override
        public String describe() {
            return "a section with " + nodes.keySet();
        }
    }
}
