package io.github.recsys4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.eval.search.BaselineSpaces;
import io.github.recsys4j.eval.search.Settings;
import io.github.recsys4j.eval.search.Trial;
import io.github.recsys4j.examples.config.ConfigException;
import io.github.recsys4j.examples.config.Keys;
import io.github.recsys4j.examples.config.Yaml;
import io.github.recsys4j.model.Architecture;
import io.github.recsys4j.model.SearchSpaces;
import io.github.recsys4j.model.train.Optimizer;
import io.github.recsys4j.split.LeaveOneOut;
import io.github.recsys4j.split.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SearchCommandTest {
    @TempDir
    private static Path folder = Path.of("");

    private static Path data = Path.of("");

    @BeforeAll
    static void writeData() throws IOException {
        StringBuilder rows = new StringBuilder("user_id,item_id,timestamp\n");
        for (int user = 1; user <= 40; user++) {
            for (int step = 0; step < 8; step++) {
                rows.append(user + "," + ((user * 7 + step) % 30 + 1) + "," + (978300000 + user * 100 + step) + "\n");
            }
        }
        data = Files.writeString(folder.resolve("interactions.csv"), rows.toString());
    }

    private static Cli search(Path output, Object... more) {
        return Cli.run(Stream.concat(Stream.of("search", "--data", data, "-o", output), Stream.of(more))
                .toArray());
    }

    private static Path config(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), yaml);
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void search_baseline_leavesTheBestSettingsForEvaluate() throws IOException {
        Path output = folder.resolve("ease");
        Cli cli = search(output, "--over", "ease", "--trials", 5, "--strategy", "random");

        assertThat(cli.status()).as(cli.err()).isZero();
        assertThat(cli.out()).contains("Best of 5 trials: ", "Next: recsys evaluate --config ");
        assertThat(json(output.resolve("search.json")).path("trials")).hasSize(5);
        for (String file : List.of("search.html", "search.md", "search.png", "journal.jsonl", "config.yaml")) {
            assertThat(output.resolve(file)).isNotEmptyFile();
        }
        String lambda =
                json(output.resolve("search.json")).at("/best/settings/lambda").asText();
        assertThat(Files.readString(output.resolve("best.yaml")))
                .contains("lambda: " + lambda)
                .doesNotContain("search:");
        Cli evaluate = Cli.run("evaluate", "--config", output.resolve("best.yaml"), "--part", "validation");
        assertThat(evaluate.status()).as(evaluate.err()).isZero();
        assertThat(evaluate.out()).contains("ease reaches NDCG@10");
    }

    @Test
    void search_modelByHalving_leavesAConfigThatTrainTakes() throws IOException {
        Path output = folder.resolve("model");
        Path yaml = config("model", """
                model: {type: sasrec, tower: {max-length: 8, dim: 8}}
                training: {threads: 1, batch-size: 64}
                search:
                  strategy: {type: halving, configurations: 3, smallest: 1, largest: 3, reduction: 3}
                  space: {training.optimizer.learning-rate: {low: 0.0001, high: 0.01, scale: log}, model.tower.dim: [8, 16]}
                """);
        Cli cli = search(output, "--config", yaml);

        assertThat(cli.status()).as(cli.err()).isZero();
        JsonNode best = json(output.resolve("search.json")).path("best");
        assertThat(best.path("budget").asInt()).isEqualTo(3);
        assertThat(Files.readString(output.resolve("best.yaml")))
                .contains("epochs: 3", "seed: " + best.path("seed").asText())
                .contains("learning-rate: "
                        + best.at("/settings/training.optimizer.learning-rate").asText());
        Path run = folder.resolve("trained");
        Cli train = Cli.run("train", "--config", output.resolve("best.yaml"), "-o", run);
        assertThat(train.status()).as(train.err()).isZero();
        double trained =
                json(run.resolve("metrics.json")).at("/validation/NDCG@10").asDouble();
        assertThat(trained).isEqualTo(best.path("score").asDouble());
    }

    @Test
    void search_resumed_makesTheTrialsOfAnUnbrokenSearch() throws IOException {
        Path whole = folder.resolve("whole");
        Path broken = folder.resolve("broken");
        search(whole, "--over", "item-knn", "--trials", 14);
        search(broken, "--over", "item-knn", "--trials", 14);
        Path journal = broken.resolve("journal.jsonl");
        List<String> lines = Files.readAllLines(journal);
        Files.writeString(
                journal,
                String.join("\n", lines.subList(0, 9)) + "\n" + lines.get(9).substring(0, 20));

        assertThat(search(broken, "--over", "item-knn", "--trials", 14).err())
                .contains("holds an earlier search: add --resume to go on");
        Cli resumed = search(broken, "--over", "item-knn", "--trials", 14, "--resume");

        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(Files.readAllLines(journal))
                .hasSize(15)
                .startsWith(lines.subList(0, 9).toArray(String[]::new));
        assertThat(json(broken.resolve("search.json")).path("trials").findValuesAsText("score"))
                .isEqualTo(json(whole.resolve("search.json")).path("trials").findValuesAsText("score"));
        Cli other = search(broken, "--over", "item-knn", "--trials", 14, "--resume", "--metric", "MRR@5");
        assertThat(other.status()).isEqualTo(1);
        assertThat(other.err())
                .contains("is of another search: its subject metric is \"NDCG@10\", now it is \"MRR@5\"");
    }

    @Test
    void search_severalJobs_makesTheSameScoresAsOne() throws IOException {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        Object[] what = {"--over", "user-knn", "--strategy", "random", "--trials", 3};
        assertThat(search(one, what).status()).isZero();
        Cli cli = search(
                two,
                Stream.concat(Stream.of(what), Stream.of("--jobs", 2, "--memory", "200m"))
                        .toArray());

        assertThat(cli.status()).as(cli.err()).isZero();
        assertThat(json(two.resolve("search.json")).path("trials").findValuesAsText("score"))
                .hasSize(3)
                .isEqualTo(json(one.resolve("search.json")).path("trials").findValuesAsText("score"));
    }

    @Test
    void search_dataAsBudget_growsTheTrainingPart() throws IOException {
        Path output = folder.resolve("thin");
        Path yaml = config("thin", """
                search:
                  over: ease
                  budget: data
                  strategy: {type: halving, configurations: 3, smallest: 30, largest: 90, reduction: 3}
                """);

        assertThat(search(output, "--config", yaml).status()).isZero();
        assertThat(json(output.resolve("search.json")).path("trials").findValuesAsText("budget"))
                .containsExactly("30", "30", "30", "90");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("over: eas", "did you mean \"ease\"?"),
                Arguments.of("strategy: grid", "must be one of halving, random, tpe"),
                Arguments.of("strategy: {type: tpe, trials: 0}", "trials must be at least 1, got 0"),
                Arguments.of("strategy: {type: halving, largest: 1}", "must be above the smallest"),
                Arguments.of("budget: money", "must be one of epochs, data"),
                Arguments.of("metric: AUC@10", "metric must be one of [NDCG@10"),
                Arguments.of("jobs: 0", "jobs must be at least 1, got 0"),
                Arguments.of("memory: much", "memory must be a size such as 4g or 1500m"),
                Arguments.of("jobs: 2, memory: 900000g", "do not fit into this machine's"),
                Arguments.of("over: ease, strategy: halving", "ease has no epochs"),
                Arguments.of("budget: data, strategy: {type: halving, largest: 200}", "must be at most 100"),
                Arguments.of("space: {model.tower.dims: [8]}", "did you mean \"dim\"?"),
                Arguments.of("space: {tower.dim: [8]}", "must be a key that begins with one of"),
                Arguments.of("space: {model.tower.dim: [0]}", "dim must be a positive multiple"),
                Arguments.of("space: {model.tower.dim: {low: 8}}", "must be a list of values, or have low and high"),
                Arguments.of("space: {model.tower.dim: {low: 8.5, high: 9, whole: true}}", "must have whole bounds"),
                Arguments.of("space: {training.clip-norm: {low: 0, high: 9, scale: log}}", "must begin above 0"),
                Arguments.of("space: {training.patience: {lo: 1}}", "did you mean \"low\"?"),
                Arguments.of(
                        "space: {training.optimizer.beta1: {low: 0.8, high: 0.9, when: {training.optimizer: adam}}}",
                        "does not stand before it"),
                Arguments.of("forbid: [{model.tower.dim: 3}]", "forbidden combination"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void search_wrongSettings_sayWhatIsAllowedAndWriteNothing(String settings, String said) throws IOException {
        Path output = folder.resolve("never");
        Cli cli = search(output, "--config", config("wrong", "search: {" + settings + "}"));

        assertThat(cli.err().lines().filter(line -> line.startsWith("recsys:")))
                .singleElement()
                .asString()
                .contains(said);
        assertThat(cli.status()).isNotZero();
        assertThat(output).doesNotExist();
    }

    static Stream<Architecture> presets() {
        return ModelConfig.RECIPES.values().stream();
    }

    /** The two ways to read settings must agree: keys of a configuration, and the library's own binding. */
    @ParameterizedTest
    @MethodSource("presets")
    void config_anyPointOfAPresetsSpace_meansWhatTheLibrarySays(Architecture preset) throws IOException {
        RunConfig base = RunConfig.read(Keys.of("c.yaml", "model: " + preset.name() + "\ndata: {path: " + data + "}"));
        SearchTrials trials = new SearchTrials(base, split(), line -> {});
        for (int seed = 0; seed < 40; seed++) {
            Trial trial = new Trial(seed, seed, SearchSpaces.of(preset).sample(seed), 0, seed + 1L);
            RunConfig config = trials.config(trial);

            assertThat(config.model().architecture()).isEqualTo(SearchSpaces.architecture(preset, trial.settings()));
            assertThat(config.training().options())
                    .hasToString(SearchSpaces.options(base.training().options(), trial)
                            .toString());
        }
    }

    @Test
    void config_keyBeforeTheChoiceOfItsSection_isKept() {
        RunConfig base = RunConfig.read(Keys.of("c.yaml", "data: {path: " + data + "}"));
        Settings settings = Settings.of(ImmutableMap.of(
                "training.optimizer.learning-rate", 0.5, "training.optimizer", "sgd", "model.tower.dim", 8));
        RunConfig config = new SearchTrials(base, split(), line -> {}).config(new Trial(0, 0, settings, 0, 1));

        assertThat(config.training().options().optimizer()).isEqualTo(Optimizer.sgd(0.5, 0.9));
    }

    static List<String> baselines() {
        return BaselineSpaces.names();
    }

    @ParameterizedTest
    @MethodSource("baselines")
    void config_anyPointOfABaselinesSpace_meansWhatTheLibrarySays(String name) throws IOException {
        RunConfig base = RunConfig.read(Keys.of("c.yaml", "search: {over: " + name + "}\ndata: {path: " + data + "}"));
        SearchTrials trials = new SearchTrials(base, split(), line -> {});
        for (int seed = 0; seed < 40; seed++) {
            Trial trial = new Trial(seed, seed, BaselineSpaces.of(name).sample(seed), 0, seed + 1L);

            assertThat(trials.config(trial).evaluation().baseline(name)).contains(BaselineSpaces.baseline(name, trial));
        }
    }

    private static Split split() {
        return LeaveOneOut.split(Dataset.builder().interactions(data).build());
    }

    @Test
    void toMap_everySetting_isReadBackTheSame() {
        String yaml = """
                search: {over: bpr, strategy: {type: random, trials: 7}, budget: data, metric: MRR@5, seed: 3, jobs: 2,
                  memory: 1500m, timeout: 90s, space: {evaluation.bpr.factors: [8, 16], training.optimizer: [adam, sgd],
                  training.optimizer.beta1: {low: 0.8, high: 0.9, when: {training.optimizer: [adam]}},
                  training.patience: {low: 1, high: 5, whole: true, scale: log}},
                  forbid: [{evaluation.bpr.factors: 8, training.optimizer: sgd}]}
                """;
        RunConfig config = RunConfig.read(Keys.of("c.yaml", yaml));

        assertThat(RunConfig.read(Keys.of("d.yaml", Yaml.write(config.toMap()))).toMap())
                .isEqualTo(config.toMap());
        assertThat(config.search().space(Architecture.sasRec()).toString())
                .contains("training.optimizer.beta1: number 0.8..0.9 when training.optimizer in [adam]")
                .contains(
                        "training.patience: log integer 1..5",
                        "not {evaluation.bpr.factors=8, training.optimizer=sgd}");
    }

    @Test
    void checkMemory_processesThatFit_passAndOthersAreRefused() {
        SearchConfig config = RunConfig.read(Keys.of("c.yaml", "search: {jobs: 4, memory: 2g}"))
                .search();

        config.checkMemory(8L << 30);
        assertThatThrownBy(() -> config.checkMemory(7L << 30))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "search.jobs: 4 processes of 2048 MiB of heap do not fit into this machine's 7168 MiB: lower"
                                + " search.jobs or search.memory");
    }

    @Test
    void encoderNone_isLeftOut() {
        RunConfig config = RunConfig.read(
                Keys.of("c.yaml", "contents: {text: {columns: a, encoder: none}, image: {folder: pics}}"));

        assertThat(config.contents().encoders()).hasSize(1);
        assertThat(config.contents().toMap()).containsKey("image").doesNotContainKey("text");
    }
}
