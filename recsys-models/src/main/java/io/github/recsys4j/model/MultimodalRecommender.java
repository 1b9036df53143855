package io.github.recsys4j.model;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.base.Suppliers;
import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.Explanation;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.model.runtime.OrtModel;
import io.github.recsys4j.model.runtime.OrtOptions;
import io.github.recsys4j.rerank.Candidates;
import io.github.recsys4j.rerank.ItemKnowledge;
import io.github.recsys4j.retrieval.ExactIndex;
import io.github.recsys4j.retrieval.ItemAttributes;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.ItemIndex;
import io.github.recsys4j.retrieval.ItemPredicate;
import io.github.recsys4j.retrieval.RankedItems;
import io.github.recsys4j.serve.ServingMetrics;
import io.github.recsys4j.serve.ServingMetrics.Stage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

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
    private final Optional<ItemMaker> maker;
    private final Optional<PairRanker> ranker;
    private final ReadWriteLock life = new ReentrantReadWriteLock();
    private final Lock adding = new ReentrantLock();
    private volatile Served served;
    private volatile Function<Table, ItemAttributes> layout = ItemAttributes::of;
    private volatile ServingMetrics metrics = ServingMetrics.none();
    private boolean closed;

    private MultimodalRecommender(ModelArtifact artifact, UserHistories histories, Models models) {
        this.histories = histories;
        this.maker = models.maker();
        this.ranker = models.ranker();
        OrtModel tower = models.tower();
        HistoryEncoder encoder = new HistoryEncoder(tower, artifact.itemInputs(), artifact.manifest());
        this.served = Served.of(artifact, encoder, layout);
    }

    /** What runs in ONNX Runtime. */
    private record Models(OrtModel tower, Optional<ItemMaker> maker, Optional<PairRanker> ranker) {}

    /** The catalogue as one request sees it, from the first look to the last. */
    private record Served(
            ModelArtifact artifact,
            HistoryEncoder encoder,
            ItemIndex index,
            PopularItems popular,
            ItemKnowledge knowledge,
            Supplier<ItemAttributes> attributes) {
        static Served of(ModelArtifact artifact, HistoryEncoder encoder, Function<Table, ItemAttributes> layout) {
            ItemIndex index =
                    ExactIndex.of(copyOf(artifact), artifact.manifest().shape().dim());
            return new Served(
                    artifact,
                    encoder,
                    index,
                    new PopularItems(artifact.catalogue().counts()),
                    ArtifactKnowledge.of(artifact),
                    laidOut(artifact, layout));
        }

        Vocabulary items() {
            return artifact.catalogue().items();
        }

        private static Supplier<ItemAttributes> laidOut(
                ModelArtifact artifact, Function<Table, ItemAttributes> layout) {
            return Suppliers.memoize(() -> layout.apply(artifact.catalogue().table()));
        }

        /** The same with columns laid out in another way. */
        Served with(Function<Table, ItemAttributes> layout) {
            return new Served(artifact, encoder, index, popular, knowledge, laidOut(artifact, layout));
        }

        ItemFilter filter(KnownHistory history, RecommendationRequest request) {
            ItemFilter filter = history.filter(request, items());
            return request.filter()
                    .map(condition -> filter.and(attributes.get().filter(condition)))
                    .orElse(filter);
        }

        HistoryEncoder.Past past(KnownHistory history, RecommendationRequest request) {
            return new HistoryEncoder.Past(history.items(), artifact.contexts().of(request));
        }
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
        List<OrtModel> opened = new ArrayList<>();
        try {
            OrtModel tower = open(artifact, ArtifactFiles.USER_TOWER, artifact.userTower(), device);
            opened.add(tower);
            Optional<ItemMaker> maker = artifact.contents().map(contents -> {
                OrtModel items = open(artifact, ArtifactFiles.ITEM_TOWER, contents.tower(), device);
                opened.add(items);
                return ItemMaker.of(ArtifactFiles.ITEM_TOWER, items, artifact.manifest());
            });
            Optional<PairRanker> ranker = artifact.ranker().map(bytes -> {
                OrtModel scorer = open(artifact, ArtifactFiles.RANKER, bytes, device);
                opened.add(scorer);
                return new PairRanker(scorer, artifact.manifest().shape().dim());
            });
            return new MultimodalRecommender(artifact, histories, new Models(tower, maker, ranker));
        } catch (RuntimeException | Error e) {
            opened.forEach(OrtModel::close);
            throw e;
        }
    }

    private static OrtModel open(ModelArtifact artifact, String file, ByteBuffer onnx, Device device) {
        String name = artifact.manifest().name() + "/" + file;
        return OrtModel.of(name, ModelArtifact.bytes(onnx), OrtOptions.on(device));
    }

    /**
     * Adds items that were not there when the model was trained: the item tower makes their rows from their contents,
     * and from the next request on they are recommended and may stand in histories. {@link #save} keeps them. Requests
     * in flight finish on the catalogue that they began with.
     *
     * <p>Copies all item vectors, so add many at once rather than one after the other.
     *
     * @param ids the new items' ids, distinct and not in {@link #items()}
     * @param features row {@code i} of each belongs to {@code ids.get(i)}; of the modalities that the model was trained
     *     with, not necessarily all, but each item with at least one
     * @throws IllegalArgumentException if an id is known or stands twice, the features are not the model's, or an item
     *     has none
     * @throws IllegalStateException if the model was trained without features, or the recommender is closed
     */
    public void addItems(List<String> ids, FeatureMatrix... features) {
        checkState(
                maker.isPresent(),
                "recommender %s was trained without features and makes no rows for new items: train it with"
                        + " RecommenderBuilder.features",
                name());
        List<String> added = List.copyOf(ids);
        adding.lock();
        try {
            requireNew(added);
            if (!added.isEmpty()) {
                replace(whileOpen(() -> grown(added, List.of(features))));
            }
        } finally {
            adding.unlock();
        }
    }

    private void requireNew(List<String> ids) {
        Set<String> distinct = new HashSet<>();
        for (String id : ids) {
            checkArgument(!items().contains(id), "item \"%s\" is in the catalogue already: leave it out", id);
            checkArgument(distinct.add(id), "item \"%s\" stands twice among the new items: leave one out", id);
        }
    }

    private Served grown(List<String> ids, List<FeatureMatrix> features) {
        ItemMaker.Made made = maker.orElseThrow().make(ids, features);
        ModelArtifact artifact = served.artifact().withItems(ids, made);
        return Served.of(artifact, served.encoder().over(artifact.itemInputs()), layout);
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

    private static float[] copyOf(ModelArtifact artifact) {
        float[] vectors = new float[artifact.itemVectors().capacity()];
        artifact.itemVectors().get(0, vectors);
        return vectors;
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
        adding.lock();
        try {
            layout = attributesOf;
            served = served.with(attributesOf);
        } finally {
            adding.unlock();
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
        return new Explainer(now.artifact(), now.encoder(), ranker);
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
        return whileOpen(() -> recommend(served, request));
    }

    private RecommendationResult recommend(Served now, RecommendationRequest request) {
        Laps laps = new Laps(metrics);
        KnownHistory history = KnownHistory.of(request, histories, now.items());
        ItemFilter filter = now.filter(history, request);
        laps.history(request);
        if (history.isEmpty()) {
            return popular(now, request, history);
        }
        float[] user = now.encoder().encode(now.past(history, request));
        laps.lap(Stage.TOWER);
        int fetch = request.reRanking().fetch(request.k());
        RankedItems ranked = ranker.map(pairs -> pairs.topK(user, now.artifact().itemVectors(), fetch, filter))
                .orElseGet(() -> now.index().topK(user, fetch, filter));
        laps.lap(Stage.SEARCH);
        RecommendationResult answer = answer(now, history, ranked, request);
        laps.lap(Stage.RERANK);
        return answer;
    }

    @Override
    public List<RecommendationResult> recommend(List<RecommendationRequest> requests) {
        return whileOpen(() -> recommend(served, requests));
    }

    private List<RecommendationResult> recommend(Served now, List<RecommendationRequest> requests) {
        if (ranker.isPresent()) {
            return requests.stream().map(request -> recommend(now, request)).toList();
        }
        Laps laps = new Laps(metrics);
        List<KnownHistory> known = resolve(now, requests);
        requests.stream().limit(1).forEach(laps::history);
        int[] rows = IntStream.range(0, requests.size())
                .filter(row -> !known.get(row).isEmpty())
                .toArray();
        List<RankedItems> ranked = rank(now, requests, known, rows, laps);
        List<RecommendationResult> results = new ArrayList<>();
        int next = 0;
        for (int row = 0; row < requests.size(); row++) {
            KnownHistory history = known.get(row);
            RecommendationRequest request = requests.get(row);
            results.add(
                    history.isEmpty()
                            ? popular(now, request, history)
                            : answer(now, history, ranked.get(next++), request));
        }
        laps.lap(Stage.RERANK);
        return results;
    }

    private List<KnownHistory> resolve(Served now, List<RecommendationRequest> requests) {
        return requests.stream()
                .map(request -> KnownHistory.of(request, histories, now.items()))
                .toList();
    }

    private static List<RankedItems> rank(
            Served now, List<RecommendationRequest> requests, List<KnownHistory> known, int[] rows, Laps laps) {
        if (rows.length == 0) {
            return List.of();
        }
        float[] users = now.encoder()
                .encode(IntStream.of(rows)
                        .mapToObj(row -> now.past(known.get(row), requests.get(row)))
                        .toList());
        laps.lap(Stage.TOWER);
        int fetch = IntStream.of(rows)
                .map(row ->
                        requests.get(row).reRanking().fetch(requests.get(row).k()))
                .max()
                .orElseThrow();
        List<RankedItems> ranked = now.index()
                .topKBatch(users, fetch, query -> now.filter(known.get(rows[query]), requests.get(rows[query])));
        laps.lap(Stage.SEARCH);
        return ranked;
    }

    private RecommendationResult popular(Served now, RecommendationRequest request, KnownHistory history) {
        int fetch = request.reRanking().fetch(request.k());
        RankedItems ranked = now.popular().topK(fetch, now.filter(history, request));
        return explained(
                now,
                history,
                request,
                new RecommendationResult(reRanked(now, ranked, request, false), Source.POPULARITY, history.unknown()));
    }

    private RecommendationResult answer(
            Served now, KnownHistory history, RankedItems ranked, RecommendationRequest request) {
        return explained(
                now,
                history,
                request,
                new RecommendationResult(reRanked(now, ranked, request, true), Source.MODEL, history.unknown()));
    }

    private RecommendationResult explained(
            Served now, KnownHistory history, RecommendationRequest request, RecommendationResult answer) {
        if (!request.isExplained()) {
            return answer;
        }
        List<String> items =
                answer.recommendations().stream().map(Recommendation::itemId).toList();
        return answer.withExplanations(explainer(now).explain(now.past(history, request), items));
    }

    private static List<Recommendation> reRanked(
            Served now, RankedItems ranked, RecommendationRequest request, boolean byModel) {
        Candidates found =
                Candidates.of(ranked, now.knowledge()).limit(request.reRanking().fetch(request.k()));
        return request.reRanking().apply(found, request.k(), byModel).recommendations();
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
        return ranker.isPresent() ? Optional.empty() : Optional.of(whileOpen(() -> new Vectors(served)));
    }

    /** The vectors of this recommender as the catalogue is now, as long as it is open. */
    private final class Vectors implements BatchScorer {
        private final Served now;
        private final float[] itemVectors;

        Vectors(Served now) {
            this.now = now;
            this.itemVectors = copyOf(now.artifact());
        }

        @Override
        public Vocabulary items() {
            return now.items();
        }

        @Override
        public int dim() {
            return now.artifact().manifest().shape().dim();
        }

        @Override
        public float[] itemVectors() {
            return itemVectors;
        }

        @Override
        public float[] userVectors(List<RecommendationRequest> requests) {
            return whileOpen(() -> now.encoder()
                    .encode(requests.stream()
                            .map(request -> now.past(KnownHistory.of(request, histories, now.items()), request))
                            .toList()));
        }
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
            maker.ifPresent(ItemMaker::close);
            ranker.ifPresent(PairRanker::close);
        } finally {
            end.unlock();
        }
    }

    @Override
    public String toString() {
        return "MultimodalRecommender[" + name() + ", " + manifest().shape() + "]";
    }
}
