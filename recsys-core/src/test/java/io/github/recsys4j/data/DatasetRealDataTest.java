package io.github.recsys4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.recsys4j.DatasetException;
import io.github.recsys4j.testing.RealData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The readers against real files, each compared with a second way of reading them. */
class DatasetRealDataTest {

    @Test
    void build_ml100k_sameAsItsAtomicFiles() {
        Dataset original = Dataset.builder()
                .folder(RealData.path("ml-100k"), DataFormat.MOVIELENS_100K)
                .build();
        Dataset atomic = Dataset.builder()
                .folder(RealData.path("ml-100k-recbole"), DataFormat.RECBOLE)
                .build();

        assertThat(original.interactions().size()).isEqualTo(100_000);
        assertThat(original.users().size()).isEqualTo(943);
        assertThat(original.items().size()).isEqualTo(1682);
        assertThat(TextFiles.rows(original)).isEqualTo(TextFiles.rows(atomic));
        assertThat(column(original.userTable(), "occupation")).isEqualTo(column(atomic.userTable(), "occupation"));
        assertThat(column(atomic.itemTable(), "movie_title")).startsWith("Toy Story", "GoldenEye");
        assertThat(column(original.itemTable(), "genres")).startsWith("Animation|Children's|Comedy");
    }

    private static List<String> column(Table table, String name) {
        return table.column(name).orElseThrow().values();
    }

    @Test
    void build_ml100kRatings_sameAsReadLineByLine() throws IOException {
        Path file = RealData.path("ml-100k", "u.data");
        Map<String, List<String[]>> byUser = new java.util.TreeMap<>(java.util.Comparator.comparing(Integer::valueOf));
        for (String line : Files.readAllLines(file)) {
            String[] fields = line.split("\t");
            byUser.computeIfAbsent(fields[0], key -> new ArrayList<>()).add(fields);
        }
        List<String> expected = new ArrayList<>();
        byUser.forEach((user, rows) -> {
            rows.sort(java.util.Comparator.comparing(row -> Long.valueOf(row[3])));
            rows.forEach(row -> expected.add(user + " " + row[1] + " " + row[3] + "000 " + Float.parseFloat(row[2])));
        });

        assertThat(TextFiles.rows(Dataset.builder()
                        .interactions(file, DataFormat.MOVIELENS_100K)
                        .build()))
                .isEqualTo(expected);
    }

    @Test
    void build_ml100kCsv_ownColumnNames() {
        Dataset dataset = Dataset.builder()
                .interactions(RealData.path("ml-100k-multimodal", "ratings.csv"))
                .columns(ColumnNames.of("user_id", "movie_id")
                        .time("unix_timestamp")
                        .value("rating"))
                .items(RealData.path("ml-100k-multimodal", "items.csv"))
                .users(RealData.path("ml-100k-multimodal", "users.csv"))
                .limits(ReadLimits.defaults().maxBadRows(100))
                .build();
        Dataset original = Dataset.builder()
                .interactions(RealData.path("ml-100k", "u.data"), DataFormat.MOVIELENS_100K)
                .build();

        assertThat(TextFiles.rows(dataset)).isEqualTo(TextFiles.rows(original));
        assertThat(dataset.loadReport().orElseThrow().notes().get(0))
                .contains("items.csv:58: item id \"56\" stands twice");
        assertThat(column(dataset.itemTable(), "overview").get(0)).startsWith("Led by Woody, Andy's toys live happily");
        assertThat(column(dataset.userTable(), "sex")).startsWith("M", "F");
    }

    @Test
    void build_ml1mPairs_countsAndSequencesOfTheFile() throws IOException {
        Path file = RealData.path("ml-1m-gsasrec", "ml-1m.txt");

        Dataset dataset = Dataset.builder().interactions(file, DataFormat.PAIRS).build();

        assertThat(dataset.interactions().size()).isEqualTo(999_611);
        assertThat(dataset.items().size()).isEqualTo(3416);
        List<String> lines = Files.readAllLines(file);
        for (int row = 0, user = 0; row < lines.size(); row++) {
            user += row == dataset.interactions().end(user) ? 1 : 0;
            assertThat(dataset.users().id(user) + " "
                            + dataset.items().id(dataset.interactions().item(row)))
                    .isEqualTo(lines.get(row));
        }
    }

    @Test
    void build_ml1mTrainLines_sameAsPairsWithoutTheLastItems() throws IOException {
        Dataset lines = Dataset.builder()
                .interactions(RealData.path("ml-1m-gsasrec", "test", "input.txt"), DataFormat.SEQUENCES)
                .build();

        List<String> expected = Files.readAllLines(RealData.path("ml-1m-gsasrec", "test", "input.txt"));
        List<String> found = TextFiles.sequences(lines);
        for (int user = 0; user < expected.size(); user++) {
            assertThat(found.get(user))
                    .isEqualTo((user + 1) + ": " + expected.get(user).strip());
        }
    }

