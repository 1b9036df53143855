package io.github.recsys4j.model;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.model.network.ContentInput;
import io.github.recsys4j.model.network.Fusion;
import io.github.recsys4j.model.network.ItemContent;
import io.github.recsys4j.model.network.ItemTowerOptions;
import io.github.recsys4j.model.network.PairScorer;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.network.TowerOptions;
import io.github.recsys4j.model.network.TransformerTower;
import io.github.recsys4j.model.train.InBatch;
import io.github.recsys4j.model.train.Loss;
import io.github.recsys4j.model.train.Negatives;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a recommender is and what it minimises: a user tower, item tables, a loss and its negatives. Start from a
 * published recipe and change what differs.
 *
 * <p>Thread-safety: immutable.
 *
 * @param name the recommender's name in reports, such as {@code gsasrec}
 * @param tower how a history becomes a user vector
 * @param loss what training minimises
 * @param negatives what a sampled loss compares with; full softmax ignores them
 * @param sharedItems whether histories are made of the same item vectors that are retrieved; else there are two tables
 * @param itemTower how ids and contents of items are fused, where the recommender is trained with features
 * @param scorer the network that scores pairs of user and item vectors; empty for their inner product
 */
public record Architecture(
        String name,
        TowerOptions tower,
        Loss loss,
        Negatives negatives,
        boolean sharedItems,
        ItemTowerOptions itemTower,
        Optional<PairScorer.Options> scorer) {
    private static final int ITEM_WIDTH = 128;
    private static final int LONGEST = 200;
    private static final int GATED_LENGTH = 50;
    private static final int RANKER_WIDTH = 64;
    private static final double TEMPERATURE = 0.07;

    /**
     * Checks the name.
     *
     * @param name not blank
     * @param tower how a history becomes a user vector
     * @param loss what training minimises
     * @param negatives what a sampled loss compares with
     * @param sharedItems whether there is one item table
     * @param itemTower how ids and contents are fused
     * @param scorer what scores pairs
     */
    public Architecture {
        checkArgument(!name.isBlank(), "name of an architecture must not be blank: call it what reports should say");
    }

    /**
     * An architecture with the default item tower.
     *
     * @param name the recommender's name in reports, not blank
     * @param tower how a history becomes a user vector
     * @param loss what training minimises
     * @param negatives what a sampled loss compares with
     * @param sharedItems whether there is one item table
     */
    public Architecture(String name, TowerOptions tower, Loss loss, Negatives negatives, boolean sharedItems) {
        this(name, tower, loss, negatives, sharedItems, ItemTowerOptions.defaults(), Optional.empty());
    }

    /**
     * The default: {@link #sasRecSoftmax()}, the strongest published recipe of its protocol that needs nothing but
     * histories: test NDCG@10 of .182 on MovieLens-1M, beside .173 for gSASRec and .126 for SASRec.
     *
     * @return the default
     */
    public static Architecture strongest() {
        return sasRecSoftmax();
    }

    /**
     * SASRec as published (Kang and McAuley 2018): binary cross-entropy against one negative outside the history,
     * one shared item table, dim 50, 2 blocks, 1 head, dropout 0.2, length 200.
     *
     * @return the architecture
     */
    public static Architecture sasRec() {
        return new Architecture(
                "sasrec",
                TowerOptions.sasRec(50, LONGEST),
                Loss.bce(),
                Negatives.uniform(1).withoutHistory(),
                true);
    }

    /**
     * SASRec with cross-entropy over the whole catalogue (Klenitskiy and Vasilev 2023, "Turning Dross Into Gold
     * Loss"): dim 64, 2 blocks, 1 head, dropout 0.1, length 200.
     *
     * @return the architecture
     */
    public static Architecture sasRecSoftmax() {
        return new Architecture(
                "sasrec-softmax",
                TowerOptions.sasRec(64, LONGEST).withDropout(0.1),
                Loss.fullSoftmax(),
                Negatives.uniform(256),
                true);
    }

    /**
     * gSASRec (Petrov and Macdonald 2023) with its MovieLens-1M settings: gBCE of calibration 0.75 against 256
     * uniform negatives per position, two item tables, dim 128, 2 blocks, 1 head, dropout 0.5, length 200.
     *
     * @return the architecture
     */
    public static Architecture gSasRec() {
        return new Architecture(
                "gsasrec", TowerOptions.gSasRec(ITEM_WIDTH, LONGEST), Loss.gbce(0.75), Negatives.uniform(256), false);
    }

    /**
     * eSASRec (Tikhonovich et al. 2025): LiGR blocks and sampled softmax against 256 uniform negatives per position,
     * one item table, dim 64, 2 blocks, 1 head, dropout 0.1, length 200.
     *
     * @return the architecture
     */
    public static Architecture eSasRec() {
        return new Architecture(
                "esasrec", TowerOptions.ligr(64, LONGEST), Loss.sampledSoftmax(), Negatives.uniform(256), true);
    }

    /**
     * A sequence of gated items, to be trained with features, after a system that gates an item's id against its
     * picture and text: id gate, 3 pre-norm blocks, 8 heads, dim 128, dropout 0.1, length 50, symmetric InfoNCE of
     * temperature 0.07 against the batch. Every position of a history is a target, attention is causal, a new item is
     * made from its contents, and what was seen can be left out: the system it replaces did none of this.
     *
     * @return the architecture
     */
    public static Architecture gatedSequence() {
        return new Architecture(
                "gated-sequence",
                TowerOptions.preNorm(ITEM_WIDTH, GATED_LENGTH).withBlocks(3).withHeads(8),
                Loss.inBatch(InBatch.symmetric(TEMPERATURE)),
                Negatives.uniform(256),
                true,
                ItemTowerOptions.of(Fusion.ID_GATE),
                Optional.empty());
    }

    /**
     * Two towers, to be trained with features, after a music recommender: items by cross-attention over what is known
     * of them, in one table for histories and another for retrieval; users by 2 pre-norm blocks over their history
     * and {@linkplain RecommenderBuilder#userFeatures what is known of them}; dim 128, 4 heads, dropout 0.1, length 50,
     * symmetric InfoNCE of temperature 0.07 against the batch, popularity corrected, other items of the user and the
     * same item of another user masked.
     *
     * @return the architecture
     */
    public static Architecture twoTower() {
        return new Architecture(
                "two-tower",
                TowerOptions.preNorm(ITEM_WIDTH, GATED_LENGTH).withHeads(4),
                Loss.inBatch(InBatch.symmetric(TEMPERATURE)),
                Negatives.uniform(256),
                false,
                ItemTowerOptions.of(Fusion.CROSS_ATTENTION),
                Optional.empty());
    }

    /**
     * A ranker of pairs, to be trained with features, after a recommender of short videos: items by concatenation of
     * what is known of them, pairs scored by two hidden layers of 128 and 64, binary cross-entropy against 4 uniform
     * negatives outside the history, and the CLIP loss between contents with weight 0.1; dim 64, dropout 0.1. The user
     * is read from the history by a SASRec tower of length 50 rather than from an id, so that a new user is nobody
     * unknown. It ranks the whole catalogue pair by pair, and validation, which compares vectors, is not for it: the
     * last epoch is kept.
     *
     * @return the architecture
     */
    public static Architecture multimodalRanker() {
        return new Architecture(
                "multimodal-ranker",
                TowerOptions.sasRec(RANKER_WIDTH, GATED_LENGTH).withDropout(0.1),
                Loss.bce(),
                Negatives.uniform(4).withoutHistory(),
                true,
                ItemTowerOptions.of(Fusion.CONCATENATE).withAlignment(0.1),
                Optional.of(new PairScorer.Options(2 * RANKER_WIDTH, 0.1)));
    }

    /**
     * {@return the same with another scorer}
     *
     * @param value the network that scores pairs; empty for the inner product
     */
    public Architecture withScorer(Optional<PairScorer.Options> value) {
        return new Architecture(name, tower, loss, negatives, sharedItems, itemTower, value);
    }

    /**
     * {@return the same under another name}
     *
     * @param value not blank
     */
    public Architecture withName(String value) {
        return new Architecture(value, tower, loss, negatives, sharedItems, itemTower, scorer);
    }

    /**
     * {@return the same with another tower}
     *
     * @param value how a history becomes a user vector
     */
    public Architecture withTower(TowerOptions value) {
        return new Architecture(name, value, loss, negatives, sharedItems, itemTower, scorer);
    }

    /**
     * {@return the same with another width of item and user vectors}
     *
     * @param value a positive multiple of the number of heads
     */
    public Architecture withDim(int value) {
        return withTower(sized(value, tower.maxLength()));
    }

    /**
     * {@return the same that reads another number of a history's most recent items}
     *
     * @param value at least 1
     */
    public Architecture withMaxLength(int value) {
        return withTower(sized(tower.dim(), value));
    }

    private TowerOptions sized(int dim, int maxLength) {
        return new TowerOptions(
                tower.block(),
                dim,
                tower.blocks(),
                tower.heads(),
                maxLength,
                tower.dropout(),
                tower.feedForward(),
                tower.scaleInputs(),
                tower.outputProjection(),
                tower.finalNorm(),
                tower.normEpsilon(),
                tower.finalNormEpsilon());
    }

    /**
     * {@return the same with another number of blocks}
     *
     * @param value at least 1
     */
    public Architecture withBlocks(int value) {
        return withTower(tower.withBlocks(value));
    }

    /**
     * {@return the same with another number of attention heads}
     *
     * @param value at least 1, a divisor of dim
     */
    public Architecture withHeads(int value) {
        return withTower(tower.withHeads(value));
    }

    /**
     * {@return the same with another dropout}
     *
     * @param value in [0, 1)
     */
    public Architecture withDropout(double value) {
        return withTower(tower.withDropout(value));
    }

    /**
     * {@return the same with another loss}
     *
     * @param value what training minimises
     */
    public Architecture withLoss(Loss value) {
        return new Architecture(name, tower, value, negatives, sharedItems, itemTower, scorer);
    }

    /**
     * {@return the same with other negatives}
     *
     * @param value what a sampled loss compares with
     */
    public Architecture withNegatives(Negatives value) {
        return new Architecture(name, tower, loss, value, sharedItems, itemTower, scorer);
    }

    /**
     * {@return the same with one item table or two}
     *
     * @param value whether histories are made of the same vectors that are retrieved
     */
    public Architecture withSharedItems(boolean value) {
        return new Architecture(name, tower, loss, negatives, value, itemTower, scorer);
    }

    /**
     * {@return the same with another item tower, which takes effect where there are features}
     *
     * @param value how ids and contents are fused
     */
    public Architecture withItemTower(ItemTowerOptions value) {
        return new Architecture(name, tower, loss, negatives, sharedItems, value, scorer);
    }

    /** The network that is trained, over a catalogue of that size. */
    SequenceNetwork network(int items) {
        boolean cosine = loss.inBatch().filter(InBatch::cosine).isPresent();
        SequenceNetwork network =
                new SequenceNetwork(items, sharedItems, new TransformerTower(tower)).withUnitVectors(cosine);
        SequenceNetwork scored = scorer.map(network::withPairScorer).orElse(network);
        return loss.inBatch()
                .filter(InBatch::learned)
                .map(settings -> scored.withLearnedTemperature(settings.temperature()))
                .orElse(scored);
    }

    /** The same with contents, where there are any. */
    SequenceNetwork network(int items, List<ContentInput> contents) {
        return contents.isEmpty() ? network(items) : network(items).withContent(new ItemContent(contents, itemTower));
    }

    /** Every setting, in words, of a recommender with features. */
    Map<String, String> settings(List<ContentInput> contents) {
        Map<String, String> settings = settings();
        if (!contents.isEmpty()) {
            settings.put("contents", contents.toString());
            settings.put("fusion", itemTower.fusion().toString());
            settings.put("fusionHeads", Integer.toString(itemTower.heads()));
            settings.put("fusionDropout", Double.toString(itemTower.dropout()));
            settings.put("idDropout", Double.toString(itemTower.idDropout()));
            settings.put("alignment", Double.toString(itemTower.alignment()));
        }
        return settings;
    }

    /** Every setting, in words. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("block", tower.block().toString());
        settings.put("dim", Integer.toString(tower.dim()));
        settings.put("blocks", Integer.toString(tower.blocks()));
        settings.put("heads", Integer.toString(tower.heads()));
        settings.put("maxLength", Integer.toString(tower.maxLength()));
        settings.put("dropout", Double.toString(tower.dropout()));
        settings.put("feedForward", tower.feedForward().toString());
        settings.put("scaleInputs", Boolean.toString(tower.scaleInputs()));
        settings.put("outputProjection", Boolean.toString(tower.outputProjection()));
        settings.put("finalNorm", Boolean.toString(tower.finalNorm()));
        settings.put("normEpsilon", Double.toString(tower.normEpsilon()));
        settings.put("finalNormEpsilon", Double.toString(tower.finalNormEpsilon()));
        settings.put("loss", loss.toString());
        settings.put("negatives", negatives.toString());
        settings.put("sharedItems", Boolean.toString(sharedItems));
        scorer.ifPresent(pairs -> settings.put("scorer", pairs.toString()));
        return settings;
    }
}
