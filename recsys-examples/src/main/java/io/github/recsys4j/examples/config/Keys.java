package io.github.recsys4j.examples.config;

import com.google.common.base.Splitter;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Longs;
import io.github.recsys4j.examples.config.ConfigNode.Mapping;
import io.github.recsys4j.examples.config.ConfigNode.Scalar;
import io.github.recsys4j.examples.config.ConfigNode.Sequence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;

/**
 * One section of a configuration, taken key by key: each method names a key that may stand there, checks the type
 * and hands the value on; {@link #finish()} refuses every key that nobody named.
 *
 * <p>What the consumer refuses with an {@link IllegalArgumentException} is reported with the line. Not thread-safe.
 */
public final class Keys {
    /** What stands for no limit, where a key allows it. */
    public static final String UNLIMITED = "unlimited";

    /** What stands for nothing, where a key allows it. */
    public static final String NONE = "none";

    private static final Splitter COMMAS = Splitter.on(',').trimResults().omitEmptyStrings();

    private final String section;
    private final Mapping mapping;
    private final TreeSet<String> known = new TreeSet<>();

    Keys(String section, Mapping mapping) {
        this.section = section;
        this.mapping = mapping;
    }

    /**
     * Opens a file.
     *
     * @param file YAML
     * @return its top level
     * @throws ConfigException if the file is missing or is not YAML
     */
    public static Keys of(Path file) {
        return new Keys("", ConfigReader.read(file));
    }

    /**
     * Opens a text.
     *
     * @param name stands for the file in messages
     * @param yaml the text
     * @return its top level
     * @throws ConfigException if the text is not YAML
     */
    public static Keys of(String name, String yaml) {
        return new Keys("", ConfigReader.read(name, yaml));
    }

    /** {@return a configuration without any key, whose every setting stays at its default} */
    public static Keys none() {
        return new Keys("", new Mapping(Map.of(), "defaults"));
    }

    /**
     * Puts values from the command line in place of the file's; call it before any key is taken.
     *
     * @param changes in their order, the later ones win
     * @return the changed configuration
     */
    public Keys with(List<Change> changes) {
        Mapping changed = mapping;
        for (Change change : changes) {
            changed = change.applyTo(changed);
        }
        return new Keys(section, changed);
    }

    /** {@return the keys that were named so far, in their order} */
    public Collection<String> known() {
        return List.copyOf(known);
    }

    /**
     * Takes a whole number.
     *
     * @param key the key
     * @param consumer gets the value where the key stands
     */
    public void integer(String key, IntConsumer consumer) {
        whole(key, Integer.MIN_VALUE, Integer.MAX_VALUE, value -> consumer.accept((int) value));
    }

    /**
     * Takes a whole number that may be {@value #UNLIMITED}, which is the largest int.
     *
     * @param key the key
     * @param consumer gets the value where the key stands
     */
    public void limit(String key, IntConsumer consumer) {
        if (mapping.nodes().get(key) instanceof Scalar scalar && scalar.text().equals(UNLIMITED)) {
            take(key, node -> consumer.accept(Integer.MAX_VALUE));
        } else {
            integer(key, consumer);
        }
    }

    /**
     * Takes a whole number of 64 bits.
     *
     * @param key the key
     * @param consumer gets the value where the key stands
     */
    public void whole(String key, LongConsumer consumer) {
        whole(key, Long.MIN_VALUE, Long.MAX_VALUE, consumer);
    }

    private void whole(String key, long smallest, long largest, LongConsumer consumer) {
        take(key, node -> {
            Long value = Longs.tryParse(text(key, node).replace("_", ""));
            if (value == null || value < smallest || value > largest) {
                throw wrongType(key, node, "a whole number");
            }
            consumer.accept(value);
        });
    }

    /**
     * Takes a number; {@code .inf} is infinite.
     *
     * @param key the key
     * @param consumer gets the value where the key stands
     */
    public void number(String key, DoubleConsumer consumer) {
        take(key, node -> {
            String text = text(key, node);
            Double value = text.equals(".inf") ? Double.valueOf(Double.POSITIVE_INFINITY) : Doubles.tryParse(text);
            if (value == null || value.isNaN()) {
                throw wrongType(key, node, "a number");
            }
            consumer.accept(value);
        });
    }

