package io.github.recsys4j.model;

import io.github.recsys4j.eval.search.Settings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The settings of one section, each with what holds where it is not there. */
final class SettingsReader {
    private final Settings settings;
    private final String prefix;
    private final Set<String> asked = new TreeSet<>();

    SettingsReader(Settings settings, String prefix) {
        this.settings = settings;
        this.prefix = prefix;
    }

    boolean has(String name) {
        asked.add(prefix + name);
        return settings.has(prefix + name);
    }

    int integer(String name, int otherwise) {
        return has(name) ? settings.integer(prefix + name) : otherwise;
    }

    double number(String name, double otherwise) {
        return has(name) ? settings.number(prefix + name) : otherwise;
    }

    String text(String name, String otherwise) {
        return has(name) ? settings.text(prefix + name) : otherwise;
    }

    /** A constant by its name in lower case with hyphens. */
    <E extends Enum<E>> E constant(String name, E otherwise) {
        Map<String, E> known = new LinkedHashMap<>();
        Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
                .forEach(each -> known.put(SearchSpaces.name(each), each));
        String word = text(name, SearchSpaces.name(otherwise));
        E found = known.get(word);
        if (found == null) {
            throw new IllegalArgumentException(
                    "setting \"" + prefix + name + "\" must be one of " + known.keySet() + ", got \"" + word + "\"");
        }
        return found;
    }

    /** Refuses settings of the section that nobody asked for. */
    void finish() {
        Map<String, Object> own = new LinkedHashMap<>(settings.toMap());
        own.keySet().removeIf(name -> !name.startsWith(prefix));
        Settings.of(own).requireKnown(asked);
    }
}
