package io.github.recsys4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.eval.baseline.Baseline;
import io.github.recsys4j.eval.baseline.Baselines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code evaluate} can ask, measure and write, on users who walk along forty items. */
class EvaluateCommandTest {
    private static final int USERS = 60;
    private static final int ITEMS = 40;

    @TempDir
    private static Path folder = Path.of("");

    private static Path data = Path.of("");

    @BeforeAll
    static void writeData() throws IOException {
        data = Files.createDirectories(folder.resolve("data"));
        StringBuilder rows = new StringBuilder("user_id,item_id,timestamp,value\n");
        StringBuilder users = new StringBuilder("user_id,gender\n");
        for (int user = 1; user <= USERS; user++) {
            users.append(user + "," + (user % 3 == 0 ? "f" : "m") + "\n");
            for (int step = 0; step < 6 + user % 7; step++) {
                rows.append(
                        user + "," + ((user * 7 + step) % ITEMS + 1) + "," + (978300000 + user * 100 + step) + ",4\n");
            }
        }
        StringBuilder items = new StringBuilder("item_id,title,genres,studio\n");
        for (int item = 1; item <= ITEMS; item++) {
            items.append(
                    item + ",film " + item + "," + (item % 2 == 0 ? "Drama|War" : "Comedy") + ",s" + item % 3 + "\n");
        }
        Files.writeString(data.resolve("interactions.csv"), rows.toString());
        Files.writeString(data.resolve("items.csv"), items.toString());
        Files.writeString(data.resolve("users.csv"), users.toString());
    }

    private static Cli evaluate(Object... more) {
        Stream<Object> models =
                List.of(more).contains("--models") ? Stream.of() : Stream.of("--models", "popularity,markov");
        return Cli.run(Stream.of(Stream.<Object>of("evaluate", "--data", data), models, Stream.of(more))
                .flatMap(each -> each)
                .toArray());
    }

    private static JsonNode report(Object... more) throws IOException {
        Path file = folder.resolve("report.json");
        Cli cli = evaluate(
                Stream.concat(Stream.of("--json", file), Stream.of(more)).toArray());
        assertThat(cli.status()).as(cli.err()).isZero();
        return new ObjectMapper().readTree(file.toFile());
    }

    private static List<String> labels(JsonNode report) {
        List<String> labels = new ArrayList<>();
        report.path("definitions").fieldNames().forEachRemaining(labels::add);
        return labels;
    }

    @Test
    void evaluate_allFiles_areWrittenAndSayTheSame() throws IOException {
        Path out = folder.resolve("all");
        Cli cli = evaluate(
                "--html",
                out.resolve("r.html"),
                "--png",
                out.resolve("r.png"),
                "--markdown",
                out.resolve("r.md"),
                "--json",
                out.resolve("r.json"),
                "--per-case",
                out.resolve("r.csv"));

        assertThat(cli.status()).as(cli.err()).isZero();
        String sentence = cli.out().lines().reduce((a, b) -> b).orElseThrow();
        assertThat(sentence).startsWith("markov wins by NDCG@10: ").contains("That is hardly luck");
        assertThat(cli.out()).contains("markov against", "p < 0.0001", "better");
        assertThat(Files.readString(out.resolve("r.html"))).contains(sentence.substring(0, 40), "NDCG by cut-off");
        assertThat(Files.readString(out.resolve("r.md"))).contains("**" + sentence.substring(0, 40));
        assertThat(Files.readString(out.resolve("r.json"))).contains(sentence.substring(0, 40));
        assertThat(ImageIO.read(out.resolve("r.png").toFile()).getWidth()).isGreaterThan(1000);
        assertThat(Files.readAllLines(out.resolve("r.csv")))
                .hasSize(2 * USERS + 1)
                .first()
                .asString()
                .startsWith("model,user_id,NDCG@10,");
    }

    @Test
    void evaluate_everyBaseline_isMeasured() throws IOException {
        String all = String.join(",", BaselineConfig.NAMES);

        assertThat(BaselineConfig.NAMES)
                .hasSize(11)
                .containsExactlyElementsOf(
                        Baselines.all().stream().map(Baseline::name).toList());
        assertThat(report("--models", all, "--set", "evaluation.bpr.epochs=1")
                        .path("models")
                        .findValuesAsText("name"))
                .containsExactlyElementsOf(BaselineConfig.NAMES);
    }

    @Test
    void evaluate_everyMetric_isMeasured() throws IOException {
        String all = String.join(",", MetricNames.known()).replace("@K", "@5") + ",AUC,GAUC,averagerank,MedianRank";
        JsonNode report = report(
                "--metrics", all,
                "--set", "evaluation.beyond-accuracy.category-column=genres",
                "--set", "evaluation.beyond-accuracy.separator=|",
                "--set", "contents.text.columns=title",
                "--set", "contents.cache=none");

        assertThat(labels(report))
                .hasSize(MetricNames.known().size() + 4)
                .contains("NDCG@5", "CategoryDiversity@5", "IntraListSimilarity@5", "Gini@5", "AverageRank");
        assertThat(report.path("models")
                        .get(1)
                        .path("metrics")
                        .path("CategoryDiversity@5")
                        .asDouble())
                .isBetween(0.01, 1.0);
    }

    @Test
    void evaluate_setsOfMetrics_areExpanded() throws IOException {
        assertThat(labels(report("--metrics", "MRR@3,accuracy@5,Beyond-Accuracy@5,ndcg@5")))
                .startsWith("MRR@3", "NDCG@5", "Recall@5")
                .contains("Coverage@5", "Serendipity@5")
                .doesNotHaveDuplicates();
    }