    /**
     * Takes true or false.
     *
     * @param key the key
     * @param consumer gets the value where the key stands
     */
    public void flag(String key, Consumer<Boolean> consumer) {
        take(key, node -> {
            String text = text(key, node);
            if (!text.equals("true") && !text.equals("false")) {
                throw wrongType(key, node, "true or false");
            }
            consumer.accept(text.equals("true"));
        });
    }

    /**
     * Takes a text.
     *
     * @param key the key
     * @param consumer gets the value where the key stands
     */
    public void text(String key, Consumer<String> consumer) {
        take(key, node -> consumer.accept(text(key, node)));
    }

    /**
     * Takes a list of texts; a single text is divided at its commas.
     *
     * @param key the key
     * @param consumer gets the value where the key stands
     */
    public void texts(String key, Consumer<List<String>> consumer) {
        take(key, node -> {
            if (node instanceof Sequence sequence) {
                consumer.accept(
                        sequence.nodes().stream().map(each -> text(key, each)).toList());
            } else {
                consumer.accept(COMMAS.splitToList(text(key, node)));
            }
        });
    }

    /**
     * Takes a path.
     *
     * @param key the key
     * @param consumer gets the value where the key stands
     */
    public void path(String key, Consumer<Path> consumer) {
        take(key, node -> consumer.accept(Path.of(text(key, node))));
    }

    /**
     * Takes a length of time: a number with {@code ms}, {@code s}, {@code m} or {@code h}.
     *
     * @param key the key
     * @param consumer gets the value where the key stands
     */
    public void duration(String key, Consumer<Duration> consumer) {
        take(
                key,
                node -> consumer.accept(Durations.parse(text(key, node))
                        .orElseThrow(() -> wrongType(key, node, "a length of time such as 90s, 5m or 1h"))));
    }

    /**
     * Takes one of several words, such as the constants of an enum in lower case.
     *
     * @param key the key
     * @param choices the words and what they stand for
     * @param consumer gets the value where the key stands
     * @param <T> what the words stand for
     */
    public <T> void choice(String key, Map<String, T> choices, Consumer<T> consumer) {
        take(key, node -> {
            String text = text(key, node).toLowerCase(Locale.ROOT);
            T chosen = choices.get(text);
            if (chosen == null) {
                throw new ConfigException(
                        place(node) + qualified(key) + " must be one of " + String.join(", ", choices.keySet())
                                + ", got \"" + text + "\"" + suggestion(text, choices.keySet()));
            }
            consumer.accept(chosen);
        });
    }

    /**
     * Takes a settings record; keys that are missing keep the value they have in {@code defaults}.
     *
     * @param key the key
     * @param defaults the record to start from
     * @param consumer gets the value where the key stands
     * @param <T> the record
     */
    public <T extends Record> void record(String key, T defaults, Consumer<T> consumer) {
        section(key, keys -> consumer.accept(Records.read(keys, defaults)));
    }

    /** Takes a settings record that may be {@value #NONE}; one that is empty by default can only stay so. */
    void optionalRecord(String key, Optional<?> defaults, Consumer<Optional<?>> consumer) {
        if (defaults.isEmpty() || mapping.nodes().get(key) instanceof Scalar) {
            choice(key, Map.of(NONE, Optional.empty()), consumer::accept);
        } else {
            record(key, (Record) defaults.get(), value -> consumer.accept(Optional.of(value)));
        }
    }

    /**
     * Takes one of several settings records, chosen by the key {@code type} inside the section, or by the name
     * alone where everything else stays at its default.
     *
     * @param key the key
     * @param standard the name of the variant that a section without {@code type} means
     * @param variants by name, each with its defaults
     * @param consumer gets the value where the key stands
     * @param <T> what the variants have in common
     */
    public <T> void variant(String key, String standard, Map<String, ? extends T> variants, Consumer<T> consumer) {
        if (mapping.nodes().get(key) instanceof Scalar) {
            this.<T>choice(key, sorted(variants), consumer);
            return;
        }
        section(key, keys -> {
            AtomicReference<T> chosen = new AtomicReference<>(variants.get(standard));
            keys.<T>choice("type", sorted(variants), chosen::set);
            consumer.accept(Records.readVariant(keys, Objects.requireNonNull(chosen.get(), standard)));
        });
    }

