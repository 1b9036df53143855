package io.github.recsys4j.eval.search;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Which settings a search may try: parameters in their order, conditions of parameters on choices before them, and
 * combinations that are forbidden.
 *
 * <p>Thread-safety: immutable.
 */
public final class SearchSpace {
    private static final int ATTEMPTS = 1000;

    private final List<Parameter> parameters;
    private final List<Map<String, String>> forbidden;

    private SearchSpace(List<Parameter> parameters, List<Map<String, String>> forbidden) {
        this.parameters = List.copyOf(parameters);
        this.forbidden = List.copyOf(forbidden);
    }

    /**
     * A space of all combinations of some parameters.
     *
     * @param parameters at least one, each name once; conditions name choices that stand before
     * @return the space
     * @throws IllegalArgumentException if there is no parameter, a name stands twice, or a condition is impossible
     */
    public static SearchSpace of(Parameter... parameters) {
        return of(List.of(parameters));
    }

    /**
     * A space of all combinations of some parameters.
     *
     * @param parameters at least one, each name once; conditions name choices that stand before
     * @return the space
     * @throws IllegalArgumentException if there is no parameter, a name stands twice, or a condition is impossible
     */
    public static SearchSpace of(List<Parameter> parameters) {
        checkArgument(!parameters.isEmpty(), "search space must have at least one parameter, got none");
        Map<String, Parameter> before = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            parameter.conditions().forEach((choice, values) -> checkChoice(parameter.name(), choice, values, before));
            checkArgument(
                    before.put(parameter.name(), parameter) == null,
                    "parameter \"%s\" stands twice in the search space: keep one",
                    parameter.name());
        }
        return new SearchSpace(parameters, List.of());
    }

    private static void checkChoice(String name, String choice, List<String> values, Map<String, Parameter> before) {
        Parameter named = before.get(choice);
        checkArgument(
                named != null,
                "parameter \"%s\" depends on \"%s\", which does not stand before it%s; before it are %s",
                name,
                choice,
                Settings.meant(choice, before.keySet()),
                before.keySet());
        checkArgument(
                named.domain() instanceof Domain.Choices choices
                        && choices.values().containsAll(values),
                "parameter \"%s\" depends on values %s of \"%s\", which must be values of a choice, but it is %s",
                name,
                values,
                choice,
                named.domain());
    }

    /**
     * The same without a combination, such as a picture model of {@code none} together with a text model of {@code
     * none}.
     *
     * @param combination values of choices by name; settings that have all of them are never tried
     * @return the smaller space
     * @throws IllegalArgumentException if it is empty, or names something that is not a choice of the space
     */
    public SearchSpace forbidding(Map<String, String> combination) {
        checkArgument(!combination.isEmpty(), "forbidden combination must name at least one choice, got none");
        combination.forEach((choice, value) -> {
            Map<String, Parameter> all = new LinkedHashMap<>();
            parameters.forEach(parameter -> all.put(parameter.name(), parameter));
            checkChoice("forbidden combination", choice, List.of(value), all);
        });
        List<Map<String, String>> more = new ArrayList<>(forbidden);
        more.add(Map.copyOf(combination));
        return new SearchSpace(parameters, more);
    }

    /** {@return the parameters in their order} */
    public List<Parameter> parameters() {
        return parameters;
    }

    /**
     * Refuses settings that are no point of this space.
     *
     * @param settings what to check
     * @throws IllegalArgumentException naming the value that is missing, out of range, or not to be there
     */
    public void check(Settings settings) {
        settings.requireKnown(parameters.stream().map(Parameter::name).toList());
        for (Parameter parameter : parameters) {
            boolean active = parameter.isActive(settings.toMap());
            checkArgument(
                    active == settings.has(parameter.name()),
                    "setting \"%s\" must %sbe there, given the settings before it: %s",
                    parameter.name(),
                    active ? "" : "not ",
                    settings);
            Object value = settings.toMap().get(parameter.name());
            checkArgument(
                    value == null || parameter.domain().contains(value),
                    "setting \"%s\" must be %s, got %s",
                    parameter.name(),
                    parameter.domain(),
                    value);
        }
        checkArgument(!isForbidden(settings), "settings %s hold a forbidden combination of %s", settings, forbidden);
    }

    /**
     * {@return a point of this space, drawn at random, such as to try out what reads it}
     *
     * @param seed decides which
     * @throws IllegalArgumentException if nearly everything is forbidden
     */
    public Settings sample(long seed) {
        return Strategy.drawRandom(this, new SplittableRandom(seed));
    }

    /** Takes a value for each parameter that is there, and begins again where the combination is forbidden. */
    Settings draw(BiFunction<Parameter, Map<String, Object>, Object> values) {
        return allowed(() -> {
            Map<String, Object> drawn = new LinkedHashMap<>();
            for (Parameter parameter : parameters) {
                if (parameter.isActive(drawn)) {
                    drawn.put(parameter.name(), values.apply(parameter, drawn));
                }
            }
            return Settings.of(drawn);
        });
    }

    private Settings allowed(Supplier<Settings> drawing) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Settings drawn = drawing.get();
            if (!isForbidden(drawn)) {
                return drawn;
            }
        }
        throw new IllegalArgumentException("search space forbids too much: " + ATTEMPTS
                + " draws in a row held a forbidden combination of " + forbidden + "; leave out some values instead");
    }

    private boolean isForbidden(Settings settings) {
        return forbidden.stream()
                .anyMatch(combination -> settings.toMap().entrySet().containsAll(combination.entrySet()));
    }

    /** {@return one line per parameter, and per forbidden combination; the same for equal spaces} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        parameters.forEach(parameter -> text.append(parameter).append('\n'));
        forbidden.forEach(combination ->
                text.append("not ").append(new TreeMap<>(combination)).append('\n'));
        return text.toString();
    }
}
