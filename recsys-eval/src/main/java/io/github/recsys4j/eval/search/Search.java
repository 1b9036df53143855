package io.github.recsys4j.eval.search;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.recsys4j.ProgressListener;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for good settings: proposes trials by a {@link Strategy}, has them measured, and remembers the results.
 *
 * <p>The trials depend on space, strategy, seed, the number of jobs and the scores alone: a search that was killed
 * and is run again with the same {@linkplain #journal journal} makes the trials that are missing and ends as an
 * unbroken one. A trial that fails is a result, not an end.
 *
 * <p>Not thread-safe.
 */
public final class Search {
    private final SearchSpace space;
    private final Strategy strategy;
    private long seed = 42;
    private Optional<Path> journal = Optional.empty();
    private Map<String, String> subject = Map.of();
    private ProgressListener listener = ProgressListener.none();

    private Search(SearchSpace space, Strategy strategy) {
        this.space = space;
        this.strategy = strategy;
    }

    /**
     * A search that remembers nothing on disk, with seed 42.
     *
     * @param space which settings may be tried
     * @param strategy which of them are
     * @return the search, to be set up further or run
     */
    public static Search of(SearchSpace space, Strategy strategy) {
        return new Search(space, strategy);
    }

    /**
     * Sets what every choice of the search, and every trial's seed, is derived from, 42 by default.
     *
     * @param value any number
     * @return this
     */
    @CanIgnoreReturnValue
    public Search seed(long value) {
        seed = value;
        return this;
    }

    /**
     * Keeps every result in a file, and goes on from what is in it; nothing is kept by default.
     *
     * @param file a file of an earlier run of this search, or one that is not there yet; its folder must exist
     * @return this
     */
    @CanIgnoreReturnValue
    public Search journal(Path file) {
        journal = Optional.of(file);
        return this;
    }

    /**
     * Says what is measured, in words that the journal keeps, so that it is not resumed with other data or another
     * metric; nothing by default.
     *
     * @param value such as the data's name and the metric's label
     * @return this
     */
    @CanIgnoreReturnValue
    public Search subject(Map<String, String> value) {
        subject = new LinkedHashMap<>(value);
        return this;
    }

    /**
     * Sets who hears of each ended trial (stage {@code search}; figures {@code score} and {@code best}), nobody by
     * default.
     *
     * @param value a listener
     * @return this
     */
    @CanIgnoreReturnValue
    public Search listener(ProgressListener value) {
        listener = value;
        return this;
    }

    /**
     * Runs the search in this JVM, a trial at a time. A {@link RuntimeException} fails its trial; an {@link Error}
     * ends the search, whose journal keeps what is done.
     *
     * @param objective what to make large
     * @return every trial and the best
     * @throws io.github.recsys4j.ArtifactException if the journal is damaged, of another search, or in use
     * @throws java.io.UncheckedIOException if the journal cannot be opened or written
     */
    public SearchResult run(Objective objective) {
        return run(1, () -> new Measurer.InThisJvm(objective));
    }

    /**
     * Runs the search in child processes, several trials at once. A process that crashes or takes too long fails its
     * trial, and is replaced.
     *
     * @param workers how to start a process, how many, and how long a trial may take
     * @return every trial and the best
     * @throws io.github.recsys4j.ArtifactException if the journal is damaged, of another search, or in use
     * @throws java.io.UncheckedIOException if the journal cannot be opened or written, or no process can be started
     */
    public SearchResult run(Workers workers) {
        return run(workers.jobs(), () -> new WorkerProcess(workers));
    }

    private SearchResult run(int jobs, Measurer.Source measurers) {
        Optional<Journal> opened = journal.map(file -> Journal.open(file, header(jobs)));
        try (TrialRun run = new TrialRun(strategy.trials(), jobs, measurers, opened, listener)) {
            for (int number = 0; number < strategy.trials(); number++) {
                run.add(strategy.propose(number, run.results(strategy.mustKnow(number, jobs)), space, seed));
            }
            return new SearchResult(
                    strategy.toString(), space.toString().lines().toList(), seed, jobs, run.results(strategy.trials()));
        } finally {
            opened.ifPresent(Journal::close);
        }
    }

    private Map<String, String> header(int jobs) {
        Map<String, String> header = new LinkedHashMap<>();
        header.put("space", space.toString());
        header.put("strategy", strategy.fingerprint());
        header.put("seed", Long.toString(seed));
        header.put("jobs", Integer.toString(jobs));
        subject.forEach((name, value) -> header.put("subject " + name, value));
        return header;
    }
}
