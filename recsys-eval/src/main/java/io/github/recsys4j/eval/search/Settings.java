package io.github.recsys4j.eval.search;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.data.NearestName;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A point of a {@link SearchSpace}: a value for each parameter that is there.
 *
 * <p>Thread-safety: immutable.
 */
public final class Settings {
    private final Map<String, Object> values;

    private Settings(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * Settings from plain values.
     *
     * @param values whole numbers, other numbers, and texts by name; booleans become texts
     * @return the settings
     * @throws IllegalArgumentException if a value is none of these
     */
    public static Settings of(Map<String, ?> values) {
        Map<String, Object> plain = new LinkedHashMap<>();
        values.forEach((name, value) -> plain.put(name, plain(name, value)));
        return new Settings(plain);
    }

    private static Object plain(String name, Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        checkArgument(
                value instanceof String || value instanceof Boolean,
                "setting \"%s\" must be a finite number, a text or a boolean, got %s",
                name,
                value);
        return value.toString();
    }

    /** {@return the names that are there, in the order of the space} */
    public Set<String> names() {
        return values.keySet();
    }

    /**
     * {@return whether the parameter is there}
     *
     * @param name a parameter
     */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * {@return the value of a number, whole or not, or of a choice that reads as one}
     *
     * @param name a parameter that is there
     * @throws IllegalArgumentException if it is not there, or is no number
     */
    public double number(String name) {
        Object value = value(name);
        try {
            return value instanceof Number number ? number.doubleValue() : Double.parseDouble(value.toString());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "setting \"" + name + "\" must be a number, got \"" + value + "\": ask for its text", e);
        }
    }

    /**
     * {@return the value of a whole number, or of a choice that reads as one}
     *
     * @param name a parameter that is there
     * @throws IllegalArgumentException if it is not there, or is no whole number of 32 bits
     */
    public int integer(String name) {
        Object value = value(name);
        try {
            return Integer.parseInt(value.toString());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "setting \"" + name + "\" must be a whole number, got \"" + value + "\"", e);
        }
    }

    /**
     * {@return the value of a choice, or any other value as text}
     *
     * @param name a parameter that is there
     * @throws IllegalArgumentException if it is not there
     */
    public String text(String name) {
        return value(name).toString();
    }

    private Object value(String name) {
        Object value = values.get(name);
        checkArgument(
                value != null,
                "setting \"%s\" is not there%s; there are %s",
                name,
                meant(name, values.keySet()),
                values.keySet());
        return value;
    }

    /**
     * Refuses names that whoever reads these settings does not know, so that a mistyped one is not searched in vain.
     *
     * @param known all names that are understood
     * @return this
     * @throws IllegalArgumentException with the unknown name, the nearest known one, and all known ones
     */
    public Settings requireKnown(Collection<String> known) {
        for (String name : values.keySet()) {
            checkArgument(
                    known.contains(name),
                    "setting \"%s\" is not known%s; known are %s",
                    name,
                    meant(name, known),
                    known);
        }
        return this;
    }

    static String meant(String given, Collection<String> known) {
        return NearestName.of(given, List.copyOf(known))
                .map(name -> ", did you mean \"" + name + "\"?")
                .orElse("");
    }

    /** {@return the values by name: {@link Long}, {@link Double} or {@link String}, in the order of the space} */
    public Map<String, Object> toMap() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && values.equals(settings.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** {@return such as {@code dim=64, dropout=0.1}} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : ", ").append(name).append('=').append(value));
        return text.toString();
    }
}