    @Test
    void evaluate_groups_areMeasuredEach() throws IOException {
        JsonNode report = report(
                "--metrics",
                "NDCG@5",
                "--set",
                "evaluation.groups.users=gender",
                "--set",
                "evaluation.groups.items=studio");

        assertThat(labels(report))
                .contains("NDCG@5 [f]", "NDCG@5 [m]", "NDCG@5 [gap]", "Exposure@5 [s0]", "TargetsFound@5 [gap]");
    }

    static Stream<Arguments> tasks() {
        return Stream.of(
                Arguments.of("cold-users", "evaluation.task.most=6", "ColdUsers[most=6]"),
                Arguments.of("cold-items", "evaluation.task.most=10", "ColdItems[most=10]"),
                Arguments.of("next-n", "evaluation.task.n=1", "NextN[n=1]"),
                Arguments.of("successive", "evaluation.models=markov,popularity", "Successive[]"));
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void evaluate_task_narrowsTheCasesAndSaysSo(String task, String set, String said) throws IOException {
        JsonNode report = report("--task", task, "--set", set);

        assertThat(report.path("protocol").path("split").asText()).contains(said);
        int cases = report.path("counts").path("cases").asInt();
        assertThat(cases).isPositive();
        if (task.startsWith("cold")) {
            assertThat(cases).isLessThan(USERS);
        }
    }

    @Test
    void evaluate_sampledCandidates_areInEveryLabel() throws IOException {
        JsonNode report = report(
                "--candidates",
                "sampled",
                "--set",
                "evaluation.candidates.count=7",
                "--set",
                "evaluation.candidates.sampling=inverse-popularity");

        assertThat(labels(report)).allMatch(label -> label.endsWith("(sampled 7 inverse-popularity)"));
    }

    @Test
    void evaluate_givenCandidates_rankThoseAlone() throws IOException {
        StringBuilder rows = new StringBuilder("user_id,item_id\n");
        for (int user = 1; user <= USERS; user++) {
            rows.append(user + ",1\n" + user + ",2\n");
        }
        Path file = Files.writeString(folder.resolve("candidates.csv"), rows.toString());
        JsonNode report = report("--candidates", "given", "--set", "evaluation.candidates.file=" + file);

        assertThat(report.path("models")
                        .get(0)
                        .path("metrics")
                        .path("Coverage@10 (given candidates)")
                        .asDouble())
                .isLessThanOrEqualTo(2.0 / ITEMS);
        Files.writeString(file, rows.toString().replace("\n60,1\n60,2", ""));
        assertThat(evaluate("--candidates", "given", "--set", "evaluation.candidates.file=" + file)
                        .err())
                .contains("candidates.csv has no candidates for user \"60\": give every case some");
        Files.writeString(file, rows.toString().replace("\n60,1\n", "\n60,unheard\n"));
        assertThat(evaluate("--candidates", "given", "--set", "evaluation.candidates.file=" + file)
                        .err())
                .contains("names the item \"unheard\", which is not in the data");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of("--metrics Recal@10", "did you mean \"Recall\"?"),
                Arguments.of("--metrics NDCG", "must be a name, @ and a cut-off of at least 1"),
                Arguments.of("--metrics Coverage@10", "must hold one that is measured case by case"),
                Arguments.of("--metrics NDCG@5,CategoryDiversity@5", "evaluation.beyond-accuracy.category-column"),
                Arguments.of("--metrics NDCG@5,HistorySimilarity@5", "add the section contents"),
                Arguments.of("--models popularity,popularity", "models must differ"),
                Arguments.of("--models easy", "did you mean \"ease\"?"),
                Arguments.of("--part validatoin", "did you mean \"validation\"?"),
                Arguments.of("--task cold-user", "did you mean \"cold-users\"?"),
                Arguments.of("--task next-n --set evaluation.task.n=0", "n must be at least 1, got 0"),
                Arguments.of("--task cold-users --set evaluation.task.n=0", "unknown key \"n\""),
                Arguments.of("--candidates sample", "did you mean \"sampled\"?"),
                Arguments.of("--candidates given", "need evaluation.candidates.file"),
                Arguments.of("--set evaluation.confidence.level=95", "level must be between 0 and 1"),
                Arguments.of("--set evaluation.groups.users=sex", "the users have no column \"sex\""),
                Arguments.of("--set evaluation.slim.l1-ratio=7", "evaluation.slim"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void evaluate_wrongArguments_areStatusTwoInOneLineAndWriteNothing(String arguments, String said) {
        Path file = folder.resolve("never.html");
        Object[] given = Stream.concat(Stream.of("--html", file), Stream.of((Object[]) arguments.split(" ", -1)))
                .toArray();
        Cli cli = evaluate(given);

        assertThat(cli.err().lines().filter(line -> line.startsWith("recsys:")))
                .singleElement()
                .asString()
                .contains(said);
        assertThat(cli.status()).isEqualTo(2);
        assertThat(file).doesNotExist();
    }

    @Test
    void evaluate_placeThatCannotBeWritten_isRefusedBeforeAnyTraining() {
        Cli cli = evaluate("--html", folder.resolve("ok.html"), "--json", data);

        assertThat(cli.status()).isEqualTo(2);
        assertThat(cli.err())
                .isEqualTo("recsys: --json must be a file, got the folder " + data + System.lineSeparator());
        assertThat(folder.resolve("ok.html")).doesNotExist();
        assertThat(evaluate("--json", data.resolve("items.csv/x.json")).err())
                .contains("--json must be a place that can be written");
        assertThat(evaluate("--json", folder.resolve("x"), "--html", folder.resolve("x"))
                        .err())
                .contains("each report needs a file of its own");
    }
}
