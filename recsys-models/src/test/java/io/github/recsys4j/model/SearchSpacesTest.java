package io.github.recsys4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.eval.search.Parameter;
import io.github.recsys4j.eval.search.SearchSpace;
import io.github.recsys4j.eval.search.Settings;
import io.github.recsys4j.eval.search.Trial;
import io.github.recsys4j.model.network.Fusion;
import io.github.recsys4j.model.train.AccidentalHits;
import io.github.recsys4j.model.train.InBatch;
import io.github.recsys4j.model.train.Loss;
import io.github.recsys4j.model.train.Optimizer;
import io.github.recsys4j.model.train.Schedule;
import io.github.recsys4j.model.train.TrainingOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SearchSpacesTest {
    static Stream<Architecture> presets() {
        return Stream.of(
                Architecture.sasRec(),
                Architecture.sasRecSoftmax(),
                Architecture.gSasRec(),
                Architecture.eSasRec(),
                Architecture.gatedSequence(),
                Architecture.twoTower(),
                Architecture.multimodalRanker());
    }

    private static Trial trial(Settings settings) {
        return new Trial(3, 3, settings, 0, 99);
    }

    @ParameterizedTest
    @MethodSource("presets")
    void of_everyPreset_anyPointIsAnArchitectureAndOptions(Architecture preset) {
        SearchSpace space = SearchSpaces.of(preset);
        for (int seed = 0; seed < 100; seed++) {
            Settings settings = space.sample(seed);
            Architecture tuned = SearchSpaces.architecture(preset, settings);
            TrainingOptions options = SearchSpaces.options(TrainingOptions.defaults(), trial(settings));

            assertThat(tuned.tower().dim()).isEqualTo(settings.integer("model.tower.dim"));
            assertThat(options.batchSize()).isEqualTo(settings.integer("training.batch-size"));
            assertThat(options.optimizer().learningRate())
                    .isEqualTo(settings.number("training.optimizer.learning-rate"));
        }
    }

    @Test
    void architecture_noSettings_isTheBase() {
        presets()
                .forEach(preset -> assertThat(SearchSpaces.architecture(preset, Settings.of(Map.of())))
                        .isEqualTo(preset));
    }

    @Test
    void options_optimizerScheduleSeedAndBudget_reachTheOptions() {
        Settings settings = Settings.of(Map.of(
                "training.optimizer",
                "sgd",
                "training.optimizer.learning-rate",
                0.02,
                "training.schedule",
                "step",
                "training.schedule.factor",
                0.25,
                "training.patience",
                4,
                "model.tower.dim",
                32));
        TrainingOptions options = SearchSpaces.options(TrainingOptions.defaults(), new Trial(0, 0, settings, 6, 11));

        assertThat(options.optimizer()).isEqualTo(new Optimizer.Sgd(0.02, 0.9, 0, false, 0));
        assertThat(options.schedule()).isEqualTo(new Schedule.Step(10, 0.25));
        assertThat(options.patience()).isEqualTo(4);
        assertThat(options.epochs()).isEqualTo(6);
        assertThat(options.seed()).isEqualTo(11);
    }

    @Test
    void shortVideos_withEncoders_holdsTheSpaceOfThePublishedSystem() {
        SearchSpace space = SearchSpaces.withEncoders(
                SearchSpaces.shortVideos(),
                List.of("clip", "resnet", "convnext", "none"),
                List.of("sentence-bert", "mpnet", "bert", "none"));

        assertThat(space.parameters())
                .extracting(Parameter::name)
                .contains("training.patience", "training.schedule.factor", "model.scorer.hidden");
        space.check(Settings.of(Map.ofEntries(
                Map.entry("contents.image.encoder", "none"),
                Map.entry("contents.text.encoder", "mpnet"),
                Map.entry("model.item-tower.fusion", "modality-gate"),
                Map.entry("model.item-tower.heads", "8"),
                Map.entry("model.item-tower.dropout", 0.3),
                Map.entry("model.item-tower.alignment", 0.01),
                Map.entry("model.tower.dim", "512"),
                Map.entry("model.tower.dropout", 0.1),
                Map.entry("model.scorer.hidden", "512"),
                Map.entry("training.optimizer", "adam-w"),
                Map.entry("training.optimizer.learning-rate", 1e-5),
                Map.entry("training.optimizer.weight-decay", 1e-6),
                Map.entry("training.optimizer.beta1", 0.8),
                Map.entry("training.optimizer.beta2", 0.999),
                Map.entry("training.optimizer.epsilon", 1e-9),
                Map.entry("training.schedule", "plateau"),
                Map.entry("training.schedule.factor", 0.9),
                Map.entry("training.patience", 10),
                Map.entry("training.batch-size", "16"),
                Map.entry("training.clip-norm", 5.0))));
        for (int seed = 0; seed < 200; seed++) {
            Settings settings = space.sample(seed);
            assertThat(settings.text("contents.image.encoder") + settings.text("contents.text.encoder"))
                    .isNotEqualTo("nonenone");
            assertThat(settings.has("training.optimizer.beta1"))
                    .isEqualTo(!settings.text("training.optimizer").equals("sgd"));
            SearchSpaces.architecture(Architecture.multimodalRanker(), settings);
            SearchSpaces.options(TrainingOptions.defaults(), trial(settings));
        }
    }

    @Test
    void architecture_fusion_isSet() {
        assertThat(SearchSpaces.architecture(
                                Architecture.twoTower(), Settings.of(Map.of("model.item-tower.fusion", "id-gate")))
                        .itemTower()
                        .fusion())
                .isEqualTo(Fusion.ID_GATE);
    }

    @Test
    void architecture_settingsOfLosses_areSet() {
        Loss towers = SearchSpaces.architecture(
                        Architecture.twoTower(),
                        Settings.of(Map.of(
                                "model.loss.in-batch.temperature",
                                0.2,
                                "model.loss.in-batch.hard-negatives",
                                7,
                                "model.loss.in-batch.accidental-hits",
                                "known-items",
                                "model.loss.embedding-penalty",
                                0.01)))
                .loss();
        assertThat(towers)
                .isEqualTo(Loss.inBatch(InBatch.symmetric(0.2)
                                .withHardNegatives(7)
                                .withAccidentalHits(AccidentalHits.KNOWN_ITEMS))
                        .withEmbeddingPenalty(0.01));
        Settings weight = Settings.of(Map.of("model.loss.positive-weight", 3.0, "model.loss.calibration", 0.5));
        assertThat(SearchSpaces.architecture(Architecture.gSasRec(), weight).loss())
                .isEqualTo(Loss.gbce(0.5).withPositiveWeight(3));
        Settings smoothing = Settings.of(Map.of("model.loss.label-smoothing", 0.1));
        assertThat(SearchSpaces.architecture(Architecture.sasRecSoftmax(), smoothing)
                        .settings())
                .containsEntry("loss", "Loss[kind=FULL_SOFTMAX, calibration=0.0, labelSmoothing=0.1]");
    }

    @Test
    void architecture_settingsItLacks_areRefusedByName() {
        assertThatThrownBy(() ->
                        SearchSpaces.architecture(Architecture.sasRec(), Settings.of(Map.of("model.tower.dims", 8))))
                .hasMessageContaining("setting \"model.tower.dims\" is not known, did you mean \"model.tower.dim\"?");
        assertThatThrownBy(() ->
                        SearchSpaces.architecture(Architecture.sasRec(), Settings.of(Map.of("model.scorer.hidden", 8))))
                .hasMessageContaining("setting \"model.scorer.hidden\" is not known");
        assertThatThrownBy(() -> SearchSpaces.options(
                        TrainingOptions.defaults(), trial(Settings.of(Map.of("training.optimizer", "lion")))))
                .hasMessage("setting \"training.optimizer\" must be adam, adam-w or sgd, got \"lion\"");
    }
}
