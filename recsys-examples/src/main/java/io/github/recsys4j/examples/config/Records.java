package io.github.recsys4j.examples.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Settings records from keys and back; a component {@code learningRate} is the key {@code learning-rate}, and a whole
 * number that is the largest int by default may be {@value Keys#UNLIMITED}.
 */
public final class Records {
    private Records() {}

    /** Reads a record: what has no key keeps its default. */
    static <T extends Record> T read(Keys keys, T defaults) {
        RecordComponent[] components = defaults.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            int index = i;
            values[i] = value(components[i], defaults);
            String key = kebab(components[i].getName());
            if (isOptionalRecord(components[i])) {
                keys.optionalRecord(key, (Optional<?>) values[i], value -> values[index] = value);
            } else {
                take(keys, key, values[i], value -> values[index] = value);
            }
        }
        return create(defaults, components, values);
    }

    private static boolean isOptionalRecord(RecordComponent component) {
        return component.getGenericType() instanceof ParameterizedType type
                && type.getRawType() == Optional.class
                && type.getActualTypeArguments()[0] instanceof Class<?> content
                && content.isRecord();
    }

    /** Reads a record behind a common type; a variant that is no record has no keys. */
    @SuppressWarnings("unchecked") // a record read from a variant is of the variant's class
    static <T> T readVariant(Keys keys, T defaults) {
        return defaults instanceof Record settings ? (T) read(keys, settings) : defaults;
    }

    private static void take(Keys keys, String key, Object fallback, Consumer<Object> consumer) {
        if (fallback instanceof Integer number && number == Integer.MAX_VALUE) {
            keys.limit(key, consumer::accept);
        } else if (fallback instanceof Integer) {
            keys.integer(key, consumer::accept);
        } else if (fallback instanceof Long) {
            keys.whole(key, consumer::accept);
        } else if (fallback instanceof Float) {
            keys.number(key, value -> consumer.accept((float) value));
        } else if (fallback instanceof Double) {
            keys.number(key, consumer::accept);
        } else if (fallback instanceof Boolean) {
            keys.flag(key, consumer::accept);
        } else if (fallback instanceof String) {
            keys.text(key, consumer::accept);
        } else if (fallback instanceof Path) {
            keys.path(key, consumer::accept);
        } else if (fallback instanceof Duration) {
            keys.duration(key, consumer::accept);
        } else if (fallback instanceof Enum<?> constant) {
            keys.choice(key, constants(constant), consumer::accept);
        } else if (fallback instanceof Optional) {
            keys.text(key, value -> consumer.accept(Optional.of(value)));
        } else if (fallback instanceof Record settings) {
            keys.record(key, settings, consumer::accept);
        } else {
            throw new IllegalStateException("no configuration form for " + fallback.getClass());
        }
    }

    private static Map<String, Enum<?>> constants(Enum<?> constant) {
        Map<String, Enum<?>> names = new LinkedHashMap<>();
        for (Enum<?> each : constant.getDeclaringClass().getEnumConstants()) {
            names.put(kebab(each.name()), each);
        }
        return names;
    }

    /**
     * Names the constants of an enum as {@link Keys#choice} takes them.
     *
     * @param type the enum
     * @param <E> the enum
     * @return the constants by key, in their order
     */
    public static <E extends Enum<E>> Map<String, E> constants(Class<E> type) {
        Map<String, E> names = new LinkedHashMap<>();
        for (E each : type.getEnumConstants()) {
            names.put(kebab(each.name()), each);
        }
        return names;
    }

    private static Object value(RecordComponent component, Object settings) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(settings);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    @SuppressWarnings("unchecked") // the canonical constructor makes the same class
    private static <T extends Record> T create(T defaults, RecordComponent[] components, Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> canonical = defaults.getClass().getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return (T) canonical.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException("cannot make " + defaults.getClass(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + defaults.getClass(), e);
        }
    }

    /**
     * Turns a record into what {@link Keys#record} reads.
     *
     * @param settings a record of numbers, texts, flags, enums, paths, durations and such records, and optional texts and
     *     records
     * @return plain values by key, in the order of the components
     */
    public static Map<String, Object> toMap(Record settings) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            Object value = value(component, settings);
            if (!Optional.empty().equals(value)) {
                map.put(kebab(component.getName()), plain(value));
            } else if (isOptionalRecord(component)) {
                map.put(kebab(component.getName()), Keys.NONE);
            }
        }
        return map;
    }

    /**
     * Turns one of several variants into what {@link Keys#variant} reads.
     *
     * @param variants by name, each of a class of its own
     * @param settings of the class of one of them
     * @return its name and, if it is a record, its values
     * @throws IllegalArgumentException if the settings are of none of those classes
     */
    public static Map<String, Object> toMap(Map<String, ?> variants, Object settings) {
        String type = variants.entrySet().stream()
                .filter(entry -> entry.getValue().getClass() == settings.getClass())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(settings + " is none of " + variants.keySet()));
        return toMap(type, settings);
    }

    /**
     * Turns a variant whose name is known into what {@link Keys#variant} reads.
     *
     * @param type the variant's name
     * @param settings the variant
     * @return its name and, if it is a record, its values
     */
    public static Map<String, Object> toMap(String type, Object settings) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", type);
        if (settings instanceof Record values) {
            map.putAll(toMap(values));
        }
        return map;
    }

    private static Object plain(Object value) {
        if (value instanceof Record nested) {
            return toMap(nested);
        }
        if (value.equals(Integer.MAX_VALUE)) {
            return Keys.UNLIMITED;
        }
        if (value instanceof Enum<?> constant) {
            return kebab(constant.name());
        }
        if (value instanceof Duration duration) {
            return Durations.format(duration);
        }
        if (value instanceof Optional<?> present) {
            return plain(present.orElseThrow());
        }
        return value instanceof Path path ? path.toString() : value;
    }

    /**
     * Writes a Java name as a key: {@code learningRate} and {@code LEARNING_RATE} are {@code learning-rate}.
     *
     * @param name a component's, method's or constant's name
     * @return the key
     */
    public static String kebab(String name) {
        String spaced =
                name.equals(name.toUpperCase(Locale.ROOT)) ? name : name.replaceAll("([a-z0-9])([A-Z])", "$1-$2");
        return spaced.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
