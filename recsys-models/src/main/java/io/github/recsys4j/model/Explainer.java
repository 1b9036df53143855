package io.github.recsys4j.model;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.Explanation;
import io.github.recsys4j.Explanation.Influence;
import io.github.recsys4j.data.Vocabulary;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Explains scores by leaving out: the effect of an item of the history is the score with it less the score without it,
 * all such histories in one batch through ONNX Runtime. This is what the model does, and true of every tower and scorer;
 * attention weights are not, since layers mix what they weigh and different weights can give the same answer.
 *
 * <p>An item that stands in the history more than once is left out everywhere. Without its only item the history says
 * nothing, and its vector is zeros.
 *
 * @see <a href="https://aclanthology.org/N19-1357/">Jain and Wallace, Attention is not Explanation, NAACL 2019</a>
 */
record Explainer(ModelArtifact artifact, HistoryEncoder encoder, Optional<PairRanker> ranker) {

    Explanation explain(HistoryEncoder.Past past, String itemId) {
        return explain(past, List.of(itemId)).values().iterator().next();
    }

    /** Explains several items for the same user, whose histories are encoded once. */
    Map<String, Explanation> explain(HistoryEncoder.Past past, List<String> itemIds) {
        int[] read = read(past);
        int[] distinct = Arrays.stream(read).distinct().toArray();
        float[] users = read.length == 0 ? new float[0] : encoder.encode(variants(read, distinct, past.context()));
        Map<String, Explanation> explanations = new LinkedHashMap<>();
        for (String id : itemIds) {
            int item = indexOf(id);
            explanations.put(
                    id,
                    read.length == 0
                            ? new Explanation(id, artifact.catalogue().counts().get(item), List.of(), shares(id))
                            : explanation(id, distinct, scores(users, item)));
        }
        return explanations;
    }

    private Explanation explanation(String itemId, int[] distinct, float[] scores) {
        List<Influence> effects = IntStream.range(0, distinct.length)
                .mapToObj(i -> new Influence(artifact.catalogue().items().id(distinct[i]), scores[0] - scores[i + 1]))
                .sorted(Comparator.comparingDouble((Influence influence) -> -influence.effect()))
                .toList();
        return new Explanation(itemId, scores[0], effects, shares(itemId));
    }

    /** The most recent items, so that nothing older moves up where one is left out. */
    private int[] read(HistoryEncoder.Past past) {
        int[] items = past.items();
        int length = Math.min(items.length, artifact.manifest().shape().maxLength());
        return Arrays.copyOfRange(items, items.length - length, items.length);
    }

    /** The whole history, then those without each of the items. */
    private static List<HistoryEncoder.Past> variants(int[] read, int[] distinct, float[] context) {
        List<HistoryEncoder.Past> variants = new ArrayList<>();
        variants.add(new HistoryEncoder.Past(read, context));
        for (int left : distinct) {
            int[] others = Arrays.stream(read).filter(other -> other != left).toArray();
            variants.add(new HistoryEncoder.Past(others, context));
        }
        return variants;
    }

    private float[] scores(float[] users, int item) {
        int dim = artifact.manifest().shape().dim();
        FloatBuffer vector = artifact.itemVectors().slice(item * dim, dim);
        float[] scores = new float[users.length / dim];
        for (int row = 0; row < scores.length; row++) {
            float[] user = Arrays.copyOfRange(users, row * dim, (row + 1) * dim);
            scores[row] = ranker.map(pairs -> pairs.scores(user, vector)[0]).orElseGet(() -> product(user, vector));
        }
        return scores;
    }

    private static float product(float[] user, FloatBuffer item) {
        double sum = 0;
        for (int d = 0; d < user.length; d++) {
            sum += (double) user[d] * item.get(d);
        }
        return (float) sum;
    }

    /** How much each content, and last the id, gave to an item; empty where items are ids only. */
    Map<String, Double> shares(String itemId) {
        int item = indexOf(itemId);
        Map<String, Double> shares = new LinkedHashMap<>();
        artifact.contents().ifPresent(made -> {
            List<Manifest.Content> contents = artifact.manifest().contents();
            int first = item * (contents.size() + 1);
            for (int part = 0; part < contents.size(); part++) {
                String name = contents.get(part).modality().name().toLowerCase(Locale.ROOT);
                shares.put(name, (double) made.shares().get(first + part));
            }
            shares.put("id", (double) made.shares().get(first + contents.size()));
        });
        return shares;
    }

    private int indexOf(String itemId) {
        int item = artifact.catalogue().items().indexOf(itemId);
        checkArgument(item != Vocabulary.UNKNOWN, "item \"%s\" is not in the catalogue: check the id", itemId);
        return item;
    }
}
