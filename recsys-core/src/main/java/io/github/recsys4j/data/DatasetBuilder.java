package io.github.recsys4j.data;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.recsys4j.DatasetException;
import io.github.recsys4j.ProgressListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Reads a {@link Dataset} from files.
 *
 * <pre>{@code
 * Dataset dataset = Dataset.builder()
 *         .interactions(Path.of("interactions.csv"))
 *         .items(Path.of("item_info.csv"))
 *         .build();
 * }</pre>
 *
 * <p>The data set holds every user and item that has an interaction or a row in the file of users or items. Rows
 * that repeat a user and an item stay unless {@link #duplicates} says otherwise. A user's rows are in order of
 * time, and of equal times in the order of the file; where several files of interactions are read, in the order in
 * which they were named. The result does not depend on the number of threads.
 *
 * <p><strong>Times</strong> are ISO 8601 or numbers since 1970, with or without decimals. One file has one kind: if
 * {@link #timeUnit} does not name it, the first row decides, where a number below {@code 100000000000} means seconds
 * and one from there on milliseconds; a row that does not fit is a bad row. ISO times without a zone are UTC.
 *
 * <p><strong>Bad rows</strong> fail the load with file, line, value and what was expected, unless {@link #limits}
 * allows some.
 *
 * <p>Not thread-safe.
 */
public final class DatasetBuilder {
    /** A file and its format. */
    record Source(DataFile file, DataFormat format) {}

    private static final int MOST_THREADS = 8;

    private final List<Source> interactions = new ArrayList<>();
    private final List<Source> items = new ArrayList<>();
    private final List<Source> users = new ArrayList<>();
    private Optional<Path> images = Optional.empty();
    private Optional<ColumnNames> columns = Optional.empty();
    private Optional<TimeUnit> timeUnit = Optional.empty();
    private ReadLimits limits = ReadLimits.defaults();
    private Duplicates duplicates = Duplicates.KEEP;
    private Unlisted unlisted = Unlisted.KEEP;
    private int threads = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
    private ProgressListener progress = ProgressListener.none();

    DatasetBuilder() {}

    /**
     * Adds a file of interactions with the format {@link DataFormat#CSV}.
     *
     * @param file plain or gzip
     * @return this
     */
    @CanIgnoreReturnValue
    public DatasetBuilder interactions(Path file) {
        return interactions(file, DataFormat.CSV);
    }

    /**
     * Adds a file of interactions. Several files are read one after the other; either all have times or none has,
     * and the same for values.
     *
     * @param file plain or gzip
     * @param format its layout
     * @return this
     */
    @CanIgnoreReturnValue
    public DatasetBuilder interactions(Path file, DataFormat format) {
        interactions.add(new Source(new DataFile(file), format));
        return this;
    }

    /**
     * Adds a file that describes items, with the format {@link DataFormat#CSV}.
     *
     * @param file plain or gzip
     * @return this
     */
    @CanIgnoreReturnValue
    public DatasetBuilder items(Path file) {
        return items(file, DataFormat.CSV);
    }

    /**
     * Adds a file that describes items: an id and free columns in each row.
     *
     * @param file plain or gzip
     * @param format its layout
     * @return this
     */
    @CanIgnoreReturnValue
    public DatasetBuilder items(Path file, DataFormat format) {
        items.add(new Source(new DataFile(file), format));
        return this;
    }

    /**
     * Adds a file that describes users, with the format {@link DataFormat#CSV}.
     *
     * @param file plain or gzip
     * @return this
     */
    @CanIgnoreReturnValue
    public DatasetBuilder users(Path file) {
        return users(file, DataFormat.CSV);
    }

    /**
     * Adds a file that describes users: an id and columns such as gender, age and country in each row.
     *
     * @param file plain or gzip
     * @param format its layout
     * @return this
     */
    @CanIgnoreReturnValue
    public DatasetBuilder users(Path file, DataFormat format) {
        users.add(new Source(new DataFile(file), format));
        return this;
    }

    /**
     * Adds the files that a data set of this format is published with, by their usual names: {@code ratings.dat},
     * {@code movies.dat} and {@code users.dat}; {@code u.data}, {@code u.item} and {@code u.user}; the only
     * {@code .inter} and its {@code .item} and {@code .user}; {@code interactions.csv}, {@code items.csv} or
     * {@code item_info.csv}, {@code users.csv} and the folder {@code images}; and so on. Only the interactions must be
     * there.
     *
     * @param folder the folder
     * @param format the layout of its files
     * @return this
     * @throws DatasetException if the folder has no such interactions
     * @throws IllegalArgumentException if the format has no usual names
     */
    @CanIgnoreReturnValue
    public DatasetBuilder folder(Path folder, DataFormat format) {
        FolderFiles files = FolderFiles.of(folder, format);
        interactions(files.interactions(), format);
        files.items().ifPresent(file -> items(file, format));
        files.users().ifPresent(file -> users(file, format));
        files.images().ifPresent(this::images);
        return this;
    }

    /**
     * Names the folder of the items' images, called {@code <item id>.<extension>}. They are not read here.
     *
     * @param folder the folder
     * @return this
     */
    @CanIgnoreReturnValue
    public DatasetBuilder images(Path folder) {
        images = Optional.of(folder);
        return this;
    }

    /**
     * Says what the columns of CSV and RecBole files are called, where not as the format expects.
     *
     * @param names the names; each must be there, and columns without a name are not read
     * @return this
     */
    @CanIgnoreReturnValue
    public DatasetBuilder columns(ColumnNames names) {
        columns = Optional.of(names);
        return this;
    }

    /**
     * Says what numeric times count, instead of letting the first row decide.
     *
     * @param unit {@link TimeUnit#SECONDS}, {@link TimeUnit#MILLISECONDS}, {@link TimeUnit#MICROSECONDS} or
     *     {@link TimeUnit#NANOSECONDS}
     * @return this
     * @throws IllegalArgumentException for a longer unit
     */
    @CanIgnoreReturnValue
    public DatasetBuilder timeUnit(TimeUnit unit) {
        checkArgument(
                unit.compareTo(TimeUnit.SECONDS) <= 0,
                "timeUnit must be NANOSECONDS, MICROSECONDS, MILLISECONDS or SECONDS, got %s",
                unit);
        timeUnit = Optional.of(unit);
        return this;
    }

    /**
     * Sets what the readers put up with; {@link ReadLimits#defaults()} if not called.
     *
     * @param readLimits the limits
     * @return this
     */
    @CanIgnoreReturnValue
    public DatasetBuilder limits(ReadLimits readLimits) {
        limits = readLimits;
        return this;
    }

    /**
     * Sets what becomes of rows that repeat a user and an item; {@link Duplicates#KEEP} if not called.
     *
     * @param rule the rule
     * @return this
     */
    @CanIgnoreReturnValue
    public DatasetBuilder duplicates(Duplicates rule) {
        duplicates = rule;
        return this;
    }

    /**
     * Sets what becomes of interactions whose item is not in the files of items; {@link Unlisted#KEEP} if not
     * called. Without such files it means nothing.
     *
     * @param rule the rule
     * @return this
     */
    @CanIgnoreReturnValue
    public DatasetBuilder unlistedItems(Unlisted rule) {
        unlisted = rule;
        return this;
    }

    /**
     * Sets how many threads read; as many as there are processors, but at most 8, if not called.
     *
     * @param count at least 1
     * @return this
     * @throws IllegalArgumentException if it is not
     */
    @CanIgnoreReturnValue
    public DatasetBuilder threads(int count) {
        checkArgument(count >= 1, "threads must be at least 1, got %s", count);
        threads = count;
        return this;
    }

    /**
     * Sets who hears of the progress, as the stage {@code load} in bytes; nobody if not called.
     *
     * @param listener the listener
     * @return this
     */
    @CanIgnoreReturnValue
    public DatasetBuilder progress(ProgressListener listener) {
        progress = listener;
        return this;
    }

    /**
     * Reads the files.
     *
     * @return the data set
     * @throws IllegalStateException if no interactions were named
     * @throws DatasetException if a file is missing, empty, broken or not of its format, or has too many bad rows
     */
    public Dataset build() {
        checkState(!interactions.isEmpty(), "interactions(path) must be called before build()");
        return load(loader -> loader.load(interactions, items, users, images));
    }

    /**
     * Reads the items alone, such as new ones that nobody has touched yet.
     *
     * @return a data set of items without users and interactions; files of users and interactions are not read
     * @throws IllegalStateException if no items were named
     * @throws DatasetException if a file is missing, empty, broken or not of its format, or has too many bad rows
     */
    public Dataset buildItems() {
        checkState(!items.isEmpty(), "items(path) must be called before buildItems()");
        return load(loader -> loader.loadItems(items, images));
    }

    private Dataset load(Function<DatasetLoader, Dataset> work) {
        images.filter(folder -> !Files.isDirectory(folder)).ifPresent(folder -> {
            throw new DatasetException(folder + " is not a folder; images(path) expects the folder of the images.");
        });
        ReadOptions options = new ReadOptions(limits, columns, timeUnit, progress);
        try (Parallel parallel = new Parallel(threads)) {
            return work.apply(new DatasetLoader(options, parallel, unlisted, duplicates));
        }
    }
}
