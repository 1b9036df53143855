package io.github.recsys4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.data.DatasetBuilder;
import io.github.recsys4j.examples.config.Change;
import io.github.recsys4j.examples.config.ConfigException;
import io.github.recsys4j.examples.config.Keys;
import io.github.recsys4j.examples.config.Records;
import io.github.recsys4j.examples.config.Yaml;
import io.github.recsys4j.model.Architecture;
import io.github.recsys4j.model.RecommenderBuilder;
import io.github.recsys4j.model.train.TrainingOptions;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A configuration reaches every option of the builders, and survives being written and read again. */
class RunConfigTest {
    private static RunConfig read(String yaml) {
        return RunConfig.read(Keys.of("c.yaml", yaml));
    }

    private static Map<String, Object> effective(String yaml) {
        return read(yaml).toMap();
    }

    static Stream<String> variants() {
        Stream<String> splits = SplitConfig.SPLITTERS.keySet().stream().map(name -> "split: " + name);
        Stream<String> filters = FilterConfig.FILTERS.keySet().stream().map(name -> "filter: " + name);
        Stream<String> models = ModelConfig.RECIPES.keySet().stream().map(name -> "model: " + name);
        Stream<String> optimizers =
                TrainingConfig.OPTIMIZERS.keySet().stream().map(name -> "training: {optimizer: " + name + "}");
        Stream<String> schedules =
                TrainingConfig.SCHEDULES.keySet().stream().map(name -> "training: {schedule: " + name + "}");
        Stream<String> tasks = EvaluationConfig.TASKS.keySet().stream().map(name -> "evaluation: {task: " + name + "}");
        Stream<String> candidates =
                EvaluationConfig.CANDIDATES.keySet().stream().map(name -> "evaluation: {candidates: " + name + "}");
        return Stream.of(splits, filters, models, optimizers, schedules, tasks, candidates)
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void toMap_everyVariant_isReadBackTheSame(String yaml) {
        Map<String, Object> first = effective(yaml);

        assertThat(effective(Yaml.write(first))).isEqualTo(first);
    }

    @Test
    void toMap_manySettings_isReadBackTheSame() {
        String yaml = """
                data: {path: a b.csv, format: movielens-csv, items: [x.csv, y.csv], users: u.csv, images: pics,
                  columns: {user: u, item: i, time: t, value: v}, time-unit: milliseconds, limits: {max-bad-rows: 3},
                  duplicates: keep-last, unlisted-items: drop, threads: 3}
                filter: {type: single-pass, min-per-user: 3}
                split: {type: global-time, validation-from: 2025-01-01, test-from: 2025-02-01T10:00:00Z}
                contents: {cache: none, memory-megabytes: 5, text: {columns: [title, plot], dim: 32},
                  image: {folder: pics, column: file, encoder: models/clip, preset: clip, pooling: ready, normalized: false,
                    batch-size: 4, output: image_embeds, model-file: onnx/vision_model_fp16.onnx, device: 'cuda:1'},
                  audio: {encoder: clips.f32, dim: 7, ids: clips.txt}, numbers: {columns: year, scaling: robust},
                  categories: {columns: [genre], separator: '|', min-rows: 2}, cleaning: {lower-case: true},
                  image-limits: {min-side: 8}}
                user-context: {numbers: {columns: age}, categories: {columns: [gender, zip]}}
                model: {type: gsasrec, item-tower: {fusion: id-gate, id-dropout: 0.4, alignment: 0.1}, name: mine, tower: {dim: 32, feed-forward: {factor: 2}}, loss: {calibration: 0.5}}
                training: {clip-norm: 5, max-duration: 90m, max-batches-per-epoch: 10, patience: unlimited,
                  warmup: {steps: 100, start: 0.2}, saving: {every: 10s, keep: 5}, keep-histories: false}
                evaluation: {models: [ease, some/folder], metrics: 'NDCG@5,MRR@20', item-knn: {k: 250, shrink: 1.2},
                  recent-popularity: {window: 48h}, user-knn: {k: 7}, confidence: {level: 0.9, test: randomisation},
                  task: {type: cold-users, most: 3}, candidates: {type: sampled, count: 9, sampling: popularity},
                  beyond-accuracy: {category-column: genre, separator: '|', fresh-window: 24h}, groups: {users: gender}}
                """;
        Map<String, Object> first = effective(yaml);

        assertThat(effective(Yaml.write(first))).isEqualTo(first);
        assertThat(Yaml.write(first))
                .contains("max-duration: 5400s", "time-unit: milliseconds", "calibration: 0.5", "min-per-user: 3")
                .contains("2025-02-01T10:00", "patience: unlimited", "keep-last", "max-bad-rows: 3", "NDCG@5")
                .contains(
                        "cache: none", "dim: 32", "preset: clip", "pooling: ready", "device: cuda:1", "ids: clips.txt")
                .contains("window: 172800s", "test: randomisation", "most: 3", "sampling: popularity", "users: gender")
                .contains("scaling: robust", "separator: ", "lower-case: true", "min-side: 8", "fusion: id-gate");
    }

    @Test
    void read_recipe_isTheLibrarysOwn() {
        assertThat(read("model: gsasrec").model().architecture()).isEqualTo(Architecture.gSasRec());
        assertThat(read("").model().architecture()).isEqualTo(Architecture.strongest());
    }

    @Test
    void read_flagOverAVariantGivenByName_keepsItsOtherDefaults() {
        RunConfig config = RunConfig.read(Keys.of("c.yaml", "training: {optimizer: adam-w}")
                .with(List.of(new Change("training.optimizer.learning-rate", "0.5", "--learning-rate"))));

        assertThat(Yaml.write(config.toMap())).contains("type: adam-w", "learning-rate: 0.5", "weight-decay: 0.01");
    }

    @ParameterizedTest
    @MethodSource("broken")
    void read_wrongValue_saysWhatIsAllowed(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(ConfigException.class).hasMessageContaining(message);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("data: {format: movielens}", "did you mean \"movielens-"),
                Arguments.of("split: {type: leave-one-out, validation-users: -1}", "must be at least 0, got -1"),
                Arguments.of("split: {type: user-ratio, ratios: {test: 2}}", "share"),
                Arguments.of("split: {type: global-time, test-from: 2025-01-01}", "together or not at all"),
                Arguments.of(
                        "split: {type: global-time, test-from: soon, validation-from: 2025-01-01}",
                        "must look like 2025-01-31"),
                Arguments.of("filter: {min-per-user: few}", "\"filter.min-per-user\" must be a whole number"),
                Arguments.of("model: {tower: {dim: 0}}", "dim must be a positive multiple of heads"),
                Arguments.of("model: {loss: {kind: bpr, calibration: 1}}", "calibration is for gBCE only"),
                Arguments.of("training: {metric: NDCG}", "must be a name, @ and a cut-off"),
                Arguments.of("training: {metric: AUC@10}", "metric must be one of [NDCG@10"),
                Arguments.of("training: {max-duration: 5 minutes}", "a length of time such as 90s, 5m or 1h"),
                Arguments.of("training: {saving: {keep: 0}}", "keep must be at least 1, got 0"),
                Arguments.of("evaluation: {models: []}", "models must not be empty"),
                Arguments.of("evaluation: {item-knn: {k: 0}}", "k must be at least 1, got 0"),
                Arguments.of("evaluation: {ease: {lambda: -1}}", "lambda"),
                Arguments.of("contents: {text: {columns: x, encoder: a.csv, ids: b}}", "has no use for ids"),
                Arguments.of("contents: {image: {encoder: a.f32}}", "a.f32 names no items: give ids"),
                Arguments.of("contents: {audio: {encoder: a, device: gpu}}", "device must be auto, cpu, cuda"),
                Arguments.of("contents: {numbers: {scaling: log}}", "did you mean \"log1p\"?"),
                Arguments.of("contents: {cleaning: {max-length: 0}}", "maxLength must be at least 1, got 0"),
                Arguments.of("model: {scorer: {hidden: 3}}", "\"model.scorer\""),
                Arguments.of("trainning: {}", "did you mean \"training\"?"));
    }

