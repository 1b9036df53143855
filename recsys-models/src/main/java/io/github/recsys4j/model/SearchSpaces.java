package io.github.recsys4j.model;

import io.github.recsys4j.eval.search.Parameter;
import io.github.recsys4j.eval.search.SearchSpace;
import io.github.recsys4j.eval.search.Settings;
import io.github.recsys4j.eval.search.Trial;
import io.github.recsys4j.model.network.Fusion;
import io.github.recsys4j.model.train.Loss;
import io.github.recsys4j.model.train.TrainingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is worth trying of each architecture, and the recommender with what was found.
 *
 * <p>Parameters are called as the keys of a configuration of the {@code recsys} command, such as {@code model.tower.dim}
 * and {@code training.optimizer.learning-rate}, and mean the same. A search over them:
 *
 * <pre>{@code
 * Architecture base = Architecture.gSasRec();
 * Search.of(SearchSpaces.of(base), Strategy.halving(27, 2, 54, 3)).run(Objective.validating(
 *         trial -> MultimodalRecommender.builder()
 *                 .architecture(SearchSpaces.architecture(base, trial.settings()))
 *                 .options(SearchSpaces.options(TrainingOptions.defaults(), trial))
 *                 .train(split),
 *         Evaluator.builder().build(), split.validation(), "NDCG@10"));
 * }</pre>
 */
public final class SearchSpaces {
    private SearchSpaces() {}

    /**
     * Gives the space of a preset: width, depth, dropout, learning rate and batch, and what its loss and its item tower
     * have besides.
     *
     * @param preset an architecture of {@link Architecture}, or one that was derived from it
     * @return what is worth trying
     */
    public static SearchSpace of(Architecture preset) {
        if (preset.scorer().isPresent()) {
            return shortVideos(false);
        }
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(Parameter.choice("model.tower.dim", 32, 64, 128, 256));
        parameters.add(Parameter.integer("model.tower.blocks", 1, 3));
        parameters.add(Parameter.choice("model.tower.heads", 1, 2, 4, 8));
        parameters.add(Parameter.number("model.tower.dropout", 0.05, 0.6));
        parameters.addAll(ofLoss(preset.loss()));
        if (preset.loss().inBatch().isPresent()) {
            parameters.addAll(ofItemTower());
        }
        parameters.add(Parameter.logNumber("training.optimizer.learning-rate", 1e-4, 1e-2));
        parameters.add(Parameter.choice("training.batch-size", 64, 128, 256));
        return SearchSpace.of(parameters);
    }

    private static List<Parameter> ofLoss(Loss loss) {
        List<Parameter> parameters = new ArrayList<>();
        if (loss.kind() == Loss.Kind.GBCE) {
            parameters.add(Parameter.number("model.loss.calibration", 0.3, 1));
        }
        if (loss.needsNegatives()) {
            parameters.add(Parameter.choice("model.negatives.count", 1, 4, 16, 64, 256));
        }
        if (loss.inBatch().isPresent()) {
            parameters.add(Parameter.logNumber("model.loss.in-batch.temperature", 0.01, 0.5));
        }
        return parameters;
    }

    private static List<Parameter> ofItemTower() {
        return List.of(
                Parameter.choice("model.item-tower.fusion", names(Fusion.values())),
                Parameter.number("model.item-tower.dropout", 0, 0.3),
                Parameter.number("model.item-tower.id-dropout", 0, 0.5),
                Parameter.number("model.item-tower.alignment", 0, 0.5));
    }

    /**
     * The space of a published recommender of short videos, as far as there is something to set here: fusion, widths,
     * heads, dropouts, weight of the contrastive loss, optimizer with moments that only Adam has, schedule with a
     * factor that only some have, learning rate, weight decay, batch, clipping and patience, in its ranges.
     *
     * <p>Its two loss weights, of which only the ratio matters, are {@code model.item-tower.alignment}. Its encoders,
     * of which one may be missing but not both, are added by {@link #withEncoders}.
     *
     * @return what that system tries
     */
    public static SearchSpace shortVideos() {
        return shortVideos(true);
    }

