package io.github.recsys4j.examples.cli;

import io.github.recsys4j.examples.config.ConfigException;
import io.github.recsys4j.examples.config.Keys;
import io.github.recsys4j.examples.config.Records;
import io.github.recsys4j.feature.AudioEncoder;
import io.github.recsys4j.feature.ImageEncoder;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.feature.ReadyVectors;
import io.github.recsys4j.feature.TextEncoder;
import io.github.recsys4j.model.encoder.EncoderOptions;
import io.github.recsys4j.model.encoder.EncoderPreset;
import io.github.recsys4j.model.encoder.ImageDescriptor;
import io.github.recsys4j.model.encoder.LogMelEncoder;
import io.github.recsys4j.model.encoder.OnnxAudioEncoder;
import io.github.recsys4j.model.encoder.OnnxImageEncoder;
import io.github.recsys4j.model.encoder.OnnxTextEncoder;
import io.github.recsys4j.model.encoder.Pooling;
import io.github.recsys4j.model.encoder.StaticTextEncoder;
import io.github.recsys4j.model.runtime.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.TypeConversionException;

/**
 * What turns one kind of content into vectors: the built-in encoder by its name, a folder with an ONNX network or with
 * static token vectors, or a file of ready vectors. Not thread-safe.
 */
final class EncoderConfig {
    /** The built-in encoder of texts. */
    static final String HASHED = "hashed";

    /** The built-in encoder of images. */
    static final String DESCRIPTOR = "descriptor";

    /** The built-in encoder of sounds. */
    static final String LOG_MEL = "log-mel";

    private static final int HASHED_DIM = 256;
    private static final Set<String> ONNX_SETTINGS =
            Set.of("preset", "pooling", "normalized", "max-tokens", "batch-size", "model-file", "output", "device");
    private static final Set<String> READY = Set.of("npy", "csv", "f32");

    private final Modality modality;
    private final String builtIn;
    private final Set<String> given = new TreeSet<>();
    private final EncoderOptions.Builder options = EncoderOptions.builder();
    private final Map<String, Object> optionMap = new LinkedHashMap<>();
    private String encoder;
    private Optional<EncoderPreset> preset = Optional.empty();
    private Optional<Path> ids = Optional.empty();
    private int dim = HASHED_DIM;

    /** What the value of {@code encoder} turns out to be. */
    enum Kind {
        /** By its name. */
        BUILT_IN,
        /** A file of vectors. */
        READY,
        /** A folder with token vectors. */
        STATIC,
        /** A folder with a network, or the network's file. */
        ONNX
    }

    EncoderConfig(Modality modality) {
        this.modality = modality;
        builtIn = switch (modality) {
            case IMAGE -> DESCRIPTOR;
            case AUDIO -> LOG_MEL;
            default -> HASHED;
        };
        encoder = builtIn;
    }

    void read(Keys keys) {
        keys.text("encoder", value -> encoder = value);
        note(keys, "preset", "ids", "dim");
        keys.text("preset", value -> preset = Optional.of(EncoderPreset.named(value, modality)));
        keys.path("ids", value -> ids = Optional.of(value));
        keys.integer("dim", value -> dim = value);
        readOptions(keys);
        given.addAll(optionMap.keySet());
        check();
    }

    private void readOptions(Keys keys) {
        keys.<Pooling>choice(
                "pooling",
                Records.constants(Pooling.class),
                value -> option("pooling", Records.kebab(value.name()), options.pooling(value)));
        keys.flag("normalized", value -> option("normalized", value, options.normalized(value)));
        keys.integer("max-tokens", value -> option("max-tokens", value, options.maxTokens(value)));
        keys.integer("batch-size", value -> option("batch-size", value, options.batchSize(value)));
        keys.text("model-file", value -> option("model-file", value, options.modelFile(value)));
        keys.text("output", value -> option("output", value, options.output(value)));
        keys.text("device", value -> option("device", value, options.device(device(value))));
    }

    /** Remembers an option that the builder took. */
    @SuppressWarnings("UnusedVariable") // the call is what sets it
    private void option(String key, Object value, EncoderOptions.Builder taken) {
        optionMap.put(key, value);
    }

