package io.github.recsys4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.testing.RealData;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Trains on contents through the command line, asks why, adds items, and looks after the cache. */
class ContentCommandsTest {
    @TempDir
    private static Path folder = Path.of("");

    private static Path shop = Path.of("");
    private static Path cache = Path.of("");
    private static Path run = Path.of("");
    private static Cli train = new Cli(-1, "", "");

    @BeforeAll
    static void trainOnEverything() throws IOException {
        shop = folder.resolve("shop");
        cache = folder.resolve("cache");
        run = folder.resolve("run");
        SmallShop.write(shop);
        Object[] contents = {"--text", "title", "--image-encoder", "descriptor", "--numbers", "price"};
        Object[] columns = {"--categories", "tags", "--set", "contents.categories.separator=|"};
        Object[] users = {"--user-categories", "country", "--user-numbers", "age"};
        train = train(run, concat(concat(contents, columns), concat(users, "--epochs", 40, "--learning-rate", 0.01)));
    }

    private static Cli train(Path output, Object... more) {
        Object[] common = {"train", "--data", shop, "--cache", cache, "--threads", 1, "-o", output};
        Object[] size = {"--set", "model.tower.heads=1", "--dim", 8, "--max-length", 6, "--batch-size", 20};
        return Cli.run(concat(concat(common, size), more));
    }

