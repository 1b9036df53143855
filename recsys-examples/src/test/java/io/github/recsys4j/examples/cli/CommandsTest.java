package io.github.recsys4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goes the whole way on a small MovieLens look-alike: prepare, split, train, evaluate, recommend, checkpoints. */
class CommandsTest {
    private static final int USERS = 60;
    private static final int ITEMS = 40;

    @TempDir
    private static Path folder = Path.of("");

    private static Path prepared = Path.of("");
    private static Path parts = Path.of("");
    private static Path run = Path.of("");
    private static Cli prepare = new Cli(-1, "", "");
    private static Cli split = prepare;
    private static Cli train = prepare;

    @BeforeAll
    static void goAllTheWay() throws IOException {
        Path raw = Files.createDirectories(folder.resolve("ml"));
        Files.writeString(raw.resolve("ratings.dat"), ratings());
        Files.writeString(raw.resolve("movies.dat"), movies(), StandardCharsets.ISO_8859_1);
        prepared = folder.resolve("prepared data");
        parts = folder.resolve("parts");
        run = folder.resolve("run");
        prepare = Cli.run("prepare", "--data", raw, "--format", "movielens-dat", "--min-per-user", 5, "-o", prepared);
        split = Cli.run("split", "--data", prepared, "-o", parts);
        train = Cli.run(
                "train", "--data", parts, "--dim", 8, "--max-length", 10, "--epochs", 2, "--threads", 1, "-o", run);
    }

    /** Users walk along the items, a step at a time; the last one watched two films only. */
    private static String ratings() {
        StringBuilder rows = new StringBuilder();
        for (int user = 1; user <= USERS; user++) {
            for (int step = 0; step < (user == USERS ? 2 : 12); step++) {
                int item = (user * 7 + step) % ITEMS + 1;
                rows.append(user + "::" + item + "::4::" + (978300000 + user * 100 + step) + "\n");
            }
        }
        return rows.toString();
    }

