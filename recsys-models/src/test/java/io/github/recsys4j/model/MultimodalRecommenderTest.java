package io.github.recsys4j.model;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.model.train.Optimizer;
import io.github.recsys4j.model.train.TrainingOptions;
import io.github.recsys4j.testing.RecommenderContract;

/** Trained on the checkerboard in a few seconds, exported and served. */
class MultimodalRecommenderTest extends RecommenderContract {

    @Override
    protected Recommender train(Dataset train) {
        return MultimodalRecommender.builder()
                .architecture(
                        Architecture.strongest().withDim(32).withMaxLength(20).withDropout(0))
                .options(TrainingOptions.builder()
                        .optimizer(Optimizer.adam().withLearningRate(0.01))
                        .build())
                .device(Device.cpu())
                .epochs(60)
                .seed(1)
                .train(train);
    }
}
