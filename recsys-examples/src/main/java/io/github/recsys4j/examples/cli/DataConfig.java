package io.github.recsys4j.examples.cli;

import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.data.ColumnNames;
import io.github.recsys4j.data.DataFormat;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.DatasetBuilder;
import io.github.recsys4j.data.Duplicates;
import io.github.recsys4j.data.ReadLimits;
import io.github.recsys4j.data.Unlisted;
import io.github.recsys4j.examples.config.ConfigException;
import io.github.recsys4j.examples.config.Keys;
import io.github.recsys4j.examples.config.Records;
import io.github.recsys4j.split.GsasrecFolder;
import io.github.recsys4j.split.Split;
import io.github.recsys4j.split.SplitFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The section {@code data}: which files, and how they are read. Not thread-safe. */
final class DataConfig {
    /** A folder that holds a split in the layout of the published gSASRec code. */
    static final String GSASREC = "gsasrec";

    /** A folder that {@code recsys split} wrote. */
    static final String SPLIT = "split";

    /** What a format may be called. */
    static final List<String> FORMATS = Stream.concat(
                    Arrays.stream(DataFormat.values()).map(DataFormat::label), Stream.of(GSASREC, SPLIT))
            .toList();

    private static final Map<String, TimeUnit> UNITS = units();

    private Optional<Path> path = Optional.empty();
    private Optional<String> format = Optional.empty();
    private List<String> items = List.of();
    private List<String> users = List.of();
    private Optional<Path> images = Optional.empty();
    private Optional<ColumnNames> columns = Optional.empty();
    private Optional<TimeUnit> timeUnit = Optional.empty();
    private ReadLimits limits = ReadLimits.defaults();
    private Duplicates duplicates = Duplicates.KEEP;
    private Unlisted unlisted = Unlisted.KEEP;
    private int threads = Runtime.getRuntime().availableProcessors();

    private static Map<String, TimeUnit> units() {
        Map<String, TimeUnit> units = new LinkedHashMap<>();
        for (TimeUnit unit :
                List.of(TimeUnit.SECONDS, TimeUnit.MILLISECONDS, TimeUnit.MICROSECONDS, TimeUnit.NANOSECONDS)) {
            units.put(Records.kebab(unit.name()), unit);
        }
        return units;
    }

    void read(Keys keys) {
        keys.path("path", value -> path = Optional.of(value));
        keys.choice("format", identity(FORMATS), value -> format = Optional.of(value));
        keys.texts("items", value -> items = value);
        keys.texts("users", value -> users = value);
        keys.path("images", value -> images = Optional.of(value));
        keys.record("columns", ColumnNames.of("user_id", "item_id"), value -> columns = Optional.of(value));
        keys.choice("time-unit", UNITS, value -> timeUnit = Optional.of(value));
        keys.record("limits", limits, value -> limits = value);
        keys.choice("duplicates", Records.constants(Duplicates.class), value -> duplicates = value);
        keys.choice("unlisted-items", Records.constants(Unlisted.class), value -> unlisted = value);
        keys.integer("threads", value -> threads = value);
    }

    private static Map<String, String> identity(List<String> words) {
        Map<String, String> map = new LinkedHashMap<>();
        words.forEach(word -> map.put(word, word));
        return map;
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        path.ifPresent(value -> map.put("path", value.toString()));
        map.put("format", format());
        putUnlessEmpty(map, "items", items);
        putUnlessEmpty(map, "users", users);
        images.ifPresent(value -> map.put("images", value.toString()));
        columns.ifPresent(value -> map.put("columns", Records.toMap(value)));
        timeUnit.ifPresent(value -> map.put("time-unit", Records.kebab(value.name())));
        map.put("limits", Records.toMap(limits));
        map.put("duplicates", Records.kebab(duplicates.name()));
        map.put("unlisted-items", Records.kebab(unlisted.name()));
        map.put("threads", threads);
        return map;
    }

    private static void putUnlessEmpty(Map<String, Object> map, String key, List<String> values) {
        if (!values.isEmpty()) {
            map.put(key, values);
        }
    }

    private String format() {
        return format.orElseGet(() -> path.filter(DataConfig::holdsSplit).isPresent() ? SPLIT : DataFormat.CSV.label());
    }

    private static boolean holdsSplit(Path folder) {
        return Files.isRegularFile(folder.resolve("split.json"));
    }

    private Path path() {
        return path.orElseThrow(
                () -> new ConfigException("data.path is missing: say where the interactions are with --data"));
    }

    /** Tells whether the data comes with its split. */
    boolean isSplitAlready() {
        return format().equals(GSASREC) || format().equals(SPLIT);
    }

    /** Reads a file of items that are not in the data yet, with their images in a folder, if that is named. */
    Dataset newItems(Path file, Optional<Path> imageFolder) {
        DatasetBuilder builder = Dataset.builder().limits(limits).items(file);
        columns.ifPresent(builder::columns);
        imageFolder.or(() -> images).ifPresent(builder::images);
        return builder.buildItems();
    }

    /** Gives the folder of images that was named, for data that comes as a split. */
    Optional<Path> images() {
        return images;
    }

    /** Reads the data. */
    Dataset dataset(ProgressListener progress) {
        if (isSplitAlready()) {
            throw new ConfigException(
                    "format " + format()
                            + " is a split already, which train and evaluate read as it is; prepare and split need the data itself");
        }
        DatasetBuilder builder = Dataset.builder()
                .limits(limits)
                .duplicates(duplicates)
                .unlistedItems(unlisted)
                .threads(threads)
                .progress(progress);
        DataFormat layout = DataFormat.named(format());
        addFiles(builder, layout);
        columns.ifPresent(builder::columns);
        timeUnit.ifPresent(builder::timeUnit);
        images.ifPresent(builder::images);
        return builder.build();
    }

    private void addFiles(DatasetBuilder builder, DataFormat layout) {
        if (Files.isDirectory(path())) {
            builder.folder(path(), layout);
        } else {
            builder.interactions(path(), layout);
        }
        items.forEach(file -> builder.items(Path.of(file), layout));
        users.forEach(file -> builder.users(Path.of(file), layout));
    }

    /** Reads the split that the data comes with. */
    Split readSplit() {
        return format().equals(GSASREC) ? GsasrecFolder.read(path()) : SplitFolder.read(path());
    }
}
