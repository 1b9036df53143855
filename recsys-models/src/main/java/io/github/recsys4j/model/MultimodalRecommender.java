package io.github.recsys4j.model;

import static com.google.common.base.Preconditions.checkState;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.Explanation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.retrieval.ExactIndex;
import io.github.recsys4j.retrieval.ItemAttributes;
import io.github.recsys4j.retrieval.ItemIndex;
import io.github.recsys4j.retrieval.ItemIndexFactory;
import io.github.recsys4j.retrieval.ItemPredicate;
import io.github.recsys4j.serve.ServingMetrics;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A trained sequence model that recommends: the user tower turns a history into a vector, the items with the largest
 * inner product are recommended.
 *
 * <p>Whether it was trained a moment ago or loaded from a folder, it runs the exported ONNX model in ONNX Runtime.
 * Of a history the model reads the most recent {@link Manifest.Shape#maxLength()} items it knows; all of it counts as
 * seen. Where there is no item that it knows, the answer is the most popular items, marked
 * {@link Source#POPULARITY}.
 *
 * <p>Owns its ONNX session and index: {@link #close()} waits for the requests in flight, and a second call is
 * harmless.
 *
 * <p>Thread-safety: safe for many threads. A single request runs on its caller's thread; a list of requests uses the
 * caller's fork-join pool.
 */
public final class MultimodalRecommender implements Recommender {
    private final UserHistories histories;
    private final Models models;
    private final ReadWriteLock life = new ReentrantReadWriteLock();
    private final Lock changing = new ReentrantLock();
    private volatile Served served;
    private volatile Served.Ways ways = new Served.Ways(ExactIndex::of, ItemAttributes::of);
    private volatile ServingMetrics metrics = ServingMetrics.none();
    private boolean closed;

    private MultimodalRecommender(ModelArtifact artifact, UserHistories histories, Models models) {
        this.histories = histories;
        this.models = models;
        HistoryEncoder encoder = new HistoryEncoder(models.tower(), artifact.itemInputs(), artifact.manifest());
        this.served = Served.of(artifact, encoder, ways);
    }

    /** {@return a builder that trains a recommender} */
    public static RecommenderBuilder builder() {
        return new RecommenderBuilder();
    }

    /**
     * Loads a saved model with the histories in it, on {@link Device#auto()}.
     *
     * @param folder a model folder
     * @return the recommender, to be closed by the caller
     * @throws io.github.recsys4j.ArtifactException if the folder is missing, damaged, altered or of another version
     * @throws io.github.recsys4j.InferenceException if the model cannot be run
     */
    public static MultimodalRecommender load(Path folder) {
        return load(folder, Device.auto());
    }

    /**
     * Loads a saved model with the histories in it.
     *
     * @param folder a model folder
     * @param device where it runs
     * @return the recommender, to be closed by the caller
     * @throws io.github.recsys4j.ArtifactException if the folder is missing, damaged, altered or of another version
     * @throws io.github.recsys4j.InferenceException if the model cannot be run, or the device is not there
     */
    public static MultimodalRecommender load(Path folder, Device device) {
        ModelArtifact artifact = ArtifactReader.read(folder, true);
        return of(artifact, artifact.histories().map(UserHistories.class::cast).orElse(UserHistories.none()), device);
    }

    /**
     * Loads a saved model, on {@link Device#auto()}, with histories from elsewhere; those in the folder are not read.
     *
     * @param folder a model folder
     * @param histories where to look up what a user did; asked at each request, by many threads
     * @return the recommender, to be closed by the caller
     * @throws io.github.recsys4j.ArtifactException if the folder is missing, damaged, altered or of another version
     * @throws io.github.recsys4j.InferenceException if the model cannot be run
     */
    public static MultimodalRecommender load(Path folder, UserHistories histories) {
        return load(folder, Device.auto(), histories);
    }

    /**
     * Loads a saved model with histories from elsewhere; those in the folder are not read.
     *
     * @param folder a model folder
     * @param device where it runs
     * @param histories where to look up what a user did; asked at each request, by many threads
     * @return the recommender, to be closed by the caller
     * @throws io.github.recsys4j.ArtifactException if the folder is missing, damaged, altered or of another version
     * @throws io.github.recsys4j.InferenceException if the model cannot be run, or the device is not there
     */
    public static MultimodalRecommender load(Path folder, Device device, UserHistories histories) {
        return of(ArtifactReader.read(folder, false), histories, device);
    }

    static MultimodalRecommender of(ModelArtifact artifact, Device device) {
        return of(artifact, artifact.histories().map(UserHistories.class::cast).orElse(UserHistories.none()), device);
    }

    private static MultimodalRecommender of(ModelArtifact artifact, UserHistories histories, Device device) {
        return new MultimodalRecommender(artifact, histories, Models.open(artifact, device));
    }

    /**
     * Adds items of which nothing but the contents is known, as {@link #addItems(List, Table, FeatureMatrix...)} does.
     *
     * @param ids the new items' ids, distinct and not in {@link #items()}
     * @param features row {@code i} of each belongs to {@code ids.get(i)}
     * @throws IllegalArgumentException if an id is known or stands twice, the features are not the model's, or an item
     *     has none
     * @throws IllegalStateException if the model was trained without features, or the recommender is closed
     */
    public void addItems(List<String> ids, FeatureMatrix... features) {
        addItems(ids, Table.empty(ids.size()), features);
    }

    /**
     * Adds items that were not there when the model was trained: the item tower makes their rows from their contents,
     * and from the next request on they are recommended and may stand in histories. {@link #save} keeps them. Requests
     * in flight finish on the catalogue that they began with.
     *
     * <p>Copies all item vectors, so add many at once rather than one after the other.
     *
     * @param ids the new items' ids, distinct and not in {@link #items()}
     * @param table what is known of them, row {@code i} of {@code ids.get(i)}: the columns of {@link #itemTable()} are
     *     taken, so that filters see the new items; where it lacks one, nothing is known, and others are left out
     * @param features row {@code i} of each belongs to {@code ids.get(i)}; of the modalities that the model was trained
     *     with, not necessarily all, but each item with at least one
     * @throws IllegalArgumentException if an id is known or stands twice, the table has another number of rows, the
     *     features are not the model's, or an item has none
     * @throws IllegalStateException if the model was trained without features, or the recommender is closed
     */
    public void addItems(List<String> ids, Table table, FeatureMatrix... features) {
        checkState(
                models.maker().isPresent(),
                "recommender %s was trained without features and makes no rows for new items: train it with"
                        + " RecommenderBuilder.features",
                name());
        NewItems added = new NewItems(ids, table, List.of(features));
        changing.lock();
        try {
            added.requireNoneIn(items());
            if (!added.ids().isEmpty()) {
                replace(whileOpen(() -> grown(added)));
            }
        } finally {
            changing.unlock();
        }
    }

    private Served grown(NewItems added) {
        ModelArtifact artifact = added.addedTo(served.artifact(), models.maker().orElseThrow());
        return Served.of(artifact, served.encoder().over(artifact.itemInputs()), ways);
    }

    private void replace(Served next) {
        Lock change = life.writeLock();
        change.lock();
        try {
            if (closed) {
                next.index().close();
            }
            checkState(!closed, "recommender %s is closed: load it again", name());
            ItemIndex before = served.index();
            served = next;
            metrics.indexSize(next.items().size());
            before.close();
        } finally {
            change.unlock();
        }
    }

    /**
     * Saves the model to a folder that is complete or not there: it is written beside its place, synced and renamed.
     * A model that is there already is replaced; a crash leaves the old one or the new one.
     *
     * @param folder a new or empty folder, or one that holds a model; one save at a time
     * @throws io.github.recsys4j.ArtifactException if it cannot be written or holds anything else
     */
    public void save(Path folder) {
        ArtifactWriter.write(served.artifact(), folder);
    }

    /**
     * Sets how the items' columns are laid out for {@linkplain RecommendationRequest#filter() filters}: by default each
     * with one value an item. A column with several needs its separator:
     *
     * <pre>{@code
     * recommender.filterBy(table -> ItemAttributes.builder(table).severalValues("genres", "|").build());
     * }</pre>
     *
     * @param attributesOf makes the attributes of {@link #itemTable()}, also when items are added
     */
    public void filterBy(Function<Table, ItemAttributes> attributesOf) {
        changing.lock();
        try {
            ways = ways.with(attributesOf);
            served = served.with(attributesOf);
        } finally {
            changing.unlock();
        }
    }

    /**
     * Sets how items are searched, now and when items are added: by default with {@link ExactIndex}, which misses none and is there at
     * once. A large catalogue answers faster with one that takes minutes to build:
     *
     * <pre>{@code
     * recommender.indexBy(ItemIndex::auto);
     * }</pre>
     *
     * <p>Requests go on with the index of before until the new one is built. Batches, explanations and {@link #batchScorer()} rank by the
     * same vectors.
     *
     * @param factory makes an index of the items' vectors; the recommender closes it
     * @throws IllegalStateException if the recommender is closed
     */
    public void indexBy(ItemIndexFactory factory) {
        changing.lock();
        try {
            replace(served.with(factory));
            ways = ways.with(factory);
        } finally {
            changing.unlock();
        }
    }

    /**
     * Lets somebody hear how long each stage of a request takes and how large the index is.
     *
     * @param listener replaces the one before
     */
    public void observe(ServingMetrics listener) {
        metrics = listener;
        listener.indexSize(items().size());
    }

    /** {@return how the model was made, its settings and its validation metrics} */
    public Manifest manifest() {
        return served.artifact().manifest();
    }

    /**
     * Says what an item was made of: why it is recommended to those whose histories meet it. The shares are the gate's
     * or the attention's weights; a concatenation has none and says evenly who is there.
     *
     * @param itemId an item
     * @return shares that sum to 1, by modality in lower case and {@code id}; empty where the model was trained without
     *     features
     * @throws IllegalArgumentException if the item is not in {@link #items()}
     */
    public Map<String, Double> contentShares(String itemId) {
        return explainer(served).shares(itemId);
    }

    /**
     * Says why a user gets an item, whether or not it is among the best: which items of the history speak for it, found
     * by leaving each out, and what the item is made of. Costs one batch of as many histories as the history has items.
     *
     * @param request for whom, given what; only user and history are read
     * @param itemId an item
     * @return the effects of the history's items, the strongest first, and the item's contents
     * @throws IllegalArgumentException if the item is not in {@link #items()}
     * @throws IllegalStateException if the recommender is closed
     */
    public Explanation explain(RecommendationRequest request, String itemId) {
        return whileOpen(() -> {
            Served now = served;
            KnownHistory history = KnownHistory.of(request, histories, now.items());
            return explainer(now).explain(now.past(history, request), itemId);
        });
    }

    private Explainer explainer(Served now) {
        return new Explainer(now.artifact(), now.encoder(), models.ranker());
    }

    /** {@return the items it can recommend, by index; those that were added come last} */
    public Vocabulary items() {
        return served.items();
    }

    /** {@return what is known of the items, such as titles, row by index} */
    public Table itemTable() {
        return served.artifact().catalogue().table();
    }

    @Override
    public String name() {
        return manifest().name();
    }

    @Override
    public RecommendationResult recommend(RecommendationRequest request) {
        return whileOpen(() -> answers().recommend(request));
    }

    @Override
    public List<RecommendationResult> recommend(List<RecommendationRequest> requests) {
        return whileOpen(() -> answers().recommend(requests));
    }

    @Override
    public List<String> history(String userId) {
        return histories.find(userId).orElse(List.of());
    }

    @Override
    public Optional<Predicate<String>> matching(ItemPredicate condition) {
        Served now = served;
        BitSet rows =
                now.attributes().get().filter(condition).allowed(now.items().size());
        return Optional.of(
                id -> now.items().contains(id) && rows.get(now.items().indexOf(id)));
    }

    @Override
    public Optional<BatchScorer> batchScorer() {
        return models.ranker().isPresent()
                ? Optional.empty()
                : Optional.of(whileOpen(() -> new ServedVectors(served, histories, this::whileOpen)));
    }

    private Answers answers() {
        return new Answers(served, histories, models.ranker(), metrics);
    }

    private <T> T whileOpen(Supplier<T> work) {
        Lock use = life.readLock();
        use.lock();
        try {
            checkState(!closed, "recommender %s is closed: load it again", name());
            return work.get();
        } finally {
            use.unlock();
        }
    }

    @Override
    public void close() {
        Lock end = life.writeLock();
        end.lock();
        try {
            closed = true;
            served.encoder().close();
            served.index().close();
            models.close();
        } finally {
            end.unlock();
        }
    }

    @Override
    public String toString() {
        return "MultimodalRecommender[" + name() + ", " + manifest().shape() + ", " + served.index() + "]";
    }
}