    private static String movies() {
        StringBuilder rows = new StringBuilder();
        for (int item = 1; item <= ITEMS; item++) {
            rows.append(item + "::Fähre " + item + ", the film (1999)::Drama\n");
        }
        return rows.toString();
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void prepare_movieLens_writesOurCsv() throws IOException {
        assertThat(prepare.err()).doesNotContain("recsys:");
        assertThat(prepare.status()).isZero();
        assertThat(prepare.out()).contains("59 users with 40 items");
        assertThat(Files.readAllLines(prepared.resolve("interactions.csv")))
                .hasSize(59 * 12 + 1)
                .startsWith("user_id,item_id,timestamp,value", "1,8,978300100000,4.0");
        assertThat(Files.readAllLines(prepared.resolve("items.csv"))).contains("1,\"Fähre 1, the film (1999)\",Drama");
    }

    @Test
    void prepare_outputNotEmpty_isRefusedAndLeftAlone() {
        Cli again = Cli.run("prepare", "--data", prepared, "-o", prepared);

        assertThat(again.status()).isEqualTo(1);
        assertThat(again.err())
                .startsWith("recsys: ")
                .contains("is not empty: choose a new folder for --output")
                .doesNotContain("Exception");
        assertThat(again.err().lines()).hasSize(1);
    }

    @Test
    void split_leaveOneOut_reportsAndWritesParts() {
        assertThat(split.status()).isZero();
        assertThat(split.out())
                .contains("leave-one-out(validation=all)")
                .contains("validation")
                .contains("59");
        assertThat(parts.resolve("test.csv")).isNotEmptyFile();
        assertThat(parts.resolve("split.json")).isNotEmptyFile();
    }

    @Test
    void train_smallModel_leavesEverythingInTheFolder() throws IOException {
        assertThat(train.err()).contains("train ").contains("loss=");
        assertThat(train.status()).isZero();
        assertThat(train.out()).contains("sasrec-softmax: 2 epochs").contains("validation NDCG@10");
        assertThat(run.resolve("model/user_tower.onnx")).isNotEmptyFile();
        assertThat(run.resolve("training-curves.png")).isNotEmptyFile();
        assertThat(json(run.resolve("metrics.json")).path("epochs")).hasSize(2);
        assertThat(Files.readString(run.resolve("config.yaml")))
                .contains("epochs: 2")
                .contains("dim: 8")
                .contains("format: split");
    }

    @Test
    void train_withItsOwnEffectiveConfig_givesTheSameModel() throws IOException {
        Path again = folder.resolve("again");
        Cli second = Cli.run("train", "--config", run.resolve("config.yaml"), "-o", again);

        assertThat(second.status()).as(second.err()).isZero();
        assertThat(Files.readString(again.resolve("config.yaml")))
                .isEqualTo(Files.readString(run.resolve("config.yaml")));
        assertThat(again.resolve("model/item_inputs.npy")).hasSameBinaryContentAs(run.resolve("model/item_inputs.npy"));
    }

    @Test
    void train_folderOfAnEarlierRun_needsResume() {
        Cli second = Cli.run("train", "--data", parts, "-o", run);

        assertThat(second.status()).isEqualTo(1);
        assertThat(second.err()).contains("holds checkpoints of an earlier run: add --resume to go on");
    }

    @Test
    void train_resumeWithMoreEpochs_goesOn() throws IOException {
        Path more = folder.resolve("more");
        Object[] start = {"train", "--data", parts, "--dim", 8, "--max-length", 10, "--threads", 1, "-o", more};
        assertThat(Cli.run(with(start, "--epochs", 1)).status()).isZero();
        Cli resumed = Cli.run(with(start, "--epochs", 3, "--resume"));

        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(json(more.resolve("metrics.json")).path("epochs")).hasSize(3);
    }

    private static Object[] with(Object[] arguments, Object... more) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(arguments), java.util.Arrays.stream(more))
                .toArray();
    }

    @Test
    void evaluate_baselinesAndModel_writesTheReport() throws IOException {
        Path report = folder.resolve("reports/report.json");
        Cli evaluate = Cli.run(
                "evaluate",
                "--data",
                parts,
                "--models",
                "popularity,markov," + run,
                "--part",
                "validation",
                "--json",
                report,
                "--markdown",
                folder.resolve("reports/report.md"),
                "--html",
                folder.resolve("reports/report.html"));

        assertThat(evaluate.status()).as(evaluate.err()).isZero();
        assertThat(evaluate.out()).contains("markov").contains("NDCG@10").contains("59 cases");
        JsonNode models = json(report).path("models");
        assertThat(models).hasSize(3);
        assertThat(models.findValuesAsText("name")).containsExactly("popularity", "markov", run.toString());
        assertThat(models.get(1).path("metrics").path("NDCG@10").asDouble()).isGreaterThan(0.9);
        assertThat(models.get(1).path("metrics").path("Recall@1").asDouble()).isBetween(0.0, 1.0);
        assertThat(models.get(1).path("metrics").has("Recall@10")).isTrue();
        assertThat(folder.resolve("reports/report.md")).content().contains("| markov |");
        assertThat(folder.resolve("reports/report.html"))
                .content()
                .contains("Training", "on validation cases", "Popularity and accuracy");
    }

    @Test
    void evaluate_gsasrecFolder_readsItsParts() throws IOException {
        Path data = folder.resolve("gsasrec");
        write(data.resolve("train/input.txt"), "1 2 3", "2 3 4", "1 3");
        write(data.resolve("val/input.txt"), "2 3 4");
        write(data.resolve("val/output.txt"), "1");
        write(data.resolve("test/input.txt"), "1 2 3", "2 3 4 1", "1 3");
        write(data.resolve("test/output.txt"), "4", "5", "2");
        Path report = folder.resolve("gsasrec.json");

        Cli evaluate = Cli.run(
                "evaluate",
                "--format",
                "gsasrec",
                "--data",
                data,
                "--part",
                "test",
                "--models",
                "markov,item-knn",
                "--json",
                report);

        assertThat(evaluate.status()).as(evaluate.err()).isZero();
        assertThat(json(report).path("models").findValuesAsText("name")).containsExactly("markov", "item-knn");
        assertThat(json(report).path("counts").path("cases").asInt()).isEqualTo(3);
    }

    private static void write(Path file, String... lines) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, List.of(lines));
    }

    @Test
    void evaluate_unknownModel_namesTheKnownOnes() {
        Cli evaluate = Cli.run("evaluate", "--data", parts, "--models", "popularity,popularty");

        assertThat(evaluate.status()).isEqualTo(2);
        assertThat(evaluate.err())
                .isEqualTo(
                        "recsys: model \"popularty\" is neither one of random, popularity, recent-popularity, markov,"
                                + " decayed-markov, item-knn, user-knn, ease, slim, ials, bpr nor a model folder with a"
                                + " manifest.json; did you mean \"popularity\"?" + System.lineSeparator());
    }

    @Test
    void recommend_users_printsTitles() {
        Cli recommend = Cli.run("recommend", "--model", run, "--users", "1", "nobody", "--k", 3);

        assertThat(recommend.status()).as(recommend.err()).isZero();
        assertThat(recommend.out())
                .contains("user 1", "user nobody  (nothing known of them: popular items)", ", the film (1999)");
        assertThat(recommend.out().lines()).hasSize(2 * 4);
    }

    @Test
    void recommend_historyToFile_writesJson() throws IOException {
        Path file = folder.resolve("answers.json");
        Cli recommend = Cli.run(
                "recommend", "--model", run.resolve("model"), "--history", "3,4,unheard,5", "-k", 2, "-o", file);

        assertThat(recommend.status()).as(recommend.err()).isZero();
        JsonNode answer = json(file).path("answers").get(0);
        assertThat(answer.path("unknown_items").get(0).asText()).isEqualTo("unheard");
        assertThat(answer.path("recommendations")).hasSize(2);
        assertThat(answer.path("recommendations").get(0).path("title").asText()).startsWith("Fähre");
        assertThat(answer.path("source").asText()).isEqualTo("model");
    }

    @Test
    void recommend_userFileAndSample_answerEachUser() throws IOException {
        Path users = Files.write(folder.resolve("users.txt"), List.of("1", "2", "", "3"));

        assertThat(Cli.run("recommend", "--model", run, "--user-file", users, "--k", 1)
                        .out()
                        .lines())
                .hasSize(6);
        Cli sample = Cli.run("recommend", "--model", run, "--sample-users", 4, "--k", 1);
        assertThat(sample.out().lines().filter(line -> line.startsWith("user ")))
                .hasSize(4);
        assertThat(Cli.run("recommend", "--model", run, "--sample-users", 4, "--k", 1))
                .isEqualTo(sample);
    }

    @Test
    void recommend_wrongArguments_areStatusTwo() {
        assertThat(Cli.run("recommend", "--model", run, "--users", "1", "--k", 0))
                .isEqualTo(new Cli(
                        2, "", line("recsys: --k must be at least 1, got 0") + line("Try: recsys recommend --help")));
        assertThat(Cli.run("recommend", "--model", run).status()).isEqualTo(2);
        assertThat(Cli.run("recommend", "--model", run, "--users", "1", "--history", "2")
                        .err())
                .contains("mutually exclusive");
        assertThat(Cli.run("recommend", "--model", run, "--users", "1", "--device", "gpu")
                        .err())
                .contains("device must be auto, cpu, cuda or cuda:N, got \"gpu\"");
    }

    private static String line(String text) {
        return text + System.lineSeparator();
    }

    @Test
    void recommend_noModelThere_isStatusOneInOneLine() {
        Cli recommend = Cli.run("recommend", "--model", folder.resolve("nowhere"), "--users", "1");

        assertThat(recommend.status()).isEqualTo(1);
        assertThat(recommend.err()).startsWith("recsys: ").contains("nowhere").doesNotContain("\tat ");
        assertThat(recommend.err().lines()).hasSize(1);
        assertThat(Cli.run("recommend", "--model", folder.resolve("nowhere"), "--users", "1", "--verbose")
                        .err())
                .contains("\tat ");
    }

    @Test
    void checkpoints_listAndInfo_showTheRun() {
        Cli list = Cli.run("checkpoints", "list", run);
        Cli info = Cli.run("checkpoints", "info", run);

        assertThat(list.status()).as(list.err()).isZero();
        assertThat(list.out()).contains("checkpoint", "step-");
        assertThat(info.out()).contains("epochs         2").contains("run ");
        assertThat(Cli.run("checkpoints", "info", run, "--json").out()).contains("\"fingerprint\"");
    }

    @Test
    void checkpoints_folderWithout_saysSo() {
        Cli list = Cli.run("checkpoints", "list", prepared);

        assertThat(list.status()).isEqualTo(1);
        assertThat(list.err()).contains("holds no checkpoints");
    }

    @Test
    void checkpoints_damaged_namesTheFolder() throws IOException {
        Path broken = folder.resolve("broken/checkpoints/step-0000000001");
        Files.createDirectories(broken);
        Files.writeString(broken.resolve("checkpoint.json"), "{\"state\": {");

        Cli list = Cli.run("checkpoints", "list", folder.resolve("broken"));

        assertThat(list.status()).isEqualTo(1);
        assertThat(list.err()).contains("step-0000000001 is damaged").contains("Delete that folder");
    }
}
