package io.github.recsys4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.testing.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * trec_eval orders equal scores by descending document id, divides average precision by all relevant items,
     * and weights its gain by the grade: all three are converted or left out here.
     */
    @ParameterizedTest
    @ValueSource(strings = {"run_noise", "run_pop_ties"})
    void measure_trecEval_agreesAfterConversion(String run) throws IOException {
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
                boolean binary = graded.values().stream().allMatch(grade -> grade <= 1);
                assertUser(judged(ranking.getValue(), relevant), expected.getOrDefault(user, Map.of()), binary);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    private static void assertUser(Judged judged, Map<String, Double> expected, boolean binary) {
        ToDoubleFunction<Metric> ours = metric -> metric.measure(judged);
        for (int k : new int[] {1, 5, 10, 20}) {
            assertPrinted(ours.applyAsDouble(new Precision(k)), expected.getOrDefault("P_" + k, Double.NaN));
            assertPrinted(ours.applyAsDouble(new Recall(k)), expected.getOrDefault("recall_" + k, Double.NaN));
            if (binary) {
                assertPrinted(ours.applyAsDouble(new Ndcg(k)), expected.getOrDefault("ndcg_cut_" + k, Double.NaN));
            }
        }
        for (int k : new int[] {5, 10, 20, 100}) {
            double bySmaller = ours.applyAsDouble(new MeanAveragePrecision(k));
            double byAll = bySmaller * Math.min(k, judged.numRelevant()) / judged.numRelevant();
            assertPrinted(byAll, expected.getOrDefault("map_cut_" + k, Double.NaN));
        }
        for (int k : new int[] {1, 5, 10}) {
            assertPrinted(ours.applyAsDouble(new HitRate(k)), expected.getOrDefault("success_" + k, Double.NaN));
        }
        assertPrinted(
                ours.applyAsDouble(new MeanReciprocalRank(1000)), expected.getOrDefault("recip_rank", Double.NaN));
    }

    private static void assertPrinted(double value, double printed) {
        assertThat(value).isCloseTo(printed, within(PRINTED));
    }

    private static Judged judged(List<String> ranking, List<String> relevant) {
        Map<String, Integer> indices = new HashMap<>();
        return Judged.of(numbered(ranking, indices), numbered(relevant, indices));
    }

    private static int[] numbered(List<String> ids, Map<String, Integer> indices) {
        return ids.stream()
                .mapToInt(id -> indices.computeIfAbsent(id, unused -> indices.size()))
                .toArray();
    }

    private record Line(String item, double score) {}

    private static Map<String, List<String>> rankings(Path file) throws IOException {
        Map<String, List<Line>> lines = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.split(" ", -1);
            lines.computeIfAbsent(cells[0], unused -> new ArrayList<>())
                    .add(new Line(cells[2], Double.parseDouble(cells[4])));
        }
        Comparator<Line> best = Comparator.comparingDouble((Line line) -> -line.score());
        Comparator<Line> trecEval = best.thenComparing(Line::item, Comparator.reverseOrder());
        Map<String, List<String>> rankings = new TreeMap<>();
        lines.forEach((user, rows) -> rankings.put(
                user, rows.stream().sorted(trecEval).map(Line::item).toList()));
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
