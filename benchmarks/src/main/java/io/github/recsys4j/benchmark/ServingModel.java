package io.github.recsys4j.benchmark;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.model.Architecture;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.model.runtime.Device;

/** A model of a given size whose weights do not matter: one epoch over a few random histories. */
final class ServingModel {
    static final int ITEMS = 100_000;
    static final int DIM = 64;
    static final int LENGTH = 50;
    static final int K = 10;

    private ServingModel() {}

    static MultimodalRecommender train(int users) {
        Dataset dataset = Synthetic.histories(users, ITEMS, LENGTH);
        return MultimodalRecommender.builder()
                .architecture(Architecture.gSasRec().withDim(DIM).withMaxLength(LENGTH))
                .epochs(1)
                .device(Device.cpu())
                .train(dataset);
    }
}
