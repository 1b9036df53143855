package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.SequenceNetwork;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Trains a sequence network on next-item prediction: after each item of a user's sequence the network's vector is
 * compared with the vectors of the item that followed and of others.
 *
 * <p>The same data, settings, seed and number of native threads give the same parameters on the same machine, whether
 * or not the run was interrupted and resumed from a checkpoint.
 *
 * <p>Thread-safety: not safe for several threads; the engine trains one network at a time in a process.
 */
public final class Trainer {
    private final SequenceNetwork network;
    private final TrainingOptions options;
    private Validation validation = Validation.none();
    private ProgressListener listener = ProgressListener.none();
    private Optional<ParameterSet> start = Optional.empty();
    private ContentMatrices features = ContentMatrices.none();
    private UserFeatures users = UserFeatures.none();

    /**
     * Prepares a run.
     *
     * @param network what is trained
     * @param options how
     */
    public Trainer(SequenceNetwork network, TrainingOptions options) {
        this.network = network;
        this.options = options;
    }

    /**
     * Sets what measures the model every {@link TrainingOptions#validateEvery()} epochs; default: nothing.
     *
     * @param value must give {@link TrainingOptions#metric()}
     * @return this
     */
    @CanIgnoreReturnValue
    public Trainer validation(Validation value) {
        validation = value;
        return this;
    }

    /**
     * Sets who hears of each step (stage {@code train}: {@code loss}, {@code learningRate},
     * {@code positionsPerSecond}) and each validation (stage {@code validate}: the metrics).
     *
     * @param value a listener
     * @return this
     */
    @CanIgnoreReturnValue
    public Trainer listener(ProgressListener value) {
        listener = value;
        return this;
    }

    /**
     * Sets the contents of the items, for a network that reads some.
     *
     * @param value the modalities of {@link SequenceNetwork#content()} in that order, one row for each item
     * @return this
     */
    @CanIgnoreReturnValue
    public Trainer features(ContentMatrices value) {
        features = value;
        return this;
    }

    /**
     * Sets what is known of the users, for a network that reads their context.
     *
     * @param value one row for each user of the training data
     * @return this
     */
    @CanIgnoreReturnValue
    public Trainer userFeatures(UserFeatures value) {
        users = value;
        return this;
    }

    /**
     * Starts from given parameters instead of random ones; a checkpoint of the run goes before them.
     *
     * @param parameters as {@link SequenceNetwork#parameters()} declares them
     * @return this
     */
    @CanIgnoreReturnValue
    public Trainer startFrom(ParameterSet parameters) {
        start = Optional.of(parameters);
        return this;
    }

    /**
     * Trains.
     *
     * @param train the interactions to learn from; item indices are the network's
     * @return the best parameters and the curves
     * @throws IllegalArgumentException if nobody has two interactions, the items or features are not the network's, or
     *     the validation does not give the metric
     * @throws io.github.recsys4j.TrainingException if the loss is not finite, another training runs in this process,
     *     the checkpoints are of another run, or libtorch does not start
     * @throws io.github.recsys4j.ArtifactException if a checkpoint is damaged or cannot be written
     */
    public TrainingResult train(Dataset train) {
        checkArgument(
                network.items() == train.items().size(),
                "training data has %s items, but the network was made for %s",
                train.items().size(),
                network.items());
        features.requireFor(network);
        users.requireFor(network, train.users().size());
        ParameterSet first = start.orElseGet(() -> ParameterSet.initialize(network.parameters(), options.seed()));
        TrainingRun.Task task = new TrainingRun.Task(network, options, train, features, users, validation, listener);
        try (TorchSession session = TorchSession.open(OptionalInt.of(1));
                TrainingRun run = new TrainingRun(task, session, first)) {
            return run.run();
        }
    }
}
