package io.github.recsys4j.examples.cli;

import io.github.recsys4j.eval.search.Parameter;
import io.github.recsys4j.eval.search.SearchSpace;
import io.github.recsys4j.examples.config.Keys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The keys {@code space} and {@code forbid} of the section {@code search}: which keys of the configuration are tried,
 * and which combinations are not. Not thread-safe.
 */
final class SpaceConfig {
    private final List<Dimension> dimensions = new ArrayList<>();
    private final List<Map<String, String>> forbidden = new ArrayList<>();

    /** A key and what is tried: values in a list, or numbers from low to high. */
    private static final class Dimension {
        private final String key;
        private List<String> values = List.of();
        private OptionalDouble low = OptionalDouble.empty();
        private OptionalDouble high = OptionalDouble.empty();
        private boolean log;
        private boolean whole;
        private final Map<String, List<String>> when = new LinkedHashMap<>();

        Dimension(String key) {
            this.key = key;
        }

        void read(Keys keys) {
            keys.texts("values", value -> values = value);
            keys.number("low", value -> low = OptionalDouble.of(value));
            keys.number("high", value -> high = OptionalDouble.of(value));
            keys.choice("scale", Map.of("linear", false, "log", true), value -> log = value);
            keys.flag("whole", value -> whole = value);
            keys.section(
                    "when", inner -> inner.names().forEach(name -> inner.texts(name, value -> when.put(name, value))));
        }

        Parameter parameter() {
            Parameter parameter = values.isEmpty() ? range() : Parameter.choice(key, values.toArray());
            for (Map.Entry<String, List<String>> condition : when.entrySet()) {
                parameter =
                        parameter.when(condition.getKey(), condition.getValue().toArray());
            }
            return parameter;
        }

        private Parameter range() {
            if (low.isEmpty() || high.isEmpty()) {
                throw new IllegalArgumentException(
                        "\"" + key
                                + "\" must be a list of values, or have low and high, such as {low: 0.001, high: 0.1, scale: log}");
            }
            double from = low.getAsDouble();
            double to = high.getAsDouble();
            if (whole) {
                return log
                        ? Parameter.logInteger(key, integer(from), integer(to))
                        : Parameter.integer(key, integer(from), integer(to));
            }
            return log ? Parameter.logNumber(key, from, to) : Parameter.number(key, from, to);
        }

        private int integer(double value) {
            if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("\"" + key + "\" must have whole bounds, got " + value);
            }
            return (int) value;
        }

        Object toPlain() {
            if (!values.isEmpty() && when.isEmpty()) {
                return values;
            }
            Map<String, Object> map = new LinkedHashMap<>();
            if (values.isEmpty()) {
                map.put("low", low.orElseThrow());
                map.put("high", high.orElseThrow());
                map.put("scale", log ? "log" : "linear");
                map.put("whole", whole);
            } else {
                map.put("values", values);
            }
            if (!when.isEmpty()) {
                map.put("when", when);
            }
            return map;
        }
    }

    void read(Keys keys) {
        keys.section("space", inner -> {
            inner.names().forEach(name -> dimensions.add(dimension(name, inner)));
            space();
        });
        keys.sections("forbid", inner -> {
            Map<String, String> combination = new LinkedHashMap<>();
            inner.names().forEach(name -> inner.text(name, value -> combination.put(name, value)));
            forbidden.add(combination);
        });
    }

    private static Dimension dimension(String name, Keys keys) {
        Dimension dimension = new Dimension(name);
        if (keys.isSection(name)) {
            keys.section(name, dimension::read);
        } else {
            keys.texts(name, value -> dimension.values = value);
        }
        return dimension;
    }

    private SearchSpace space() {
        return SearchSpace.of(dimensions.stream().map(Dimension::parameter).toList());
    }

    /** The space, or the standard one where none is given, without what is forbidden. */
    SearchSpace space(SearchSpace standard) {
        SearchSpace space = dimensions.isEmpty() ? standard : space();
        for (Map<String, String> combination : forbidden) {
            space = space.forbidding(combination);
        }
        return space;
    }

    boolean isEmpty() {
        return dimensions.isEmpty();
    }

    void putInto(Map<String, Object> map) {
        if (!dimensions.isEmpty()) {
            Map<String, Object> space = new LinkedHashMap<>();
            dimensions.forEach(dimension -> space.put(dimension.key, dimension.toPlain()));
            map.put("space", space);
        }
        if (!forbidden.isEmpty()) {
            map.put("forbid", forbidden);
        }
    }
}