    @Test
    void keys_training_coverTheBuilder() {
        // Loss and negatives are the architecture's.
        assertCovered(TrainingOptions.Builder.class, known(new TrainingConfig()::read), "loss", "negatives");
    }

    @Test
    void keys_data_coverTheBuilder() {
        // The path names the interactions or their folder; progress is the command's.
        assertCovered(DatasetBuilder.class, known(new DataConfig()::read), "interactions", "folder", "progress");
    }

    @Test
    void keys_recommender_coverTheBuilder() {
        Set<String> keys = known(new TrainingConfig()::read);
        // The section "model" is the architecture, "training" the options; device, progress and curves are the
        // command's; histories are left out with keep-histories; features come from the section "contents", user
        // features from "user-context".
        assertCovered(
                RecommenderBuilder.class,
                keys,
                "architecture",
                "options",
                "device",
                "listener",
                "history",
                "features",
                "user-features",
                "without-histories");
        assertThat(keys).contains("keep-histories");
    }

    private static Set<String> known(Consumer<Keys> section) {
        Keys keys = Keys.none();
        section.accept(keys);
        return new TreeSet<>(keys.known());
    }

    private static void assertCovered(Class<?> builder, Collection<String> keys, String... elsewhere) {
        Set<String> options = new TreeSet<>();
        for (Method method : builder.getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && method.getReturnType() == builder) {
                options.add(Records.kebab(method.getName()));
            }
        }
        options.removeAll(keys);

        assertThat(options).isSubsetOf(Arrays.asList(elsewhere));
    }
}
