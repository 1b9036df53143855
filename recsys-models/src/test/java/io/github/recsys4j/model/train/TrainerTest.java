package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.ProgressListener.Progress;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.TrainingException;
import io.github.recsys4j.model.network.PairScorer;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.SequenceNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerTest {
    @TempDir
    Path folder;

    private static float[] trained(TrainingOptions options) {
        return SmallTask.flat(new Trainer(SmallTask.network(0.2), options)
                .train(SmallTask.ring())
                .parameters());
    }

    static Stream<TrainingOptions.Builder> losses() {
        Negatives negatives = Negatives.uniform(4);
        return Stream.of(
                SmallTask.options().loss(Loss.fullSoftmax()).threads(2),
                SmallTask.options()
                        .loss(Loss.fullSoftmax().withLabelSmoothing(0.1).withEmbeddingPenalty(0.001)),
                SmallTask.options().loss(Loss.gbce(0.75)).negatives(negatives),
                SmallTask.options()
                        .loss(Loss.bce().withPositiveWeight(4).withEmbeddingPenalty(0.001))
                        .negatives(negatives),
                SmallTask.options()
                        .loss(Loss.bce())
                        .negatives(Negatives.uniform(1).withoutHistory()),
                SmallTask.options().loss(Loss.bpr()).negatives(negatives),
                SmallTask.options().loss(Loss.sampledSoftmax()).negatives(Negatives.mixed(4, 0.5)),
                SmallTask.options()
                        .loss(Loss.sampledSoftmaxCorrected())
                        .negatives(Negatives.popularity(6).sharedInBatch()));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void train_ring_learnsTheNeighbour(TrainingOptions.Builder options) {
        TrainingResult result = new Trainer(
                        SmallTask.network(0.1),
                        options.epochs(60).metric("HitRate@1").patience(60).build())
                .validation(SmallTask::measure)
                .train(SmallTask.ring());
        assertThat(result.history().best("HitRate@1").orElseThrow()).isGreaterThanOrEqualTo(0.75);
    }

    @Test
    void train_sameSeed_repeatsBitForBitAndAnotherDiffers() {
        float[] first = trained(SmallTask.options().build());
        assertThat(trained(SmallTask.options().build())).isEqualTo(first);
        assertThat(trained(SmallTask.options().seed(43).build())).isNotEqualTo(first);
    }

    @Test
    void train_severalThreads_repeatsBitForBitAndStaysCloseToOne() {
        TrainingOptions.Builder options =
                SmallTask.options().microBatchPositions(10).optimizer(Optimizer.sgd(0.1, 0.9));
        float[] first = trained(options.threads(3).build());
        assertThat(trained(options.threads(3).build())).isEqualTo(first);
        assertThat(trained(options.threads(1).build())).containsExactly(first, within(1e-5f));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void train_batchCutInParts_equalsTheWholeBatch(TrainingOptions.Builder options) {
        options.optimizer(Optimizer.sgd(0.5, 0))
                .epochs(1)
                .negatives(Negatives.uniform(3).sharedInBatch());
        float[] whole = withoutDropout(options.microBatchPositions(1_000_000).build());
        float[] parts = withoutDropout(options.microBatchPositions(7).build());
        assertThat(parts).containsExactly(whole, within(2e-6f));
    }

    private static float[] withoutDropout(TrainingOptions options) {
        return SmallTask.flat(new Trainer(SmallTask.network(0), options)
                .train(SmallTask.ring())
                .parameters());
    }

    @Test
    void train_temperatureThatIsLearned_movesAndIsBoundedAsInClip() {
        SequenceNetwork network = SmallTask.network(0).withUnitVectors(true).withLearnedTemperature(0.05);
        TrainingOptions.Builder options = SmallTask.options()
                .loss(Loss.inBatch(
                        InBatch.oneSided(0.05).withLearnedTemperature(true).withLogQ(LogQ.NONE)))
                .epochs(150);
        ParameterSet parameters =
                new Trainer(network, options.build()).train(SmallTask.ring()).parameters();
        float scale = parameters.values(SequenceNetwork.LOG_SCALE).get(0);
        assertThat(scale).isNotEqualTo((float) Math.log(20)).isBetween(0f, 5f);
    }

    @Test
    void train_scorerOfPairsWithEmbeddingPenalty_hasShorterVectors() {
        assertThat(squares(Loss.bce().withEmbeddingPenalty(5))).isLessThan(squares(Loss.bce()) / 2);
    }

    private static double squares(Loss loss) {
        SequenceNetwork network = SmallTask.network(0).withPairScorer(new PairScorer.Options(8, 0));
        ParameterSet parameters = new Trainer(
                        network, SmallTask.options().loss(loss).epochs(10).build())
                .train(SmallTask.ring())
                .parameters();
        float[] vectors = new float[parameters.spec(SequenceNetwork.INPUTS).size()];
        parameters.values(SequenceNetwork.INPUTS).get(vectors);
        double sum = 0;
        for (float value : vectors) {
            sum += value * value;
        }
        return sum;
    }

    @Test
    void train_onlyTheLossLearnsATemperature_isRefused() {
        TrainingOptions options = SmallTask.options()
                .loss(Loss.inBatch(InBatch.oneSided(0.2).withLearnedTemperature(true)))
                .build();
        assertThatThrownBy(() -> new Trainer(SmallTask.network(0), options).train(SmallTask.ring()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must both learn a temperature or neither");
    }

    @Test
    void train_interruptedInMidEpoch_resumesToTheSameModel() {
        TrainingOptions.Builder options =
                SmallTask.options().schedule(Schedule.cosine(1e-4)).clipNorm(1);
        float[] unbroken = trained(options.build());
        TrainingOptions saved = options.checkpoints(CheckpointPolicy.in(folder).every(Duration.ofNanos(1)))
                .build();
        for (long stop : new long[] {2, 3, 6, 9}) {
            assertThatThrownBy(() -> new Trainer(SmallTask.network(0.2), saved)
                            .listener(stopAfter(stop))
                            .train(SmallTask.ring()))
                    .hasMessage("stop");
        }
        assertThat(trained(saved)).isEqualTo(unbroken);
    }

    private static ProgressListener stopAfter(long step) {
        return progress -> {
            if (progress.stage().equals("train") && progress.done() == step) {
                throw new IllegalStateException("stop");
            }
        };
    }

    @Test
    void train_finishedRun_givesItsResultAgain() {
        TrainingOptions options =
                SmallTask.options().metric("HitRate@1").checkpoints(folder).build();
        TrainingResult first = validated(options);
        TrainingResult again = validated(options);
        assertThat(again.history()).isEqualTo(first.history());
        assertThat(SmallTask.flat(again.parameters())).isEqualTo(SmallTask.flat(first.parameters()));
    }

    private static TrainingResult validated(TrainingOptions options) {
        return new Trainer(SmallTask.network(0.2), options)
                .validation(SmallTask::measure)
                .train(SmallTask.ring());
    }

    @Test
    void train_moreEpochsThanSaved_goesOn() {
        trained(SmallTask.options().checkpoints(folder).epochs(2).build());
        float[] longer =
                trained(SmallTask.options().checkpoints(folder).epochs(3).build());
        assertThat(longer).isEqualTo(trained(SmallTask.options().epochs(3).build()));
    }

    @Test
    void train_checkpointOfOtherSettings_isRefused() {
        trained(SmallTask.options().checkpoints(folder).build());
        assertThatThrownBy(() ->
                        trained(SmallTask.options().seed(7).checkpoints(folder).build()))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("checkpoint folder " + folder + " holds another run's: it has loss=")
                .hasMessageContaining("seed=42")
                .hasMessageContaining("seed=7")
                .hasMessageContaining("Delete the folder, name another");
    }

    @Test
    void train_lossNotFinite_throwsNamingStepAndCausesAndKeepsTheCheckpoint() {
        TrainingOptions.Builder options = SmallTask.options().checkpoints(folder);
        trained(options.epochs(1).build());
        TrainingOptions burst = SmallTask.options()
                .checkpoints(CheckpointPolicy.in(folder.resolve("burst")).every(Duration.ofNanos(1)))
                .optimizer(Optimizer.sgd(1e30, 0))
                .build();
        assertThatThrownBy(() -> trained(burst))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("learning rate is too high")
                .hasMessageContaining("The last good checkpoint is still in " + folder.resolve("burst"));
        assertThat(new CheckpointStore(folder).newest().orElseThrow().state().epoch())
                .isEqualTo(1);
    }

    @Test
    void train_lossNotFiniteWithoutCheckpoints_saysSo() {
        assertThatThrownBy(() -> trained(
                        SmallTask.options().optimizer(Optimizer.sgd(1e30, 0)).build()))
                .isInstanceOf(TrainingException.class)
                .hasMessageMatching(
                        "(?s)loss is (NaN|Infinity) at step \\d+ with learning rate 1.0E30\\. Likely causes:.*"
                                + "No checkpoints were kept.*");
    }

    @Test
    void train_metricNotMeasured_throwsWithTheKnownOnes() {
        assertThatThrownBy(() -> validated(SmallTask.options().metric("MRR@5").build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("metric MRR@5 is not among those that validation gives: [HitRate@1]. Name one of these.");
    }

    @Test
    void train_metricFalls_stopsAndKeepsTheBest() {
        double[] values = {0.3, 0.5, 0.4, 0.5, 0.1, 0.1, 0.1};
        List<float[]> vectors = new ArrayList<>();
        TrainingResult result = new Trainer(
                        SmallTask.network(0.2),
                        SmallTask.options().epochs(7).patience(2).build())
                .validation(scorer -> {
                    vectors.add(scorer.itemVectors());
                    return Map.of("NDCG@10", values[vectors.size() - 1]);
                })
                .train(SmallTask.ring());
        assertThat(result.history().epochs()).hasSize(4);
        assertThat(result.history().bestEpoch()).isEqualTo(2);
        assertThat(result.history().best("NDCG@10")).contains(0.5);
        assertThat(result.history().stopReason()).isEqualTo("no better NDCG@10 in 2 validations");
        float[] kept = SmallTask.flat(result.parameters());
        assertThat(Arrays.copyOf(kept, vectors.get(1).length)).isEqualTo(vectors.get(1));
    }

    @Test
    void train_timeLimit_stopsAtAnEpochsEnd() {
        TrainingResult result = new Trainer(
                        SmallTask.network(0.2),
                        SmallTask.options()
                                .epochs(1000)
                                .maxDuration(Duration.ofMillis(1))
                                .build())
                .train(SmallTask.ring());
        assertThat(result.history().epochs()).hasSize(1);
        assertThat(result.history().stopReason()).contains("time limit");
    }

    @Test
    void train_listener_hearsOfEachStepAndValidation() {
        List<Progress> heard = new ArrayList<>();
        new Trainer(
                        SmallTask.network(0.2),
                        SmallTask.options()
                                .metric("HitRate@1")
                                .maxBatchesPerEpoch(2)
                                .build())
                .listener(heard::add)
                .validation(SmallTask::measure)
                .train(SmallTask.ring());
        assertThat(heard.stream().map(progress -> progress.stage() + progress.done() + "/" + progress.total()))
                .containsExactly(
                        "train1/6",
                        "train2/6",
                        "validate1/3",
                        "train3/6",
                        "train4/6",
                        "validate2/3",
                        "train5/6",
                        "train6/6",
                        "validate3/3");
        assertThat(heard.get(0).metrics()).containsOnlyKeys("loss", "learningRate", "positionsPerSecond");
    }

    @Test
    void train_itemsOfAnotherCatalogue_throwsWithBothCounts() {
        assertThatThrownBy(() -> new Trainer(
                                new SequenceNetwork(
                                        5, true, SmallTask.network(0).tower()),
                                SmallTask.options().build())
                        .train(SmallTask.ring()))
                .hasMessage("training data has 12 items, but the network was made for 5");
    }

    @Test
    void scorer_unknownItemsAndLongHistories_giveTheKnownAndRecentOnes() {
        List<String> cut = List.of("item3", "item4", "item5", "item6", "item7", "item8");
        List<String> long2 = List.of("item0", "item1", "nobody", "item3", "item4", "item5", "item6", "item7", "item8");
        new Trainer(SmallTask.network(0.2), SmallTask.options().epochs(1).build())
                .validation(scorer -> {
                    float[] both = scorer.userVectors(List.of(
                            RecommendationRequest.forHistory(cut).build(),
                            RecommendationRequest.forHistory(List.of("nobody")).build(),
                            RecommendationRequest.forHistory(long2).build()));
                    int dim = scorer.dim();
                    assertThat(Arrays.copyOfRange(both, 2 * dim, 3 * dim))
                            .containsExactly(Arrays.copyOf(both, dim), within(1e-6f));
                    assertThat(Arrays.copyOfRange(both, dim, 2 * dim)).containsOnly(0);
                    return Map.of();
                })
                .train(SmallTask.ring());
    }
}