    private static <T> Map<String, T> sorted(Map<String, ? extends T> variants) {
        return new TreeMap<>(variants);
    }

    /**
     * Takes a section of its own, and refuses keys in it that the reader does not name.
     *
     * @param key the key
     * @param reader takes the section's keys; called only where the section stands
     */
    public void section(String key, Consumer<Keys> reader) {
        take(key, node -> {
            Keys keys = new Keys(section.isEmpty() ? key : section + "." + key, asMapping(key, node));
            reader.accept(keys);
            keys.finish();
        });
    }

    /**
     * Takes a list of sections.
     *
     * @param key the key
     * @param reader takes the keys of each
     */
    public void sections(String key, Consumer<Keys> reader) {
        take(key, node -> {
            if (!(node instanceof Sequence list)) {
                throw wrongType(key, node, "a list of sections");
            }
            for (ConfigNode each : list.nodes()) {
                Keys keys = new Keys(section.isEmpty() ? key : section + "." + key, asMapping(key, each));
                reader.accept(keys);
                keys.finish();
            }
        });
    }

    /** {@return the keys that stand here, for a section whose keys are names of the user's own} */
    public List<String> names() {
        return List.copyOf(mapping.nodes().keySet());
    }

    /**
     * {@return whether a section stands under a key, rather than a value or a list}
     *
     * @param key the key
     */
    public boolean isSection(String key) {
        return mapping.nodes().get(key) instanceof Mapping;
    }

    private Mapping asMapping(String key, ConfigNode node) {
        if (node instanceof Mapping found) {
            return found;
        }
        if (node instanceof Scalar scalar && scalar.text().isEmpty()) {
            return new Mapping(Map.of(), node.place());
        }
        throw wrongType(key, node, "a section of \"key: value\" lines");
    }

    /**
     * Refuses keys that nobody named.
     *
     * @throws ConfigException with the file, the line, the nearest known key and all known keys
     */
    public void finish() {
        for (Map.Entry<String, ConfigNode> entry : mapping.nodes().entrySet()) {
            if (!known.contains(entry.getKey())) {
                String where = section.isEmpty() ? "" : " in section \"" + section + "\"";
                throw new ConfigException(place(entry.getValue()) + "unknown key \"" + entry.getKey() + "\"" + where
                        + suggestion(entry.getKey(), known) + "; known keys: " + String.join(", ", known));
            }
        }
    }

    /**
     * Tells whether a key stands here.
     *
     * @param key the key
     * @return whether the file or the command line gives it a value
     */
    public boolean has(String key) {
        return mapping.nodes().containsKey(key);
    }

    private void take(String key, Consumer<ConfigNode> consumer) {
        known.add(key);
        Optional.ofNullable(mapping.nodes().get(key)).ifPresent(node -> {
            try {
                consumer.accept(node);
            } catch (ConfigException e) {
                throw e;
            } catch (IllegalArgumentException e) {
                throw new ConfigException(place(node) + qualified(key) + ": " + e.getMessage(), e);
            }
        });
    }

    private String text(String key, ConfigNode node) {
        if (node instanceof Scalar scalar && !scalar.text().isEmpty()) {
            return scalar.text();
        }
        throw wrongType(key, node, "a value");
    }

    private ConfigException wrongType(String key, ConfigNode node, String wanted) {
        return new ConfigException(place(node) + qualified(key) + " must be " + wanted + ", got " + node.describe());
    }

    private String qualified(String key) {
        return "\"" + (section.isEmpty() ? key : section + "." + key) + "\"";
    }

    private static String place(ConfigNode node) {
        return node.place() + ": ";
    }

    private static String suggestion(String given, Collection<String> choices) {
        return Nearest.of(given, choices)
                .map(nearest -> "; did you mean \"" + nearest + "\"?")
                .orElse("");
    }
}
