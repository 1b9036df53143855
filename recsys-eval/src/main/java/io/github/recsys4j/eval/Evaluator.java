package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.eval.baseline.Baseline;
import io.github.recsys4j.eval.metric.ListMetric;
import io.github.recsys4j.eval.metric.Metric;
import io.github.recsys4j.eval.metric.Metrics;
import io.github.recsys4j.split.HeldOut;
import io.github.recsys4j.split.Split;
import io.github.recsys4j.split.SplitReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Measures recommenders by full ranking, unless {@link Builder#candidates} says otherwise: every item of the catalogue
 * competes, items of the case's history are filtered unless {@link Builder#includeSeen()} says otherwise, and equal scores go to the lower item index.
 *
 * <p>A recommender is given each case's user id and history, never its targets, and its {@code k} best items
 * are judged, where {@code k} is the largest cut-off of the metrics. A recommender that offers a
 * {@link BatchScorer} over the same items is ranked by blocked matrix products; where it gives a zero vector,
 * because it knows nothing of the history, and for every other recommender, its public contract is asked. An
 * answer that breaks the contract is refused, naming recommender and user.
 *
 * <p>The numbers do not depend on the number of threads. Thread-safety: immutable, safe for many threads.
 */
public final class Evaluator {
    private static final String TIES = "by score, highest first; equal scores to the lower item index";

    private final Measures measures;
    private final CandidateSet candidates;
    private final List<Baseline> baselines;
    private final boolean seenExcluded;
    private final String part;
    private final int threads;
    private final ProgressListener listener;
    private final boolean perCaseKept;

    private final Optional<Confidence> confidence;

    private Evaluator(Builder builder) {
        measures = new Measures(builder.metrics, builder.listMetrics, builder.candidates.suffix());
        candidates = builder.candidates;
        baselines = builder.baselines;
        seenExcluded = builder.seenExcluded;
        part = builder.part;
        threads = builder.threads;
        listener = builder.listener;
        perCaseKept = builder.perCaseKept;
        confidence = builder.confidence;
    }

    /** {@return a builder with the standard metrics, seen items filtered, and no comparison} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Measures a recommender on a split's test cases, or its validation cases if the builder says so, and the
     * baselines, trained on the split's training part, beside it.
     *
     * @param recommender what to measure; stays open
     * @param split where the cases and the baselines' training data come from
     * @return the report, the recommender's numbers first
     * @throws IllegalArgumentException if the split has no such cases, or an answer breaks the contract
     * @throws io.github.recsys4j.InferenceException if the recommender fails
     */
    public EvaluationReport evaluate(Recommender recommender, Split split) {
        Task task = task(cases(split));
        List<ModelResult> results = new ArrayList<>();
        results.add(measure(recommender, task));
        for (Baseline baseline : baselines) {
            try (Recommender trained = baseline.train(split.train())) {
                results.add(measure(trained, task));
            }
        }
        return report(split.report().protocol() + ", " + part + " cases", task, results);
    }

    private HeldOut cases(Split split) {
        return switch (part) {
            case SplitReport.TEST -> split.test();
            case SplitReport.VALIDATION -> split.validation();
            default -> split.group(part);
        };
    }

    /**
     * Measures a recommender on given cases, without the baselines.
     *
     * @param recommender what to measure; stays open
     * @param cases what to ask; at least one case
     * @return the report
     * @throws IllegalArgumentException if there is no case, or an answer breaks the contract
     * @throws io.github.recsys4j.InferenceException if the recommender fails
     */
    public EvaluationReport evaluate(Recommender recommender, HeldOut cases) {
        return evaluate(List.of(recommender), cases);
    }

    /**
     * Measures several recommenders on the same cases, without the baselines.
     *
     * @param recommenders what to measure, at least one; they stay open
     * @param cases what to ask; at least one case
     * @return the report, in the recommenders' order
     * @throws IllegalArgumentException if there is no case, or an answer breaks the contract
     * @throws io.github.recsys4j.InferenceException if a recommender fails
     */
    public EvaluationReport evaluate(List<? extends Recommender> recommenders, HeldOut cases) {
        Task task = task(cases);
        List<ModelResult> results = new ArrayList<>();
        for (Recommender recommender : recommenders) {
            results.add(measure(recommender, task));
        }
        return report("given cases", task, results);
    }

    /**
     * Measures user and item vectors that have no recommender around them, such as those of a model in
     * training.
     *
     * @param name the model's name in the report
     * @param scorer gives the vectors; its items are those of the cases
     * @param cases what to ask; at least one case
     * @return the report
     * @throws IllegalArgumentException if there is no case, the items differ, or a vector is not finite
     */
    public EvaluationReport evaluate(String name, BatchScorer scorer, HeldOut cases) {
        checkArgument(
                scorer.items().equals(cases.items()),
                "items of scorer \"%s\" must be those of the cases: %s items, got %s",
                name,
                cases.items().size(),
                scorer.items().size());
        Task task = task(cases);
        Summary summary = new Summary(cases, measures);
        new VectorRanking(name, task, summary).rankAll(scorer);
        return report("given cases", task, List.of(summary.result(name, 0)));
    }

    /**
     * Measures vectors that are ready.
     *
     * @param name the model's name in the report
     * @param users shape {@code [cases, dim]}, row-major: one user vector per case
     * @param items shape {@code [items, dim]}, row-major: one vector per item of the cases
     * @param cases what was asked; at least one case
     * @return the report
     * @throws IllegalArgumentException if there is no case, or the vectors have other shapes or are not finite
     */
    public EvaluationReport evaluate(String name, float[] users, float[] items, HeldOut cases) {
        Task task = task(cases);
        Summary summary = new Summary(cases, measures);
        int dim = Math.max(1, users.length / cases.size());
        new VectorRanking(name, task, summary).rank(users, items, dim);
        return report("given cases", task, List.of(summary.result(name, 0)));
    }

    /**
     * Measures lists that are ready, such as those of a program in another language.
     *
     * @param name the model's name in the report
     * @param lists one array of item indices per case, best first; longer ones are cut where no metric looks
     * @param cases what was asked; at least one case
     * @return the report
     * @throws IllegalArgumentException if there is no case, another number of lists, or a list breaks the contract
     */
    public EvaluationReport evaluate(String name, List<int[]> lists, HeldOut cases) {
        Task task = task(cases);
        Summary summary = new Summary(cases, measures);
        new ReadyRanking(name, task, summary).rank(lists);
        return report("given cases", task, List.of(summary.result(name, 0)));
    }

    private Task task(HeldOut cases) {
        checkArgument(cases.size() > 0, "cases must not be empty: the split held nothing out for this part");
        Task.Run run = new Task.Run(threads, listener);
        Task task = new Task(cases, candidates, measures.k(), measures.whole(), seenExcluded, run);
        checkArgument(
                task.numWithoutCompetitor() < cases.size(),
                "candidates must hold items that are not relevant: in all %s cases every candidate is, so that any order"
                        + " scores best; add what the user was shown and did not choose",
                cases.size());
        return task;
    }

    private ModelResult measure(Recommender recommender, Task task) {
        HeldOut cases = task.cases();
        Summary summary = new Summary(cases, measures);
        Optional<BatchScorer> scorer =
                recommender.batchScorer().filter(offered -> offered.items().equals(cases.items()));
        int[] open = scorer.isPresent()
                ? new VectorRanking(recommender.name(), task, summary)
                        .rankKnown(scorer.get()).stream().toArray()
                : cases.cases().toArray();
        int fallback = new RequestRanking(recommender, task, summary).rank(open);
        return summary.result(recommender.name(), fallback);
    }

    private EvaluationReport report(String split, Task task, List<ModelResult> results) {
        Protocol protocol = new Protocol(
                split,
                task.competing(),
                seenExcluded
                        ? "items of the case's history are filtered"
                        : "items of the case's history stay candidates",
                TIES,
                "mean over cases, each with the same weight",
                counts(task.cases()));
        return finished(new EvaluationReport(protocol, measures.definitions(), results));
    }

    private EvaluationReport finished(EvaluationReport report) {
        EvaluationReport compared = confidence.isPresent() || report.models().size() > 1
                ? report.compared(confidence.orElseGet(Confidence::standard))
                : report;
        return perCaseKept ? compared : compared.withoutPerCase();
    }

    private static Protocol.Counts counts(HeldOut cases) {
        int users = (int) cases.cases().map(cases::user).distinct().count();
        long targets = 0;
        long seen = 0;
        for (int index = 0; index < cases.size(); index++) {
            int[] history = cases.history(index);
            int[] distinct = Arrays.stream(cases.targets(index)).distinct().toArray();
            targets += distinct.length;
            for (int target : distinct) {
                seen += contains(history, target) ? 1 : 0;
            }
        }
        int skipped = cases.users().size() - users;
        return new Protocol.Counts(cases.size(), users, skipped, cases.items().size(), targets, seen);
    }

    private static boolean contains(int[] items, int wanted) {
        for (int item : items) {
            if (item == wanted) {
                return true;
            }
        }
        return false;
    }

    /** Collects the options of an evaluator. Not thread-safe. */
    public static final class Builder {
        private List<Metric> metrics = Metrics.standard();
        private List<Baseline> baselines = List.of();
        private boolean seenExcluded = true;
        private String part = SplitReport.TEST;
        private List<ListMetric> listMetrics = List.of();
        private CandidateSet candidates = CandidateSet.full();
        private int threads = Runtime.getRuntime().availableProcessors();
        private ProgressListener listener = ProgressListener.none();
        private boolean perCaseKept;

        private Optional<Confidence> confidence = Optional.empty();

        private Builder() {}

        /**
         * Chooses what to measure, {@link Metrics#standard()} by default.
         *
         * @param chosen at least one metric, each label once
         * @return this
         * @throws IllegalArgumentException if there is none, or a label stands twice
         */
        @CanIgnoreReturnValue
        public Builder metrics(List<? extends Metric> chosen) {
            checkArgument(!chosen.isEmpty(), "metrics must not be empty: choose one, such as new Ndcg(10)");
            checkDistinct(chosen.stream().map(Metric::label).toList());
            metrics = List.copyOf(chosen);
            return this;
        }

        private static void checkDistinct(List<String> labels) {
            checkArgument(
                    labels.stream().distinct().count() == labels.size(),
                    "metrics must have distinct labels, got %s",
                    labels);
        }

        /**
         * Chooses what to measure, {@link Metrics#standard()} by default.
         *
         * @param chosen at least one metric, each label once
         * @return this
         * @throws IllegalArgumentException if there is none, or a label stands twice
         */
        @CanIgnoreReturnValue
        public Builder metrics(Metric... chosen) {
            return metrics(Arrays.asList(chosen));
        }

        /**
         * Trains and measures baselines beside the recommender, none by default.
         *
         * @param compared what to compare with, such as {@code Baselines.all()}
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder compareWith(List<? extends Baseline> compared) {
            baselines = List.copyOf(compared);
            return this;
        }

        /**
         * Lets items of the history be recommended again; by default they are filtered.
         *
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder includeSeen() {
            seenExcluded = false;
            return this;
        }

        /**
         * Measures a split's validation cases instead of its test cases.
         *
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder onValidation() {
            part = SplitReport.VALIDATION;
            return this;
        }

        /**
         * Measures a further group of a split's cases, such as {@code cold-item}, instead of its test cases.
         *
         * @param name a name of {@link Split#groups()}
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder onGroup(String name) {
            part = name;
            return this;
        }

        /**
         * Measures figures of all lists together, too, such as {@code BeyondAccuracy.ofLists(10)}; none by default.
         *
         * @param chosen the figures
         * @return this
         * @throws IllegalArgumentException if a label stands twice
         */
        @CanIgnoreReturnValue
        public Builder listMetrics(List<? extends ListMetric> chosen) {
            checkDistinct(chosen.stream().map(ListMetric::label).toList());
            listMetrics = List.copyOf(chosen);
            return this;
        }

        /**
         * Chooses which items compete, the whole catalogue by default.
         *
         * @param competing such as {@code CandidateSet.sampled(100, Sampling.UNIFORM, split.train(), 42)}
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder candidates(CandidateSet competing) {
            candidates = competing;
            return this;
        }

        /**
         * Keeps what each case scored in {@link ModelResult#perCase()}; by default only means are kept.
         *
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder keepPerCase() {
            perCaseKept = true;
            return this;
        }

        /**
         * Computes intervals, and tests every pair of recommenders. By default that is done with
         * {@link Confidence#standard()} where there are several recommenders, and not for one alone.
         *
         * @param chosen level, draws, test and seed
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder confidence(Confidence chosen) {
            confidence = Optional.of(chosen);
            return this;
        }

        /**
         * Sets how many threads ask a recommender that offers no vectors; all processors by default. The
         * numbers do not depend on it.
         *
         * @param count at least 1
         * @return this
         * @throws IllegalArgumentException if {@code count} is below 1
         */
        @CanIgnoreReturnValue
        public Builder threads(int count) {
            checkArgument(count >= 1, "threads must be at least 1, got %s", count);
            threads = count;
            return this;
        }

        /**
         * Reports how far the evaluation is, to nobody by default.
         *
         * @param progress hears each chunk of cases
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder progress(ProgressListener progress) {
            listener = progress;
            return this;
        }

        /** {@return the evaluator} */
        public Evaluator build() {
            return new Evaluator(this);
        }
    }
}
