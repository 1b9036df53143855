package io.github.recsys4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.model.train.Loss;
import io.github.recsys4j.model.train.Negatives;
import io.github.recsys4j.model.train.Optimizer;
import io.github.recsys4j.model.train.TrainingHistory;
import io.github.recsys4j.model.train.TrainingOptions;
import io.github.recsys4j.split.LeaveOneOut;
import io.github.recsys4j.split.Split;
import io.github.recsys4j.testing.Checkerboard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecommenderBuilderTest {
    private static final Dataset DATASET = Checkerboard.dataset();
    private static final Split SPLIT = LeaveOneOut.split(DATASET);

    private static RecommenderBuilder builder() {
        return MultimodalRecommender.builder()
                .architecture(
                        Architecture.strongest().withDim(16).withMaxLength(20).withDropout(0))
                .options(TrainingOptions.builder()
                        .optimizer(Optimizer.adam().withLearningRate(0.01))
                        .build())
                .device(Device.cpu())
                .epochs(3)
                .seed(1);
    }

    @Test
    void train_split_validatesAndTellsWhatItDid() {
        List<String> stages = new ArrayList<>();
        try (MultimodalRecommender recommender =
                builder().listener(progress -> stages.add(progress.stage())).train(SPLIT)) {
            Manifest manifest = recommender.manifest();
            assertThat(manifest.metrics()).containsKeys("NDCG@10", "Recall@1");
            assertThat(manifest.seed()).isEqualTo(1);
            assertThat(manifest.training()).containsEntry("epochs", "3").containsKey("optimizer");
            assertThat(manifest.architecture()).containsEntry("dim", "16");
            assertThat(manifest.dataFingerprint())
                    .isEqualTo(Digests.ofInteractions(SPLIT.train()))
                    .isNotEqualTo(Digests.ofInteractions(DATASET));
            assertThat(manifest.versions()).containsKeys("recsys4j", "onnxruntime", "java");
            assertThat(stages).contains("train", "validate");
        }
    }

    @Test
    void train_historyWanted_handsOverEachEpoch() {
        List<TrainingHistory> histories = new ArrayList<>();
        try (MultimodalRecommender recommender =
                builder().history(histories::add).train(SPLIT)) {
            assertThat(histories).hasSize(1);
            assertThat(histories.get(0).epochs()).hasSize(3);
            assertThat(histories.get(0).best("NDCG@10"))
                    .hasValue(recommender.manifest().metrics().get("NDCG@10"));
        }
    }

    @Test
    void train_dataset_hasNoMetrics() {
        try (MultimodalRecommender recommender = builder().train(DATASET)) {
            assertThat(recommender.manifest().metrics()).isEmpty();
            assertThat(recommender.name()).isEqualTo("sasrec-softmax");
        }
    }

    @Test
    void train_sameSeed_givesTheSameAnswers(@TempDir Path folder) {
        try (MultimodalRecommender one = builder().train(SPLIT);
                MultimodalRecommender two = builder().train(SPLIT);
                MultimodalRecommender other = builder().seed(2).train(SPLIT)) {
            assertThat(one.getRecommendations("4", 20)).isEqualTo(two.getRecommendations("4", 20));
            assertThat(one.getRecommendations("4", 20)).isNotEqualTo(other.getRecommendations("4", 20));
            one.save(folder.resolve("model"));
            try (MultimodalRecommender loaded = MultimodalRecommender.load(folder.resolve("model"), Device.cpu())) {
                assertThat(loaded.getRecommendations("4", 20)).isEqualTo(two.getRecommendations("4", 20));
                assertThat(loaded.manifest().metrics()).isEqualTo(one.manifest().metrics());
            }
        }
    }

    @Test
    void train_withoutHistories_knowsNoUser() {
        try (MultimodalRecommender recommender = builder().withoutHistories().train(DATASET)) {
            assertThat(recommender
                            .recommend(RecommendationRequest.forUser("4").build())
                            .source())
                    .isEqualTo(Source.POPULARITY);
            assertThat(recommender
                            .recommend(RecommendationRequest.forHistory(List.of("4"))
                                    .build())
                            .source())
                    .isEqualTo(Source.MODEL);
        }
    }

    @Test
    void train_metricOfAnotherCutoff_isMeasured() {
        TrainingOptions options = TrainingOptions.builder().metric("HitRate@3").build();
        try (MultimodalRecommender recommender = builder().options(options).train(SPLIT)) {
            assertThat(recommender.manifest().metrics()).containsKeys("HitRate@3", "NDCG@10");
        }
    }

    @Test
    void train_unknownMetric_namesThoseThereAre() {
        TrainingOptions options = TrainingOptions.builder().metric("Accuracy@3").build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().options(options).train(SPLIT))
                .withMessageContaining("metric \"Accuracy@3\" is not known; choose one of [NDCG@10");
    }

    @Test
    void train_lossInOptions_saysWhereToSetIt() {
        TrainingOptions options = TrainingOptions.builder().loss(Loss.bpr()).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().options(options).train(DATASET))
                .withMessageStartingWith("loss is set in the training options")
                .withMessageEndingWith("set it with Architecture.withLoss alone");
    }

    @Test
    void train_negativesInOptions_saysWhereToSetThem() {
        TrainingOptions options =
                TrainingOptions.builder().negatives(Negatives.popularity(7)).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().options(options).train(DATASET))
                .withMessageStartingWith("negatives is set in the training options")
                .withMessageEndingWith("set it with Architecture.withNegatives alone");
    }

    @Test
    void epochs_zero_saysHowMany() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().epochs(0))
                .withMessage("epochs must be at least 1, got 0");
    }
}