    @Test
    void build_ml1mUserSequencesAndItems_originalMovieIds() throws IOException {
        Path file = RealData.path("ml-1m-multimodal", "sequences.txt.gz");

        Dataset dataset = Dataset.builder()
                .interactions(file, DataFormat.USER_SEQUENCES)
                .items(RealData.path("ml-1m-multimodal", "items.csv"))
                .columns(ColumnNames.of("user_id", "movie_id"))
                .unlistedItems(Unlisted.FAIL)
                .build();

        assertThat(dataset.interactions().size()).isEqualTo(999_611);
        assertThat(column(dataset.itemTable(), "title").get(0)).isEqualTo("Toy Story (1995)");
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<String> expected = reader.lines()
                    .map(line -> line.strip().replaceFirst(" ", ": "))
                    .sorted()
                    .toList();
            assertThat(TextFiles.sequences(dataset).stream().sorted().toList()).isEqualTo(expected);
        }
    }

    @Test
    void build_amazonReviews_flattenedFromUserHistories(@TempDir Path folder) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<String> reviews = new ArrayList<>();
        Map<String, String> products = new java.util.LinkedHashMap<>();
        for (String line : Files.readAllLines(RealData.path("amazon23-user-histories", "training.jsonl"))) {
            JsonNode user = json.readTree(line);
            for (JsonNode review : user.get("history")) {
                ObjectNode flat = review.deepCopy();
                flat.put("user_id", user.get("user_id").asText());
                flat.set("timestamp", flat.remove("timestamp_ms"));
                reviews.add(flat.toString());
                ObjectNode product = review.get("product").deepCopy();
                product.put("parent_asin", review.get("parent_asin").asText());
                products.put(review.get("parent_asin").asText(), product.toString());
            }
        }
        Dataset dataset = Dataset.builder()
                .interactions(
                        TextFiles.gzip(folder, "reviews.jsonl.gz", String.join("\n", reviews)),
                        DataFormat.AMAZON_REVIEWS)
                .items(
                        TextFiles.write(folder, "meta.jsonl", String.join("\n", products.values())),
                        DataFormat.AMAZON_REVIEWS)
                .unlistedItems(Unlisted.FAIL)
                .build();

        assertThat(dataset.interactions().size()).isEqualTo(reviews.size());
        assertThat(dataset.items().size()).isEqualTo(products.size());
        int bow = dataset.items().indexOf("B095RWJJB8");
        assertThat(column(dataset.itemTable(), "title").get(bow)).startsWith("Summer Crystal Hair Clip");
        int user = dataset.users().indexOf("AE3KLVXGZPANXE5XLXYKHTVAZ3FQ");
        int first = dataset.interactions().start(user);
        assertThat(dataset.interactions().time(first)).isEqualTo(1627679830425L);
        assertThat(dataset.interactions().value(first)).isEqualTo(4f);
    }

    @Test
    void build_amazonUserHistories_areNotTheRawLayoutAndSaySo() {
        Path file = RealData.path("amazon23-user-histories", "training.jsonl");

        assertThatThrownBy(() -> Dataset.builder()
                        .interactions(file, DataFormat.AMAZON_REVIEWS)
                        .build())
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("training.jsonl:1: item id is empty; expected an id");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "build_dataset",
                "filter_by_field_value",
                "filter_by_inter_num",
                "filter_inter_by_ui_and_inter_num",
                "filter_inter_by_user_or_item",
                "filter_value_and_filter_inter_by_ui",
                "filter_value_and_inter_num",
                "general_dataloader",
                "general_full_dataloader",
                "general_uni100_dataloader",
                "kg_filter_by_triple_num",
                "kg_remap_id",
                "kg_reverse_r",
                "normalize",
                "remap_id",
                "remove_duplication",
                "reorder_dataset",
                "rm_dup_and_filter_by_inter_num",
                "rm_dup_and_filter_value",
                "seq_dataset",
                "set_label_by_threshold",
            })
    void build_recBoleFixture_everyRowIsRead(String name) throws IOException {
        Path folder = RealData.path("fixtures", "recbole", "data", name);

        Dataset dataset = Dataset.builder().folder(folder, DataFormat.RECBOLE).build();

        List<String> lines = Files.readAllLines(folder.resolve(name + ".inter"));
        assertThat(dataset.interactions().size()).isEqualTo(lines.size() - 1);
        assertThat(dataset.loadReport().orElseThrow().dropped()).isEmpty();
    }

    @Test
    void build_recBoleRowsWithoutIds_areBadRows() {
        Path folder = RealData.path("fixtures", "recbole", "data", "filter_nan_user_or_item");

        assertThatThrownBy(() ->
                        Dataset.builder().folder(folder, DataFormat.RECBOLE).build())
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("filter_nan_user_or_item.item:2: item id is empty; expected an id");
        Dataset dataset = Dataset.builder()
                .folder(folder, DataFormat.RECBOLE)
                .limits(ReadLimits.defaults().maxBadRows(3))
                .build();
        assertThat(TextFiles.rows(dataset)).containsExactly("1 1 3000 1.0");
        assertThat(dataset.loadReport().orElseThrow().dropped())
                .isEqualTo(Map.of("bad row", 3L, "bad row of items or users", 3L));
    }

    @Test
    void build_recBoleRatingMissing_isABadRow() {
        Path folder = RealData.path("fixtures", "recbole", "data", "ui_feat_preparation_and_fill_nan");

        assertThatThrownBy(() ->
                        Dataset.builder().folder(folder, DataFormat.RECBOLE).build())
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(".inter:5: rating is empty; expected a finite number");
    }

    @Test
    void build_recBoleBenchmarkFiles_threeInOneFolderAreNotGuessed() {
        Path folder = RealData.path("fixtures", "recbole", "data", "seq_benchmark");

        assertThatThrownBy(() -> Dataset.builder().folder(folder, DataFormat.RECBOLE))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("must have one file that ends in .inter, found [");
        assertThat(TextFiles.sequences(Dataset.builder()
                        .interactions(folder.resolve("seq_benchmark.train.inter"), DataFormat.RECBOLE)
                        .build()))
                .containsExactly("1: 2 3 4", "2: 5 6", "3: 5", "4: 4");
    }
}
