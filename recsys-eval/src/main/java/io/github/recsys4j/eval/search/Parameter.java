package io.github.recsys4j.eval.search;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One dimension of a {@link SearchSpace}: a name, the values it may take, and when it is there at all.
 *
 * <p>Thread-safety: immutable.
 */
public final class Parameter {
    private final String name;
    private final Domain domain;
    private final Map<String, List<String>> conditions;

    private Parameter(String name, Domain domain, Map<String, List<String>> conditions) {
        checkArgument(!name.isBlank(), "name of a parameter must not be blank");
        this.name = name;
        this.domain = domain;
        this.conditions = conditions;
    }

    private static Parameter range(String name, double low, double high, boolean log, boolean whole) {
        try {
            return new Parameter(name, new Domain.Range(low, high, log, whole), Map.of());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("parameter \"" + name + "\": " + e.getMessage(), e);
        }
    }

    /**
     * A number, each part of the interval equally likely.
     *
     * @param name what {@link Settings#number} is asked for
     * @param low the least value, finite
     * @param high the greatest value, finite, above {@code low}
     * @return the parameter
     * @throws IllegalArgumentException if the bounds are no such interval
     */
    public static Parameter number(String name, double low, double high) {
        return range(name, low, high, false, false);
    }

    /**
     * A number, each order of magnitude equally likely, such as a learning rate.
     *
     * @param name what {@link Settings#number} is asked for
     * @param low the least value, above 0
     * @param high the greatest value, finite, above {@code low}
     * @return the parameter
     * @throws IllegalArgumentException if the bounds are no such interval
     */
    public static Parameter logNumber(String name, double low, double high) {
        return range(name, low, high, true, false);
    }

    /**
     * A whole number, each equally likely.
     *
     * @param name what {@link Settings#integer} is asked for
     * @param low the least value
     * @param high the greatest value, above {@code low}
     * @return the parameter
     * @throws IllegalArgumentException if the bounds are no such interval
     */
    public static Parameter integer(String name, int low, int high) {
        return range(name, low, high, false, true);
    }

    /**
     * A whole number, each order of magnitude equally likely.
     *
     * @param name what {@link Settings#integer} is asked for
     * @param low the least value, at least 1
     * @param high the greatest value, above {@code low}
     * @return the parameter
     * @throws IllegalArgumentException if the bounds are no such interval
     */
    public static Parameter logInteger(String name, int low, int high) {
        return range(name, low, high, true, true);
    }

    /**
     * One of several values, each equally likely, without an order.
     *
     * @param name what {@link Settings#text} is asked for
     * @param values at least one, all different as texts; numbers and booleans become texts
     * @return the parameter
     * @throws IllegalArgumentException if there is no value, or one stands twice
     */
    public static Parameter choice(String name, Object... values) {
        List<String> texts = Arrays.stream(values).map(String::valueOf).toList();
        try {
            return new Parameter(name, new Domain.Choices(texts), Map.of());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("parameter \"" + name + "\": " + e.getMessage(), e);
        }
    }

    /**
     * The same, which is there only where a choice before it in the space has one of the given values; several
     * conditions must all hold.
     *
     * @param choice the name of a {@linkplain #choice choice} earlier in the space
     * @param values those of its values with which this parameter is there, at least one
     * @return the conditional parameter
     * @throws IllegalArgumentException if there is no value
     */
    public Parameter when(String choice, Object... values) {
        checkArgument(values.length > 0, "parameter \"%s\": when \"%s\" must name at least one value", name, choice);
        Map<String, List<String>> all = new LinkedHashMap<>(conditions);
        all.put(choice, Arrays.stream(values).map(String::valueOf).toList());
        return new Parameter(name, domain, Collections.unmodifiableMap(all));
    }

    /** {@return the name} */
    public String name() {
        return name;
    }

    Domain domain() {
        return domain;
    }

    Map<String, List<String>> conditions() {
        return conditions;
    }

    /** Whether it is there, given the settings before it. */
    boolean isActive(Map<String, Object> before) {
        return conditions.entrySet().stream()
                .allMatch(condition -> before.containsKey(condition.getKey())
                        && condition.getValue().contains(before.get(condition.getKey())));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name + ": " + domain);
        conditions.forEach((choice, values) -> text.append(" when " + choice + " in " + values));
        return text.toString();
    }
}
