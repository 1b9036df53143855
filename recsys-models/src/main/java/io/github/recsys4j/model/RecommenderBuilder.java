package io.github.recsys4j.model;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.eval.metric.Metric;
import io.github.recsys4j.eval.metric.Metrics;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.ItemFeatures;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.model.train.ContentMatrices;
import io.github.recsys4j.model.train.Trainer;
import io.github.recsys4j.model.train.TrainingHistory;
import io.github.recsys4j.model.train.TrainingOptions;
import io.github.recsys4j.model.train.TrainingResult;
import io.github.recsys4j.model.train.UserFeatures;
import io.github.recsys4j.model.train.Validation;
import io.github.recsys4j.split.HeldOut;
import io.github.recsys4j.split.Split;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Trains a {@link MultimodalRecommender}. Every option has a default: the strongest published architecture, the
 * defaults of {@link TrainingOptions}, serving on {@link Device#auto()}, histories kept in the model.
 *
 * <p>Loss and negatives are the architecture's; epochs and seed, where given here, go before those of the options.
 *
 * <p>Not thread-safe.
 */
public final class RecommenderBuilder {
    private Architecture architecture = Architecture.strongest();
    private TrainingOptions options = TrainingOptions.defaults();
    private OptionalInt epochs = OptionalInt.empty();
    private OptionalLong seed = OptionalLong.empty();
    private ContentMatrices features = ContentMatrices.none();
    private UserFeatures userFeatures = UserFeatures.none();
    private Device device = Device.auto();
    private ProgressListener listener = ProgressListener.none();
    private boolean keepHistories = true;
    private Consumer<TrainingHistory> historyReceiver = history -> {};

    RecommenderBuilder() {}

    /**
     * Sets what is trained, {@link Architecture#strongest()} by default.
     *
     * @param value tower, item tables, loss and negatives
     * @return this
     */
    @CanIgnoreReturnValue
    public RecommenderBuilder architecture(Architecture value) {
        architecture = value;
        return this;
    }

    /**
     * Sets how it is trained, {@link TrainingOptions#defaults()} by default; their loss and negatives are replaced by
     * the architecture's.
     *
     * @param value optimizer, schedule, batch size, early stopping and the like
     * @return this
     */
    @CanIgnoreReturnValue
    public RecommenderBuilder options(TrainingOptions value) {
        options = value;
        return this;
    }

    /**
     * Sets the most passes over the users, those of the options by default.
     *
     * @param value at least 1
     * @return this
     * @throws IllegalArgumentException if {@code value} is below 1
     */
    @CanIgnoreReturnValue
    public RecommenderBuilder epochs(int value) {
        checkArgument(value >= 1, "epochs must be at least 1, got %s", value);
        epochs = OptionalInt.of(value);
        return this;
    }

    /**
     * Sets what every random choice is derived from, the seed of the options by default.
     *
     * @param value any number
     * @return this
     */
    @CanIgnoreReturnValue
    public RecommenderBuilder seed(long value) {
        seed = OptionalLong.of(value);
        return this;
    }

    /**
     * Sets the contents of the items, none by default: rows of items are then made from ids and contents by
     * {@link Architecture#itemTower()}, and the recommender takes {@linkplain MultimodalRecommender#addItems new
     * items}. Items that the training data never mention are made from their contents.
     *
     * @param matrices each modality at most once, each with one row for each item of the data set, by index
     * @return this
     * @throws IllegalArgumentException if a modality stands twice, or the matrices differ in rows
     */
    @CanIgnoreReturnValue
    public RecommenderBuilder features(FeatureMatrix... matrices) {
        features = ContentMatrices.of(List.of(matrices));
        return this;
    }

    /**
     * Sets the contents of the items as they were collected from a data set, with the variants that training may draw.
     *
     * @param collected of the data set that is trained with, or of one that has its items in the same order
     * @return this
     * @see #features(FeatureMatrix...)
     */
    @CanIgnoreReturnValue
    public RecommenderBuilder features(ItemFeatures collected) {
        return features(collected.matrices().values(), collected.variants());
    }

    /**
     * Sets the contents of the items, and what training draws from beside them: at each step it reads a modality's matrix
     * or one of its variants, each equally likely. What is served is made of the matrices.
     *
     * @param matrices each modality at most once, each with one row for each item of the data set, by index
     * @param variants such as an augmenter's, each of the modality, width and items of one of the matrices
     * @return this
     * @throws IllegalArgumentException if a modality stands twice, or the matrices do not fit together
     * @see #features(FeatureMatrix...)
     */
    @CanIgnoreReturnValue
    public RecommenderBuilder features(Collection<FeatureMatrix> matrices, Collection<FeatureMatrix> variants) {
        features = new ContentMatrices(List.copyOf(matrices), List.copyOf(variants));
        return this;
    }

    /**
     * Sets what is known of the users beside their histories, such as gender and country; nothing by default. The
     * recommender keeps it with the histories, and reads it for requests that name the user.
     *
     * @param matrix one row for each user of the data set, by index; a user may have none
     * @return this
     */
    @CanIgnoreReturnValue
    public RecommenderBuilder userFeatures(FeatureMatrix matrix) {
        userFeatures = UserFeatures.of(matrix);
        return this;
    }

    /**
     * Sets where the finished recommender runs, {@link Device#auto()} by default; training is on the CPU.
     *
     * @param value a device
     * @return this
     */
    @CanIgnoreReturnValue
    public RecommenderBuilder device(Device value) {
        device = value;
        return this;
    }

    /**
     * Sets who hears of each step (stage {@code train}) and each validation (stage {@code validate}), nobody by
     * default.
     *
     * @param value a listener
     * @return this
     */
    @CanIgnoreReturnValue
    public RecommenderBuilder listener(ProgressListener value) {
        listener = value;
        return this;
    }

    /**
     * Hands over the curves of the run when training is done: loss and validation metrics of each epoch, those from
     * before a resumed checkpoint too. Nobody gets them by default.
     *
     * @param receiver called once by each training, before it returns
     * @return this
     */
    @CanIgnoreReturnValue
    public RecommenderBuilder history(Consumer<TrainingHistory> receiver) {
        historyReceiver = receiver;
        return this;
    }

    /**
     * Leaves the users' histories out of the model: it then answers for histories that requests bring, or that
     * {@link MultimodalRecommender#load(java.nio.file.Path, UserHistories)} looks up.
     *
     * @return this
     */
    @CanIgnoreReturnValue
    public RecommenderBuilder withoutHistories() {
        keepHistories = false;
        return this;
    }

    /**
     * Trains on a split's training part and keeps the parameters that are best on its validation cases; its test
     * cases are not looked at. The recommender knows the histories of the training part.
     *
     * @param split what to learn from, and what to validate with; without validation cases the last epoch is kept
     * @return the finished recommender, to be closed by the caller
     * @throws IllegalArgumentException if options contradict each other, or nobody has two interactions
     * @throws io.github.recsys4j.TrainingException if the loss is not finite, another training runs in this process,
     *     the checkpoints are of another run, or libtorch does not start
     * @throws io.github.recsys4j.InferenceException if the trained model cannot be run
     */
    public MultimodalRecommender train(Split split) {
        return train(split.train(), split.validation().size() > 0 ? Optional.of(split.validation()) : Optional.empty());
    }

    /**
     * Trains on everything, without validation: the last epoch is kept, so choose the epochs by a split first.
     *
     * @param dataset what to learn from
     * @return the finished recommender, to be closed by the caller
     * @throws IllegalArgumentException if options contradict each other, or nobody has two interactions
     * @throws io.github.recsys4j.TrainingException if the loss is not finite, another training runs in this process,
     *     the checkpoints are of another run, or libtorch does not start
     * @throws io.github.recsys4j.InferenceException if the trained model cannot be run
     */
    public MultimodalRecommender train(Dataset dataset) {
        return train(dataset, Optional.empty());
    }

    private MultimodalRecommender train(Dataset dataset, Optional<HeldOut> validation) {
        TrainingOptions effective = effectiveOptions();
        SequenceNetwork network = network(dataset);
        TrainingResult result = new Trainer(network, effective)
                .features(features)
                .userFeatures(userFeatures)
                .listener(listener)
                .validation(validation
                        .filter(cases -> network.pairScorer().isEmpty())
                        .map(cases -> validation(cases, effective.metric()))
                        .orElse(Validation.none()))
                .train(dataset);
        historyReceiver.accept(result.history());
        TrainedModel trained = new TrainedModel(architecture, effective, network, features, userFeatures, result);
        return MultimodalRecommender.of(trained.artifact(dataset, keepHistories), device);
    }

    private SequenceNetwork network(Dataset dataset) {
        int items = dataset.items().size();
        for (FeatureMatrix matrix : features.matrices()) {
            checkArgument(
                    matrix.rows() == items,
                    "features must have one row for each of the data set's %s items, given %s: line them up with"
                            + " FeatureMatrix.align",
                    items,
                    matrix);
        }
        SequenceNetwork network = architecture.network(
                items, features.inputs(dataset.interactions().itemCounts(items)));
        return userFeatures.width() > 0 ? network.withUserContext(userFeatures.width()) : network;
    }

    private TrainingOptions effectiveOptions() {
        TrainingOptions defaults = TrainingOptions.defaults();
        requireUnset("loss", options.loss(), defaults.loss(), architecture.loss());
        requireUnset("negatives", options.negatives(), defaults.negatives(), architecture.negatives());
        TrainingOptions.Builder builder =
                options.rebuild().loss(architecture.loss()).negatives(architecture.negatives());
        epochs.ifPresent(builder::epochs);
        seed.ifPresent(builder::seed);
        return builder.build();
    }

    /** A setting of the options that the architecture would silently replace is a mistake. */
    private static void requireUnset(String setting, Object given, Object unset, Object replacement) {
        checkArgument(
                given.equals(unset) || given.equals(replacement),
                "%s is set in the training options to %s and in the architecture to %s: set it with"
                        + " Architecture.with%s alone",
                setting,
                given,
                replacement,
                Character.toUpperCase(setting.charAt(0)) + setting.substring(1));
    }

    private static Validation validation(HeldOut cases, String metric) {
        List<Metric> metrics = metricsWith(metric);
        Evaluator evaluator = Evaluator.builder().metrics(metrics).build();
        return scorer -> {
            EvaluationReport report = evaluator.evaluate("validation", scorer, cases);
            return metrics.stream().map(Metric::label).collect(Collectors.toMap(Function.identity(), report::metric));
        };
    }

    /** The standard metrics, and the one that chooses the model. */
    private static List<Metric> metricsWith(String label) {
        List<Metric> standard = Metrics.standard();
        if (standard.stream().anyMatch(metric -> metric.label().equals(label))) {
            return standard;
        }
        Metric wanted = cutoff(label).stream()
                .flatMap(k -> Metrics.at(k).stream())
                .filter(metric -> metric.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("metric \"" + label + "\" is not known; choose one of "
                        + Metrics.at(10).stream().map(Metric::label).toList() + ", at 10 or any other cut-off"));
        return Stream.concat(standard.stream(), Stream.of(wanted)).toList();
    }

    private static Optional<Integer> cutoff(String label) {
        String digits = label.substring(label.indexOf('@') + 1);
        return digits.matches("[1-9][0-9]{0,6}") ? Optional.of(Integer.valueOf(digits)) : Optional.empty();
    }
}
