package io.github.recsys4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.eval.TrecOrder;
import io.github.recsys4j.split.HeldOut;
import io.github.recsys4j.testing.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that other libraries computed; where a definition differs, the test converts it and its name says so. */
final class OtherLibrariesTest {
    private static final double EXACT = 1e-9;
    /** trec_eval prints four digits. */
    private static final double PRINTED = 5.1e-5;

    private static JsonNode small() throws IOException {
        return new ObjectMapper()
                .readTree(RealData.path("fixtures", "metrics-small.json").toFile());
    }

    @Test
    void measure_recBole_agreesInEveryMetric() throws IOException {
        JsonNode cases = small().get("recbole_topk");
        for (int user = 0; user < cases.get("hits").size(); user++) {
            Judged judged = flagged(
                    cases.get("hits").get(user), cases.get("relevant").get(user).asInt());
            for (int k = 1; k <= 3; k++) {
                String at = "/" + user + "/" + (k - 1);
                assertValue(new HitRate(k), judged, cases.get("hit").at(at));
                assertValue(new Ndcg(k), judged, cases.get("ndcg").at(at));
                assertValue(new MeanReciprocalRank(k), judged, cases.get("mrr").at(at));
                assertValue(
                        new MeanAveragePrecision(k), judged, cases.get("map").at(at));
                assertValue(new Recall(k), judged, cases.get("recall").at(at));
                assertValue(new Precision(k), judged, cases.get("precision").at(at));
            }
        }
    }

    /** Ranks the items 0, 1, 2 ...; those flagged are relevant, and as many unranked ones as are missing. */
    private static Judged flagged(JsonNode flags, int numRelevant) {
        int[] hits = IntStream.range(0, flags.size())
                .filter(place -> flags.get(place).asInt() == 1)
                .toArray();
        int[] missed = IntStream.range(100, 100 + numRelevant - hits.length).toArray();
        return Judged.of(
                IntStream.range(0, flags.size()).toArray(),
                IntStream.concat(IntStream.of(hits), IntStream.of(missed)).toArray());
    }

    private static void assertValue(Metric metric, Judged judged, JsonNode expected) {
        assertThat(expected.isNumber()).isTrue();
        assertThat(metric.measure(judged)).as(metric.label()).isCloseTo(expected.asDouble(), within(EXACT));
    }

    /** RecTools divides average precision by all relevant items, or by k; we by the smaller of the two. */
    @Test
    void measure_recToolsMap_agreesAfterExchangingTheDivisor() throws IOException {
        JsonNode fixture = small().get("rectools_map");
        for (JsonNode example : fixture.get("cases")) {
            int k = example.get("k").asInt();
            boolean byK = example.get("divide_by_k").asBoolean();
            for (int i = 0; i < fixture.get("users").size(); i++) {
                Judged judged =
                        recToolsUser(fixture, fixture.get("users").get(i).asInt());
                double divisor = byK ? k : judged.numRelevant();
                double ours = new MeanAveragePrecision(k).measure(judged);
                assertThat(ours * Math.min(k, judged.numRelevant()) / divisor)
                        .isCloseTo(example.get("ap").get(i).asDouble(), within(EXACT));
            }
        }
    }

    /** A gap in the ranks is filled with an item that nobody wants. */
    private static Judged recToolsUser(JsonNode fixture, int user) {
        Map<Integer, Integer> itemAtRank = new TreeMap<>();
        for (JsonNode row : fixture.get("reco")) {
            if (row.get(0).asInt() == user) {
                itemAtRank.put(row.get(2).asInt(), row.get(1).asInt());
            }
        }
        int last = itemAtRank.keySet().stream().max(Comparator.naturalOrder()).orElse(0);
        int[] ranked = IntStream.rangeClosed(1, last)
                .map(rank -> itemAtRank.getOrDefault(rank, 1000 + rank))
                .toArray();
        int[] relevant = StreamSupport.stream(fixture.get("interactions").spliterator(), false)
                .filter(row -> row.get(0).asInt() == user)
                .mapToInt(row -> row.get(1).asInt())
                .toArray();
        return Judged.of(ranked, relevant);
    }