    private static Object[] concat(Object[] first, Object... second) {
        return Stream.concat(Stream.of(first), Stream.of(second)).toArray();
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void train_allKindsOfContents_reportsWhatWasLeftOut() {
        assertThat(train.status()).as(train.err()).isZero();
        assertThat(train.err())
                .contains("text: 20 of 20 kept")
                .contains("image: 18 of 20 kept, broken: 1, missing: 1")
                .contains("item i18: ");
        assertThat(run.resolve("model/item_tower.onnx")).isNotEmptyFile();
        assertThat(run.resolve("contents/text-weights.npy")).isNotEmptyFile();
        assertThat(run.resolve("contents/numbers.json")).content().contains("price");
        assertThat(run.resolve("contents/categories-0.json")).content().contains("shoes");
    }

    @Test
    void train_withItsOwnEffectiveConfig_givesTheSameModel() throws IOException {
        Path again = folder.resolve("again");
        Cli second = Cli.run("train", "--config", run.resolve("config.yaml"), "-o", again);

        assertThat(second.status()).as(second.err()).isZero();
        assertThat(Files.readString(again.resolve("config.yaml")))
                .isEqualTo(Files.readString(run.resolve("config.yaml")))
                .contains("encoder: hashed", "encoder: descriptor", "separator: ", "scaling: standard");
        assertThat(again.resolve("model/item_inputs.npy")).hasSameBinaryContentAs(run.resolve("model/item_inputs.npy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gated-sequence", "two-tower", "multimodal-ranker"})
    void train_preset_isServedAndMeasured(String preset) {
        Path output = folder.resolve(preset);
        Cli trained = train(output, "--architecture", preset, "--text", "title", "--epochs", 1, "--fusion", "id-gate");
        Cli measured = Cli.run("evaluate", "--data", shop, "--models", "popularity," + output);

        assertThat(trained.status()).as(trained.err()).isZero();
        assertThat(measured.status()).as(measured.err()).isZero();
        assertThat(measured.out()).contains(output.toString());
    }

    @Test
    void recommend_why_saysWhatItemsAreMadeOf() throws IOException {
        Cli asked = Cli.run("recommend", "--model", run, "--users", "u0", "--k", 2, "--why");
        Path file = folder.resolve("why.json");
        Cli.run("recommend", "--model", run, "--users", "u0", "--k", 1, "--why", "-o", file);

        assertThat(asked.status()).as(asked.err()).isZero();
        assertThat(asked.out()).containsPattern("i\\d+  (Red|Blue).*\\(.*text \\d+ %.*\\)");
        JsonNode why =
                json(file).path("answers").get(0).path("recommendations").get(0).path("why");
        assertThat(why.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("image", "text", "numbers", "categories", "id");
    }

    @Test
    void recommend_newItems_areFoundByTheirKindAndKeptWhenSaved() {
        Path grown = folder.resolve("grown");
        Object[] ask = {"recommend", "--users", "u0", "u1", "--k", 22, "--include-seen", "--why", "--model"};
        Cli added = Cli.run(concat(
                concat(ask, run),
                "--add-items",
                shop.resolve("new/items.csv"),
                "--images",
                shop.resolve("new"),
                "--save",
                grown));

        assertThat(added.status()).as(added.err()).isZero();
        assertThat(added.err()).contains("2 new items", "image: 2 of 2 kept");
        List<String> lines = added.out().lines().toList();
        List<String> even = lines.subList(1, 23);
        List<String> odd = lines.subList(24, 46);
        assertThat(place(even, "i100")).isLessThan(place(even, "i101"));
        assertThat(place(odd, "i101")).isLessThan(place(odd, "i100"));
        assertThat(added.out()).contains("Blue hat 101");
        assertThat(Cli.run(concat(ask, grown)).out()).contains("i100", "Blue hat 101");
    }

    private static int place(List<String> lines, String item) {
        return (int) lines.stream()
                .takeWhile(line -> !line.contains("  " + item + " "))
                .count();
    }

    @Test
    void recommend_newItemsForAModelOfIds_isRefused() {
        Path plain = folder.resolve("plain");
        assertThat(train(plain, "--epochs", 1).status()).isZero();
        Cli added =
                Cli.run("recommend", "--model", plain, "--users", "u0", "--add-items", shop.resolve("new/items.csv"));

        assertThat(added.status()).isEqualTo(1);
        assertThat(added.err()).contains("cannot take new items: --model must be the folder of a training run with");
    }

    @Test
    void recommend_imagesWithoutNewItems_isStatusTwo() {
        Cli wrong = Cli.run("recommend", "--model", run, "--users", "u0", "--images", shop);

        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("--images and --save are for --add-items FILE");
    }

    @Test
    void train_readyVectors_reportsTheirCoverage() throws IOException {
        Path csv = folder.resolve("ready.csv");
        StringBuilder rows = new StringBuilder();
        for (int item = 0; item < 15; item++) {
            rows.append("i" + item + "," + item % 2 + "," + (1 - item % 2) + "\n");
        }
        Files.writeString(csv, rows.append("stranger,1,1\n").toString());
        Path output = folder.resolve("ready");

        Cli trained = train(output, "--epochs", 1, "--text-encoder", csv);

        assertThat(trained.status()).as(trained.err()).isZero();
        assertThat(trained.err())
                .contains("text: 15 of 20 items have a vector (75.0 %)")
                .contains("1 of 16 vectors match no item, such as stranger");
        assertThat(json(output.resolve("model/manifest.json"))
                        .path("contents")
                        .get(0)
                        .path("dim")
                        .asInt())
                .isEqualTo(2);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(List.of("--fusion", "id-gate"), "model.item-tower has no effect without contents"),
                Arguments.of(List.of("--text-encoder", "hashed"), "contents.text needs the names of columns"),
                Arguments.of(
                        List.of("--text", "title", "--text-encoder", "hashd"),
                        "contents.text.encoder must be hashed, a folder with an ONNX network or token vectors"),
                Arguments.of(
                        List.of("--text-encoder", "vectors.npy"), "vectors.npy names no items: give ids, a file with"),
                Arguments.of(
                        List.of("--text", "title", "--set", "contents.text.pooling=mean"),
                        "contents.text: encoder hashed has no use for pooling: leave it out"),
                Arguments.of(
                        List.of("--text", "title", "--set", "contents.text.preset=clipp"),
                        "no encoder preset for TEXT is named \"clipp\": there are clip"),
                Arguments.of(
                        List.of("--images", "pics", "--set", "contents.image.colum=x"),
                        "unknown key \"colum\" in section \"contents.image\"; did you mean \"column\"?"),
                Arguments.of(
                        List.of("--text", "title", "--fusion", "gate"), "must be one of concatenate, self-attention"),
                Arguments.of(List.of("--text", "title", "--id-dropout", "2"), "idDropout must be in [0, 1], given 2"),
                Arguments.of(
                        List.of("--categories", "tags", "--set", "contents.categories.min-rows=0"),
                        "must be at least 1, got 0"),
                Arguments.of(
                        List.of("--text", "title", "--set", "contents.memory-megabytes=-1"),
                        "memory-megabytes must be at least 0, got -1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void train_wrongContents_isStatusTwoAndSaysWhatToDo(List<String> arguments, String message) {
        Path output = folder.resolve("wrong");
        Cli refused = train(output, arguments.toArray());

        assertThat(refused.err()).contains(message);
        assertThat(refused.err().lines().filter(line -> line.startsWith("recsys: ")))
                .hasSize(1);
        assertThat(refused.status()).isEqualTo(2);
    }

    @Test
    void train_columnThatIsNotThere_namesTheColumns() {
        Cli refused = train(folder.resolve("column"), "--text", "plot");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("the items have no column \"plot\"; their columns are [title, price, tags]");
    }

    @Test
    void train_presetFolderNotThere_saysHowToMakeIt() {
        Cli refused = train(
                folder.resolve("preset"),
                "--text",
                "title",
                "--text-encoder",
                "models/minilm",
                "--set",
                "contents.text.preset=sentence-bert");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .contains("Encoder folder models/minilm is not there")
                .contains("optimum-cli export onnx --library sentence_transformers");
    }

    @Test
    void prepare_textsAndImages_areCleanedAndReported() throws IOException {
        Path clean = folder.resolve("clean");
        Cli prepared = Cli.run("prepare", "--data", shop, "--clean-text", "title", "--check-images", "-o", clean);

        assertThat(prepared.status()).as(prepared.err()).isZero();
        assertThat(prepared.out())
                .contains("text column title: 20 of 20 kept", "images: 18 of 19 kept, not an image: 1")
                .contains("i18.png: 17 bytes do not begin like an image");
        assertThat(Files.readAllLines(clean.resolve("items.csv"))).anyMatch(line -> line.startsWith("i0,Red shoe 0,"));
        assertThat(clean.resolve("images/i0.png")).hasSameBinaryContentAs(shop.resolve("images/i0.png"));
        assertThat(clean.resolve("images/i18.png")).doesNotExist();
        assertThat(Cli.run("prepare", "--data", shop, "--clean-text", "plot", "-o", folder.resolve("c2"))
                        .err())
                .contains("the items have no column \"plot\"; their columns are [title, price, tags]");
        Cli without = Cli.run(
                "prepare", "--data", shop.resolve("interactions.csv"), "--check-images", "-o", folder.resolve("c3"));
        assertThat(without.status()).isEqualTo(2);
        assertThat(without.err()).contains("--check-images needs images");
    }

    @Test
    void prepare_compressedImages_areJpegsUnlessAColumnNamesThem() {
        Path small = folder.resolve("small");
        Object[] limits = {
            "--set", "contents.image-compression.max-side=4", "--set", "contents.image-compression.side=4"
        };
        Cli prepared =
                Cli.run(concat(new Object[] {"prepare", "--data", shop, "--compress-images", "-o", small}, limits));

        assertThat(prepared.status()).as(prepared.err()).isZero();
        assertThat(prepared.out()).contains("images: 18 of 19 kept, not an image: 1");
        assertThat(small.resolve("images/i0.jpg")).exists();
        assertThat(small.resolve("images/i0.png")).doesNotExist();
        Path named = folder.resolve("named");
        Cli byColumn = Cli.run(concat(
                new Object[] {
                    "prepare", "--data", shop, "--compress-images", "-o", named, "--set", "contents.image.column=title"
                },
                limits));
        assertThat(byColumn.status()).as(byColumn.err()).isZero();
        assertThat(named.resolve("images/i0.png")).exists();
        assertThat(Cli.run(
                                "prepare",
                                "--data",
                                shop,
                                "--compress-images",
                                "-o",
                                folder.resolve("none"),
                                "--set",
                                "contents.image-compression.quality=2")
                        .err())
                .contains("quality must be from 0 to 1, given 2.0");
    }

    @Test
    void train_textVariants_areEncodedAndCached() {
        Path other = folder.resolve("variants");
        Cli computed = Cli.run(
                "precompute", "--data", shop, "--text", "title", "--cache", other, "--set", "contents.text.variants=2");
        assertThat(computed.status()).as(computed.err()).isZero();
        assertThat(computed.out()).containsPattern("text: (2[1-9]|[3-6][0-9]) vectors computed");
        assertThat(Cli.run("precompute", "--data", shop, "--text", "title", "--set", "contents.text.variants=-1")
                        .err())
                .contains("variants must be at least 0, got -1");
    }

    @Test
    void precompute_twice_encodesOnceAndTellsWhatWasDropped() {
        Path other = folder.resolve("precomputed");
        Object[] line = {
            "precompute", "--data", shop, "--text", "title", "--image-encoder", "descriptor", "--cache", other
        };
        Cli first = Cli.run(concat(line, "--max-items", 5));
        Cli second = Cli.run(line);
        Cli third = Cli.run(line);
        Cli anew = Cli.run(concat(line, "--recompute"));

        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out()).contains("image: 5 vectors computed; the cache holds 5", "text: 5 vectors computed");
        assertThat(second.out())
                .contains("image: 18 of 20 kept, broken: 1, missing: 1", "item i18: ", "item i19: ")
                .contains("image: 13 vectors computed; the cache holds 18")
                .contains("text: 15 vectors computed; the cache holds 20");
        assertThat(second.err()).contains("encode image 20/20");
        assertThat(third.out()).contains("image: 0 vectors computed; the cache holds 18", "text: 0 vectors computed");
        assertThat(anew.out()).contains("image: 18 vectors computed; the cache holds 18");
    }

    @Test
    void precompute_nothingToDo_isStatusTwo() {
        assertThat(Cli.run("precompute", "--data", shop).err()).contains("nothing is to be encoded: give --text");
        assertThat(Cli.run("precompute", "--data", shop).status()).isEqualTo(2);
        assertThat(Cli.run("precompute", "--data", shop, "--text", "title", "--max-items", 0)
                        .err())
                .contains("--max-items must be at least 1, got 0");
        Cli memory = Cli.run("precompute", "--data", shop, "--text", "title", "--cache", "none");
        assertThat(memory.status()).isEqualTo(2);
        assertThat(memory.err()).contains("precompute needs a cache on the disk");
    }

    @Test
    void precompute_foldersOfNetworksAndTokenVectors_areRead() {
        Path random = RealData.path("encoders", "tiny-random");
        Path tokens = RealData.path("encoders", "model2vec-bge-vq64");
        Path other = folder.resolve("folders");
        Object[] line = {"precompute", "--data", shop, "--text", "title", "--cache", other, "--text-encoder"};
        Cli networks =
                Cli.run(concat(line, random.resolve("bert-cls"), "--image-encoder", random.resolve("vision-resnet")));
        Cli mean = Cli.run(concat(line, tokens, "--set", "contents.text.max-tokens=16"));

        assertThat(networks.status()).as(networks.err()).isZero();
        assertThat(networks.out())
                .contains("text: 20 vectors computed", "image: 18 vectors computed", "bert-cls-", "vision-resnet-");
        assertThat(mean.status()).as(mean.err()).isZero();
        assertThat(mean.out()).contains("text: 20 vectors computed", "model2vec-bge-vq64-");
    }

    @Test
    void cache_listStatsClear_lookAfterIt() {
        Path own = folder.resolve("own");
        Cli.run("precompute", "--data", shop, "--text", "title", "--image-encoder", "descriptor", "--cache", own);

        Cli list = Cli.run("cache", "list", "--cache", own);
        assertThat(list.status()).as(list.err()).isZero();
        assertThat(list.out()).contains("hashed-text-256-", "image-descriptor-", "20", "18");
        assertThat(Cli.run("cache", "stats", "image", "--cache", own).out())
                .contains("encoder      image-descriptor")
                .contains("vectors      18")
                .contains("fingerprint  ");

        Cli no = Cli.answering("n\n", "cache", "clear", "--all", "--cache", own);
        assertThat(no.status()).isEqualTo(1);
        assertThat(no.err()).contains("Delete 38 vectors of ", "? [y/N] ", "nothing was deleted");
        assertThat(Cli.answering("", "cache", "clear", "--all", "--cache", own).status())
                .isEqualTo(1);
        Cli one = Cli.answering("y\n", "cache", "clear", "image", "--cache", own);
        assertThat(one.status()).isZero();
        assertThat(one.out()).contains("deleted 18 vectors of image-descriptor-");
        assertThat(Cli.run("cache", "clear", "--all", "--yes", "--cache", own).out())
                .contains("deleted 20 vectors of hashed-text-256-");
    }

    @Test
    void cache_wrongArguments_sayWhatThereIs() {
        Cli.run("precompute", "--data", shop, "--text", "title", "--cache", folder.resolve("some"));

        Cli missing = Cli.run("cache", "list", "--cache", folder.resolve("nowhere"));
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.err()).contains("is not there: recsys precompute makes one, or name it with --cache");
        Cli unknown = Cli.run("cache", "stats", "clip", "--cache", folder.resolve("some"));
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err()).contains("holds nothing of encoder \"clip\"; it has hashed-text-256-");
        Cli both = Cli.run("cache", "clear", "image", "--all", "--cache", folder.resolve("some"));
        assertThat(both.status()).isEqualTo(2);
        assertThat(both.err()).contains("name one encoder, or give --all");
        assertThat(Cli.run("cache").status()).isEqualTo(2);
    }
}