    private static Device device(String text) {
        try {
            return new DeviceConverter().convert(text);
        } catch (TypeConversionException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private void note(Keys keys, String... names) {
        for (String name : names) {
            if (keys.has(name)) {
                given.add(name);
            }
        }
    }

    /** Tells whether this kind of content is to be left out. */
    boolean isNone() {
        return encoder.equals(Keys.NONE);
    }

    /** A setting that this encoder has no use for is a mistake. */
    private void check() {
        if (isNone()) {
            return;
        }
        Set<String> useless = new TreeSet<>(given);
        useless.removeAll(
                switch (kind()) {
                    case BUILT_IN -> modality == Modality.TEXT ? Set.of("dim") : Set.<String>of();
                    case READY -> readySettings();
                    case STATIC -> Set.of("normalized", "max-tokens", "batch-size", "device");
                    case ONNX -> ONNX_SETTINGS;
                });
        if (!useless.isEmpty()) {
            throw new ConfigException("contents." + name() + ": encoder " + encoder + " has no use for "
                    + String.join(", ", useless) + ": leave it out");
        }
        if (kind() == Kind.READY && !ending().equals("csv") && ids.isEmpty()) {
            throw new ConfigException("contents." + name() + ": " + encoder
                    + " names no items: give ids, a file with the id of each row in a line");
        }
    }

    private Set<String> readySettings() {
        return switch (ending()) {
            case "csv" -> Set.of();
            case "npy" -> Set.of("ids");
            default -> Set.of("ids", "dim");
        };
    }

    private String ending() {
        return encoder.substring(encoder.lastIndexOf('.') + 1);
    }

    private String name() {
        return modality.name().toLowerCase(Locale.ROOT);
    }

    Kind kind() {
        if (encoder.equals(builtIn)) {
            return Kind.BUILT_IN;
        }
        Path path = Path.of(encoder);
        if (READY.contains(ending())) {
            return Kind.READY;
        }
        return modality == Modality.TEXT && Files.isRegularFile(path.resolve("model.safetensors")) && !hasNetwork(path)
                ? Kind.STATIC
                : Kind.ONNX;
    }

    private static boolean hasNetwork(Path folder) {
        return Files.isRegularFile(folder.resolve("model.onnx")) || Files.isDirectory(folder.resolve("onnx"));
    }

    void putInto(Map<String, Object> map) {
        map.put("encoder", encoder);
        preset.ifPresent(value -> map.put("preset", value.shortName()));
        ids.ifPresent(value -> map.put("ids", value.toString()));
        if (given.contains("dim")) {
            map.put("dim", dim);
        }
        map.putAll(optionMap);
    }

    /** Gives the length of vectors of the built-in text encoder. */
    int dim() {
        return dim;
    }

    /** Opens the encoder of texts; the built-in one is made elsewhere, as it is fitted. */
    TextEncoder openText() {
        return kind() == Kind.STATIC
                ? StaticTextEncoder.load(folder(), options.build())
                : preset.map(named -> OnnxTextEncoder.load(named, folder(), options.build()))
                        .orElseGet(() -> OnnxTextEncoder.load(folder(), options.build()));
    }

    ImageEncoder openImage() {
        return kind() == Kind.BUILT_IN
                ? ImageDescriptor.create()
                : preset.map(named -> OnnxImageEncoder.load(named, folder(), options.build()))
                        .orElseGet(() -> OnnxImageEncoder.load(folder(), options.build()));
    }

    AudioEncoder openAudio() {
        return kind() == Kind.BUILT_IN ? LogMelEncoder.create() : OnnxAudioEncoder.load(folder(), options.build());
    }

    /** Refuses a name that is neither the built-in encoder's nor anything on the disk. */
    void checkThere() {
        if (kind() == Kind.ONNX && preset.isEmpty() && !Files.exists(folder())) {
            throw new ConfigException("contents." + name() + ".encoder must be " + builtIn
                    + ", a folder with an ONNX network" + (modality == Modality.TEXT ? " or token vectors" : "")
                    + ", or a .npy, .csv or .f32 file of ready vectors, got \"" + encoder + "\", which is not there");
        }
    }

    private Path folder() {
        return Path.of(encoder);
    }

    ReadyVectors ready() {
        Path file = Path.of(encoder);
        if (ending().equals("csv")) {
            return ReadyVectors.csv(file);
        }
        Path names = ids.orElseThrow();
        return ending().equals("npy")
                ? ReadyVectors.npy(file, ReadyVectors.ids(names))
                : ReadyVectors.binary(file, dim, ReadyVectors.ids(names));
    }
}