    @Test
    void measure_recBoleBeyondAccuracy_agrees() throws IOException {
        JsonNode fixture = small().get("recbole_beyond");
        int numItems = fixture.get("num_items").asInt();
        HeldOut.Builder builder = HeldOut.builder(numbered(9), numbered(numItems));
        List<int[]> lists = new ArrayList<>();
        for (JsonNode list : fixture.get("items_topk")) {
            lists.add(StreamSupport.stream(list.spliterator(), false)
                    .mapToInt(JsonNode::asInt)
                    .toArray());
            builder.add(lists.size() - 1, new int[0], new int[] {0});
        }
        RankedLists ranked = RankedLists.of(builder.build(), lists);
        assertThat(BeyondAccuracy.coverage(3).measure(ranked))
                .isCloseTo(fixture.get("item_coverage").asDouble(), within(EXACT));
        assertThat(BeyondAccuracy.gini(3).measure(ranked))
                .isCloseTo(fixture.get("gini").asDouble(), within(EXACT));
        int[] rows = IntStream.range(0, numItems)
                .flatMap(item -> IntStream.generate(() -> item)
                        .limit(fixture.get("item_count").path("" + item).asInt()))
                .toArray();
        ItemPopularity popularity = ItemPopularity.of(train(numbered(1), numbered(numItems), 0, rows.length, rows));
        for (int user = 0; user < lists.size(); user++) {
            for (int k = 1; k <= 3; k++) {
                assertThat(BeyondAccuracy.meanPopularity(k, popularity).measure(ranked.judged(user)))
                        .isCloseTo(
                                fixture.at("/average_popularity_at_k/" + user + "/" + (k - 1))
                                        .asDouble(),
                                within(EXACT));
            }
        }
    }

    private static Vocabulary numbered(int count) {
        return Vocabulary.of(IntStream.range(0, count).mapToObj(String::valueOf).toList());
    }

    private static Dataset train(Vocabulary users, Vocabulary items, int from, int to, int... rows) {
        return Dataset.of(
                users, items, Interactions.ofSorted(new int[] {from, to}, rows, Optional.empty(), Optional.empty()));
    }

    /** RecTools takes the binary logarithm, we the natural one. */
    @Test
    void measure_recToolsMiuf_agreesAfterExchangingTheBase() throws IOException {
        JsonNode fixture = small().get("rectools_miuf");
        int[][] items = {{0, 1}, {0}, {0}};
        assertThat(fixture.get("interactions")).hasSize(4);
        ItemPopularity popularity = ItemPopularity.of(Dataset.of(
                numbered(3),
                numbered(3),
                Interactions.ofSorted(
                        new int[] {0, 2, 3, 4},
                        Arrays.stream(items).flatMapToInt(Arrays::stream).toArray(),
                        Optional.empty(),
                        Optional.empty())));
        for (int k = 1; k <= 2; k++) {
            for (String user : List.of("u1", "u2", "u3")) {
                int[] ranked = StreamSupport.stream(fixture.get("reco").spliterator(), false)
                        .filter(row -> row.get(0).asText().equals(user))
                        .mapToInt(row -> Integer.parseInt(row.get(1).asText().substring(1)) - 1)
                        .toArray();
                double ours =
                        BeyondAccuracy.inverseItemFrequency(k, popularity).measure(Judged.of(ranked, new int[] {0}));
                assertThat(ours / Math.log(2))
                        .isCloseTo(fixture.get("k" + k).get(user).asDouble(), within(EXACT));
            }
        }
    }

    @Test
    void measure_recBoleGroupedAuc_agrees() throws IOException {
        for (JsonNode example : small().get("recbole_gauc").get("cases")) {
            double sum = 0;
            double weights = 0;
            for (int user = 0; user < example.get("candidates").size(); user++) {
                Judged judged = ranked(
                        example.get("candidates").get(user).asInt(),
                        example.get("positives").get(user).asInt(),
                        example.get("pos_rank_sum").get(user).asInt());
                GroupedAuc metric = new GroupedAuc();
                sum += metric.weight(judged) * metric.measure(judged);
                weights += metric.weight(judged);
            }
            assertThat(sum / weights).isCloseTo(example.get("gauc").asDouble(), within(EXACT));
        }
    }

    /** Any ranks with that sum. */
    private static Judged ranked(int candidates, int positives, int rankSum) {
        double[] ranks = IntStream.rangeClosed(1, positives).asDoubleStream().toArray();
        for (double missing = rankSum - Arrays.stream(ranks).sum(); missing > 0; missing--) {
            int at = positives - 1;
            while (at > 0 && ranks[at] == candidates - (positives - 1 - at)) {
                at--;
            }
            ranks[at]++;
        }
        assertThat(Arrays.stream(ranks).sum()).isEqualTo(rankSum);
        return Judged.of(new int[0], new int[] {0}).with(Standing.of(ranks, candidates));
    }

