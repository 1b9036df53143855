package io.github.recsys4j.model;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.model.network.Fusion;
import io.github.recsys4j.model.network.ItemTowerOptions;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.model.train.Optimizer;
import io.github.recsys4j.model.train.TrainingOptions;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Two tastes that contents alone tell apart: even items are liked by even users, odd ones by odd users, and an item's
 * contents say which it is. Items 40 to 43 are in the catalogue, but nobody has touched them.
 */
final class TwoTastes {
    static final int WARM = 40;
    static final int ITEMS = 44;
    static final int USERS = 60;

    private TwoTastes() {}

    static Dataset dataset() {
        SplittableRandom random = new SplittableRandom(1);
        int[] offsets = new int[USERS + 1];
        int[] items = new int[USERS * 7];
        for (int user = 0; user < USERS; user++) {
            int[] shuffled = IntStream.range(0, WARM / 2).map(i -> 2 * i).toArray();
            for (int i = 0; i < 7; i++) {
                int j = i + random.nextInt(shuffled.length - i);
                int taken = shuffled[j];
                shuffled[j] = shuffled[i];
                items[user * 7 + i] = taken + user % 2;
            }
            offsets[user + 1] = (user + 1) * 7;
        }
        return Dataset.of(
                Vocabulary.inOrder(ids("u", USERS)),
                Vocabulary.inOrder(ids("i", ITEMS)),
                Interactions.ofSorted(offsets, items, Optional.empty(), Optional.empty()));
    }

    private static List<String> ids(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    /** Text and picture say even or odd, and every fifth picture is missing. */
    static FeatureMatrix text(int items, long seed) {
        return matrix(Modality.TEXT, items, seed, 2);
    }

    static FeatureMatrix image(int items, long seed) {
        return matrix(Modality.IMAGE, items, seed, 2);
    }

    private static FeatureMatrix matrix(Modality modality, int items, long seed, float signal) {
        SplittableRandom random = new SplittableRandom(seed);
        FeatureMatrix.Builder builder = FeatureMatrix.builder(modality, items, 6);
        for (int item = 0; item < items; item++) {
            float[] vector = new float[6];
            for (int d = 0; d < 6; d++) {
                vector[d] = (float) (0.3 * random.nextGaussian());
            }
            vector[0] += item % 2 == 0 ? signal : -signal;
            if (modality == Modality.TEXT || item % 5 != 3) {
                builder.put(item, vector);
            }
        }
        return builder.build();
    }

    static RecommenderBuilder builder(Fusion fusion) {
        return MultimodalRecommender.builder()
                .architecture(Architecture.sasRecSoftmax()
                        .withDim(16)
                        .withMaxLength(10)
                        .withItemTower(ItemTowerOptions.of(fusion).withIdDropout(0.3)))
                .options(TrainingOptions.builder()
                        .optimizer(Optimizer.adam().withLearningRate(0.01))
                        .batchSize(20)
                        .microBatchPositions(60)
                        .threads(2)
                        .build())
                .features(text(ITEMS, 5), image(ITEMS, 6))
                .device(Device.cpu())
                .epochs(25)
                .seed(1);
    }
}