    /** A ranker of pairs is not validated while it trains, so that patience and plateau do nothing. */
    private static SearchSpace shortVideos(boolean validated) {
        List<Parameter> parameters = new ArrayList<>(List.of(
                Parameter.choice(
                        "model.item-tower.fusion", "concatenate", "self-attention", "cross-attention", "modality-gate"),
                Parameter.choice("model.item-tower.heads", 2, 4, 8),
                Parameter.number("model.item-tower.dropout", 0, 0.3),
                Parameter.number("model.item-tower.alignment", 0, 2),
                Parameter.choice("model.tower.dim", 64, 128, 256, 512),
                Parameter.number("model.tower.dropout", 0.1, 0.5),
                Parameter.choice("model.scorer.hidden", 128, 256, 512),
                Parameter.choice("training.optimizer", "adam", "adam-w", "sgd"),
                Parameter.logNumber("training.optimizer.learning-rate", 1e-5, 1e-2),
                Parameter.logNumber("training.optimizer.weight-decay", 1e-6, 1e-2),
                adamOnly(Parameter.number("training.optimizer.beta1", 0.8, 0.99)),
                adamOnly(Parameter.number("training.optimizer.beta2", 0.9, 0.999)),
                adamOnly(Parameter.logNumber("training.optimizer.epsilon", 1e-9, 1e-7))));
        parameters.addAll(validated ? validatedSchedules() : schedules());
        parameters.add(Parameter.choice("training.batch-size", 16, 32, 64, 128));
        parameters.add(Parameter.number("training.clip-norm", 0.5, 5));
        return SearchSpace.of(parameters);
    }

    private static Parameter adamOnly(Parameter parameter) {
        return parameter.when("training.optimizer", "adam", "adam-w");
    }

    private static List<Parameter> schedules() {
        return List.of(
                Parameter.choice("training.schedule", "constant", "cosine", "step"),
                Parameter.number("training.schedule.factor", 0.1, 0.9).when("training.schedule", "step"));
    }

    private static List<Parameter> validatedSchedules() {
        return List.of(
                Parameter.choice("training.schedule", "constant", "cosine", "step", "plateau"),
                Parameter.number("training.schedule.factor", 0.1, 0.9).when("training.schedule", "step", "plateau"),
                Parameter.integer("training.patience", 2, 10));
    }

    /**
     * Adds the choice of encoders to a space: which ones read pictures and texts, where {@code none} leaves a kind out,
     * but not both. What opens them reads {@code contents.image.encoder} and {@code contents.text.encoder} of the
     * settings.
     *
     * @param space such as {@link #shortVideos()}
     * @param images encoders of pictures, at least one
     * @param texts encoders of texts, at least one
     * @return the larger space
     * @throws IllegalArgumentException if a list is empty or names one twice
     */
    public static SearchSpace withEncoders(SearchSpace space, List<String> images, List<String> texts) {
        List<Parameter> parameters = new ArrayList<>(List.of(
                Parameter.choice("contents.image.encoder", images.toArray()),
                Parameter.choice("contents.text.encoder", texts.toArray())));
        parameters.addAll(space.parameters());
        SearchSpace larger = SearchSpace.of(parameters);
        return images.contains("none") && texts.contains("none")
                ? larger.forbidding(Map.of("contents.image.encoder", "none", "contents.text.encoder", "none"))
                : larger;
    }

    private static Object[] names(Enum<?>... constants) {
        return Arrays.stream(constants).map(SearchSpaces::name).toArray();
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * {@return an architecture with the settings whose names begin with {@code model.}; others are left alone}
     *
     * @param base what has no setting stays as it is here
     * @param settings of a trial
     * @throws IllegalArgumentException if a setting is unknown, out of range, or of something that the base lacks
     */
    public static Architecture architecture(Architecture base, Settings settings) {
        return new ArchitectureSettings(settings).apply(base);
    }

    /**
     * {@return training options with the settings whose names begin with {@code training.}, the trial's seed, and its
     * budget, where it has one, as the number of epochs; other settings are left alone}
     *
     * @param base what has no setting stays as it is here
     * @param trial settings, seed and budget
     * @throws IllegalArgumentException if a setting is unknown or out of range
     */
    public static TrainingOptions options(TrainingOptions base, Trial trial) {
        TrainingOptions.Builder builder =
                new TrainingSettings(trial.settings()).apply(base).seed(trial.seed());
        return (trial.budget() > 0 ? builder.epochs(trial.budget()) : builder).build();
    }
}