    /**
     * trec_eval orders equal scores by descending document id ({@link TrecOrder}) and divides average precision by all
     * relevant items, which is converted here. It prints four digits.
     */
    @ParameterizedTest
    @ValueSource(strings = {"run_noise", "run_pop_ties"})
    void measure_trecEval_agreesForEveryUserToTheDigitsItPrints(String run) throws IOException {
        Path folder = RealData.path("fixtures", "metrics-trec_eval-ml100k");
        Map<String, List<String>> rankings = rankings(folder.resolve(run + ".txt"));
        Map<String, Map<String, Integer>> grades = grades(folder.resolve("qrels.txt"));
        Map<String, Map<String, Double>> expected = values(folder.resolve("expected_cut." + run + ".txt"));
        int compared = 0;
        for (Map.Entry<String, List<String>> ranking : rankings.entrySet()) {
            String user = ranking.getKey();
            Map<String, Integer> graded = grades.getOrDefault(user, Map.of());
            List<String> relevant = graded.entrySet().stream()
                    .filter(entry -> entry.getValue() > 0)
                    .map(Map.Entry::getKey)
                    .toList();
            if (!relevant.isEmpty()) {
                Map<String, Integer> indices = new HashMap<>();
                Judged judged = Judged.of(numbered(ranking.getValue(), indices), numbered(relevant, indices));
                Map<Integer, Integer> gains = new HashMap<>();
                indices.forEach((item, index) -> gains.put(index, graded.getOrDefault(item, 0)));
                assertUser(judged, expected.getOrDefault(user, Map.of()), (one, item) -> gains.getOrDefault(item, 0));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(100);
        assertThat(expected.keySet()).contains("all").hasSizeGreaterThan(compared);
    }

    /** With our own rule for ties the tied run has other numbers: the option makes the difference. */
    @Test
    void measure_trecEvalWithOurTies_differs() throws IOException {
        Path file = RealData.path("fixtures", "metrics-trec_eval-ml100k", "run_pop_ties.txt");
        Comparator<Recommendation> ours = Comparator.comparingDouble(one -> -one.score());
        long changed = scored(file).values().stream()
                .filter(list -> !list.stream()
                        .sorted(ours.thenComparing(Recommendation::itemId))
                        .toList()
                        .equals(list.stream().sorted(new TrecOrder()).toList()))
                .count();
        assertThat(changed).isGreaterThan(100);
    }

    private static void assertUser(Judged judged, Map<String, Double> expected, Gains gains) {
        ToDoubleFunction<Metric> ours = metric -> metric.measure(judged);
        for (int k : new int[] {1, 5, 10, 20}) {
            assertPrinted(ours.applyAsDouble(new Precision(k)), expected.getOrDefault("P_" + k, Double.NaN));
            assertPrinted(ours.applyAsDouble(new Recall(k)), expected.getOrDefault("recall_" + k, Double.NaN));
        }
        for (int k : new int[] {1, 5, 10, 20, 50, 100}) {
            assertPrinted(
                    ours.applyAsDouble(new GradedNdcg(k, gains)), expected.getOrDefault("ndcg_cut_" + k, Double.NaN));
        }
        for (int k : new int[] {5, 10, 20, 100}) {
            double bySmaller = ours.applyAsDouble(new MeanAveragePrecision(k));
            double byAll = bySmaller * Math.min(k, judged.numRelevant()) / judged.numRelevant();
            assertPrinted(byAll, expected.getOrDefault("map_cut_" + k, Double.NaN));
        }
        for (int k : new int[] {1, 5, 10}) {
            assertPrinted(ours.applyAsDouble(new HitRate(k)), expected.getOrDefault("success_" + k, Double.NaN));
        }
        assertPrinted(ours.applyAsDouble(new RPrecision(1000)), expected.getOrDefault("Rprec", Double.NaN));
        assertPrinted(
                ours.applyAsDouble(new MeanReciprocalRank(1000)), expected.getOrDefault("recip_rank", Double.NaN));
    }

    private static void assertPrinted(double value, double printed) {
        assertThat(value).isCloseTo(printed, within(PRINTED));
    }

    private static int[] numbered(List<String> ids, Map<String, Integer> indices) {
        return ids.stream()
                .mapToInt(id -> indices.computeIfAbsent(id, unused -> indices.size()))
                .toArray();
    }

    private static Map<String, List<Recommendation>> scored(Path file) throws IOException {
        Map<String, List<Recommendation>> lists = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.split(" ", -1);
            lists.computeIfAbsent(cells[0], unused -> new ArrayList<>())
                    .add(new Recommendation(cells[2], Float.parseFloat(cells[4])));
        }
        return lists;
    }

    private static Map<String, List<String>> rankings(Path file) throws IOException {
        Map<String, List<String>> rankings = new TreeMap<>();
        scored(file)
                .forEach((user, list) -> rankings.put(
                        user,
                        list.stream()
                                .sorted(new TrecOrder())
                                .map(Recommendation::itemId)
                                .toList()));
        return rankings;
    }

    private static Map<String, Map<String, Integer>> grades(Path file) throws IOException {
        Map<String, Map<String, Integer>> grades = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.split(" ", -1);
            grades.computeIfAbsent(cells[0], unused -> new TreeMap<>()).put(cells[2], Integer.parseInt(cells[3]));
        }
        return grades;
    }

    private static Map<String, Map<String, Double>> values(Path file) throws IOException {
        Map<String, Map<String, Double>> values = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.split("\\s+", -1);
            if (cells[2].matches("[0-9.]+")) {
                values.computeIfAbsent(cells[1], unused -> new TreeMap<>()).put(cells[0], Double.parseDouble(cells[2]));
            }
        }
        return values;
    }
}
