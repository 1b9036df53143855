package io.github.recsys4j.model;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.train.ContentMatrices;
import io.github.recsys4j.model.train.TrainingHistory;
import io.github.recsys4j.model.train.TrainingOptions;
import io.github.recsys4j.model.train.TrainingResult;
import io.github.recsys4j.model.train.UserFeatures;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Models that nobody trained, over data that nobody collected: all that saving, loading and serving need. */
public final class RandomModels {
    private RandomModels() {}

    /**
     * Makes users {@code u0, u1, ..} with histories of random items {@code i0, i1, ..}.
     *
     * @param users how many
     * @param items how many
     * @param longest the longest history; user 0 has none
     * @param seed what the histories are drawn from
     * @return the data set
     */
    public static Dataset dataset(int users, int items, int longest, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] offsets = new int[users + 1];
        for (int user = 1; user < users; user++) {
            offsets[user + 1] = offsets[user] + 1 + random.nextInt(longest);
        }
        int[] rows = random.ints(offsets[users], 0, items).toArray();
        return Dataset.of(
                Vocabulary.inOrder(ids("u", users)),
                Vocabulary.inOrder(ids("i", items)),
                Interactions.ofSorted(offsets, rows, Optional.empty(), Optional.empty()));
    }

    private static List<String> ids(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    static ModelArtifact artifact(Architecture architecture, Dataset dataset, long seed) {
        SequenceNetwork network = architecture.network(dataset.items().size());
        ParameterSet parameters = ParameterSet.initialize(network.parameters(), seed);
        TrainingHistory history = new TrainingHistory(List.of(), 0, "never trained");
        TrainedModel model = new TrainedModel(
                architecture,
                TrainingOptions.defaults(),
                network,
                ContentMatrices.none(),
                UserFeatures.none(),
                new TrainingResult(parameters, history));
        return model.artifact(dataset, true);
    }

    static Architecture small(Architecture architecture) {
        return architecture.withDim(16).withMaxLength(12);
    }

    static List<Architecture> presets() {
        return Arrays.asList(
                Architecture.sasRec(),
                Architecture.sasRecSoftmax(),
                Architecture.gSasRec(),
                Architecture.eSasRec(),
                Architecture.eSasRec().withHeads(4).withBlocks(3).withName("esasrec-3-blocks-4-heads"));
    }
}
