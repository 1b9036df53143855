package io.github.recsys4j.examples.quickstart;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.feature.CacheStats;
import io.github.recsys4j.feature.FeatureCache;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.ItemFeatures;
import io.github.recsys4j.model.encoder.HashedTextEncoder;
import io.github.recsys4j.model.encoder.ImageDescriptor;
import java.nio.file.Path;

/** Makes vectors of pictures and texts with the built-in encoders, each picture and text once. */
final class ShopContents {
    private static final int TEXT_DIM = 128;

    private final FeatureCache cache;

    private ShopContents(FeatureCache cache) {
        this.cache = cache;
    }

    /** Opens the encoders, with a cache in a folder. */
    static ShopContents open(Path folder) {
        return new ShopContents(FeatureCache.builder()
                .directory(folder)
                .text(HashedTextEncoder.create(TEXT_DIM))
                .image(ImageDescriptor.create())
                .build());
    }

    /** Encodes the items of a data set; what the cache knows is not encoded again. */
    ItemFeatures encode(Dataset dataset) {
        return ItemFeatures.builder(dataset, cache)
                .text("title", "description")
                .images()
                .build();
    }

    /** Gives the matrices as the recommender takes them. */
    static FeatureMatrix[] matrices(ItemFeatures features) {
        return features.matrices().values().toArray(FeatureMatrix[]::new);
    }

    /** Tells how many vectors had to be computed so far. */
    long encoded() {
        return cache.stats().values().stream().mapToLong(CacheStats::encoded).sum();
    }
}
