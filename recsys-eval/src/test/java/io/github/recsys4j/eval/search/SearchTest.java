package io.github.recsys4j.eval.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
    @TempDir
    private Path folder = Path.of("");

    /** Kills the search when it comes to a trial, as a process that dies would. */
    private static Objective dyingAt(int number) {
        return trial -> {
            if (trial.number() == number) {
                throw new OutOfMemoryError("killed");
            }
            return Hills.SCORE.measure(trial);
        };
    }

    private static Search search(Strategy strategy) {
        return Search.of(Hills.SPACE, strategy);
    }

    private static double[] best(Strategy strategy) {
        return IntStream.range(0, 20)
                .mapToDouble(seed -> search(strategy)
                        .seed(seed)
                        .run(Hills.SCORE)
                        .best()
                        .orElseThrow()
                        .rank())
                .toArray();
    }

    @Test
    void tpe_knownOptimum_beatsRandomOnAverageAndMostly() {
        double[] random = best(Strategy.random(60));
        double[] tpe = best(Strategy.tpe(60));

        double gain = DoubleStream.of(tpe).sum() - DoubleStream.of(random).sum();
        assertThat(gain / tpe.length).as("mean gain, of scores up to 0").isGreaterThan(0.3);
        assertThat(IntStream.range(0, tpe.length).filter(i -> tpe[i] > random[i]))
                .hasSizeGreaterThan(13);
        assertThat(DoubleStream.of(tpe).max().orElseThrow()).isLessThanOrEqualTo(Hills.OPTIMUM);
    }

    @Test
    void tpe_failedTrials_areAvoided() {
        SearchSpace space = SearchSpace.of(Parameter.number("x", 0, 1));
        SearchResult result = Search.of(space, Strategy.tpe(100)).run(trial -> {
            if (trial.settings().number("x") > 0.5) {
                throw new IllegalArgumentException("too large");
            }
            return 0;
        });

        List<TrialResult> late = result.trials().subList(50, 100);
        assertThat(late.stream().filter(trial -> trial.score().isEmpty()).count())
                .isLessThan(20);
        assertThat(result.failures()).isPositive();
        assertThat(result.trials())
                .filteredOn(trial -> trial.score().isEmpty())
                .allSatisfy(trial -> assertThat(trial.error()).isEqualTo("too large"));
    }

    @Test
    void halving_27Configurations_spendsTheBudgetItSays() {
        List<Trial> made = new ArrayList<>();
        Strategy strategy = Strategy.halving(27, 1, 27, 3);
        SearchResult result = search(strategy).run(trial -> {
            made.add(trial);
            return Hills.SCORE.measure(trial);
        });

        assertThat(made).hasSize(27 + 9 + 3 + 1).hasSize(strategy.trials());
        assertThat(made.stream().mapToLong(Trial::budget).sum())
                .isEqualTo(4 * 27)
                .isEqualTo(strategy.totalBudget());
        assertThat(made.stream().map(Trial::budget).distinct()).containsExactly(1, 3, 9, 27);
        assertThat(result.best().orElseThrow().trial().budget()).isEqualTo(27);
    }

    @Test
    void halving_budgetsThatDoNotDivide_endAtTheLargest() {
        Strategy strategy = Strategy.halving(10, 2, 15, 2);

        assertThat(strategy.trials()).isEqualTo(10 + 5 + 2 + 1);
        assertThat(strategy.totalBudget()).isEqualTo(10 * 2 + 5 * 4 + 2 * 8 + 15);
    }

    @Test
    void halving_eachRung_keepsTheBestWithNumberAndSeed() {
        SearchResult result = search(Strategy.halving(9, 1, 9, 3)).run(Hills.SCORE);
        List<TrialResult> first = result.trials().subList(0, 9);
        List<Integer> best = first.stream()
                .sorted(Comparator.comparingDouble(TrialResult::rank).reversed())
                .limit(3)
                .map(trial -> trial.trial().number())
                .toList();

        assertThat(result.trials().subList(9, 12))
                .extracting(trial -> trial.trial().configuration())
                .containsExactlyElementsOf(best);
        assertThat(result.trials().subList(9, 13)).allSatisfy(trial -> {
            Trial origin = first.get(trial.trial().configuration()).trial();
            assertThat(trial.trial().settings()).isEqualTo(origin.settings());
            assertThat(trial.trial().seed()).isEqualTo(origin.seed());
        });
    }

    @Test
    void strategies_badNumbers_throwNamingThem() {
        assertThatThrownBy(() -> Strategy.random(0)).hasMessage("trials must be at least 1, got 0");
        assertThatThrownBy(() -> Strategy.tpe(-1)).hasMessage("trials must be at least 1, got -1");
        assertThatThrownBy(() -> Strategy.halving(1, 1, 9, 3))
                .hasMessageContaining("configurations must be at least 2");
        assertThatThrownBy(() -> Strategy.halving(9, 0, 9, 3))
                .hasMessageContaining("smallest budget must be at least 1");
        assertThatThrownBy(() -> Strategy.halving(9, 9, 9, 3)).hasMessageContaining("must be above the smallest");
        assertThatThrownBy(() -> Strategy.halving(9, 1, 9, 1)).hasMessageContaining("reduction must be at least 2");
    }

    @Test
    void run_sameSeed_makesTheSameTrialsAndOthersWithAnother() {
        SearchResult once = search(Strategy.tpe(30)).seed(7).run(Hills.SCORE);
        SearchResult again = search(Strategy.tpe(30)).seed(7).run(Hills.SCORE);
        SearchResult other = search(Strategy.tpe(30)).seed(8).run(Hills.SCORE);

        assertThat(trials(again)).isEqualTo(trials(once));
        assertThat(trials(other)).doesNotContainAnyElementsOf(trials(once));
    }

    private static List<Trial> trials(SearchResult result) {
        return result.trials().stream().map(TrialResult::trial).toList();
    }

    @ParameterizedTest(name = "killed in trial {0}")
    @ValueSource(ints = {0, 1, 13, 29})
    void run_killedAndRunAgain_makesWhatAnUnbrokenSearchMakes(int number) {
        Path journal = folder.resolve("search.jsonl");
        assertThatThrownBy(() -> search(Strategy.tpe(30)).journal(journal).run(dyingAt(number)))
                .isInstanceOf(OutOfMemoryError.class);
        List<Integer> made = new ArrayList<>();
        SearchResult resumed = search(Strategy.tpe(30)).journal(journal).run(trial -> {
            made.add(trial.number());
            return Hills.SCORE.measure(trial);
        });

        assertThat(made).hasSize(30 - number).startsWith(number);
        assertThat(trials(resumed)).isEqualTo(trials(search(Strategy.tpe(30)).run(Hills.SCORE)));
    }

    @Test
    void run_tornLastLine_isMadeAgain() throws IOException {
        Path journal = folder.resolve("search.jsonl");
        SearchResult whole = search(Strategy.tpe(20)).journal(journal).run(Hills.SCORE);
        String text = Files.readString(journal);
        Files.writeString(journal, text.substring(0, text.length() - 25));

        SearchResult resumed = search(Strategy.tpe(20)).journal(journal).run(Hills.SCORE);

        assertThat(trials(resumed)).isEqualTo(trials(whole));
        assertThat(Files.readString(journal).lines()).hasSize(21).allMatch(line -> line.endsWith("\"}"));
    }

    @Test
    void run_tornFirstLine_beginsAnew() throws IOException {
        Path journal = Files.writeString(folder.resolve("search.jsonl"), "{\"format\":\"recsy");

        assertThat(search(Strategy.random(2)).journal(journal).run(Hills.SCORE).trials())
                .hasSize(2);
        assertThat(Files.readString(journal).lines()).hasSize(3);
    }

    @Test
    void run_moreTrialsThanBefore_goesOn() {
        Path journal = folder.resolve("search.jsonl");
        search(Strategy.tpe(15)).journal(journal).run(Hills.SCORE);

        assertThat(trials(search(Strategy.tpe(25)).journal(journal).run(Hills.SCORE)))
                .isEqualTo(trials(search(Strategy.tpe(25)).run(Hills.SCORE)));
    }

    @Test
    void run_damagedLine_isRefusedWithItsNumber() throws IOException {
        Path journal = folder.resolve("search.jsonl");
        search(Strategy.tpe(5)).journal(journal).run(Hills.SCORE);
        String text = Files.readString(journal);

        Files.writeString(journal, text.replaceFirst("\"score\":-?\\d", "\"score\":7"));
        refused(journal, "search.jsonl, line 2 is damaged: its checksum does not fit");
        Files.writeString(journal, text.replaceFirst("\"trial\":3", "\"trial:3"));
        refused(journal, "search.jsonl, line 5 is damaged: it is not JSON");
        String last = text.lines().reduce((a, b) -> b).orElseThrow() + "\n";
        Files.writeString(journal, text + last);
        refused(journal, "line 7 is damaged: it repeats trial 4");
    }

    private static void refused(Path journal, String message) {
        assertThatThrownBy(() -> search(Strategy.tpe(5)).journal(journal).run(Hills.SCORE))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining(message);
    }

    @Test
    void run_journalOfAnotherSearch_isRefusedWithWhatDiffers() {
        Path journal = folder.resolve("search.jsonl");
        search(Strategy.tpe(5))
                .subject(Map.of("data", "ml-1m"))
                .journal(journal)
                .run(Hills.SCORE);

        differs(search(Strategy.tpe(5)).subject(Map.of("data", "ml-1m")).seed(1), journal, "its seed is \"42\"");
        differs(search(Strategy.random(5)).subject(Map.of("data", "ml-1m")), journal, "its strategy is \"tpe\"");
        differs(search(Strategy.tpe(5)).subject(Map.of("data", "ml-20m")), journal, "its subject data is \"ml-1m\"");
        differs(Search.of(SearchSpace.of(Parameter.number("x", 0, 1)), Strategy.tpe(5)), journal, "its space is");
    }

    private static void differs(Search search, Path journal, String message) {
        assertThatThrownBy(() -> search.journal(journal).run(Hills.SCORE))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("is of another search")
                .hasMessageContaining(message)
                .hasMessageContaining("delete it to begin anew");
    }

    @Test
    void run_journalInUse_isRefused() {
        Path journal = folder.resolve("search.jsonl");

        assertThatThrownBy(() -> search(Strategy.random(1)).journal(journal).run(outer -> {
                    assertThatThrownBy(() ->
                                    search(Strategy.random(1)).journal(journal).run(Hills.SCORE))
                            .isInstanceOf(ArtifactException.class)
                            .hasMessageContaining("is in use by another search");
                    throw new OutOfMemoryError("seen");
                }))
                .hasMessage("seen");
    }

    @Test
    void run_folderMissing_saysSo() {
        assertThatThrownBy(() -> search(Strategy.random(1))
                        .journal(folder.resolve("nowhere/search.jsonl"))
                        .run(Hills.SCORE))
                .hasMessageContaining("its folder must exist and be writable");
    }

    @Test
    void run_scoreNotFinite_failsTheTrial() {
        SearchResult result = search(Strategy.random(2)).run(trial -> Double.NaN);

        assertThat(result.best()).isEmpty();
        assertThat(result.trials().get(0).error()).isEqualTo("score must be a finite number, got NaN");
        assertThat(result.sentence()).startsWith("All 2 trials failed; the first because: score must be");
    }

    @Test
    void run_listener_hearsOfEachTrial() {
        List<ProgressListener.Progress> heard = new ArrayList<>();
        search(Strategy.random(3)).listener(heard::add).run(Hills.SCORE);

        assertThat(heard).extracting(ProgressListener.Progress::done).containsExactly(1L, 2L, 3L);
        assertThat(heard.get(2).total()).isEqualTo(3);
        assertThat(heard.get(2).metrics()).containsKeys("score", "best");
    }

    @Test
    void toJson_always_saysHowToReadIt() {
        assertThat(search(Strategy.random(3)).run(Hills.SCORE).toJson())
                .contains("\"schema\" : \"recsys4j search\"", "\"version\" : 1", "\"best\" : {", "\"seconds\" : ");
    }
}
