package io.github.recsys4j.model;

import static com.google.common.base.Preconditions.checkState;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.model.runtime.OrtModel;
import io.github.recsys4j.model.runtime.OrtOptions;
import io.github.recsys4j.retrieval.ExactIndex;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.ItemIndex;
import io.github.recsys4j.retrieval.RankedItems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
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
    private final ModelArtifact artifact;
    private final UserHistories histories;
    private final HistoryEncoder encoder;
    private final ItemIndex index;
    private final PopularItems popular;
    private final ReadWriteLock life = new ReentrantReadWriteLock();
    private boolean closed;

    private MultimodalRecommender(ModelArtifact artifact, UserHistories histories, OrtModel tower) {
        this.artifact = artifact;
        this.histories = histories;
        Manifest.Shape shape = artifact.manifest().shape();
        encoder = new HistoryEncoder(tower, artifact.itemInputs(), shape);
        index = ExactIndex.of(copyOf(artifact), shape.dim());
        popular = new PopularItems(artifact.catalogue().counts());
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
        String name = artifact.manifest().name() + "/" + ArtifactFiles.USER_TOWER;
        OrtModel tower = OrtModel.of(name, artifact.userTowerBytes(), OrtOptions.on(device));
        try {
            return new MultimodalRecommender(artifact, histories, tower);
        } catch (RuntimeException | Error e) {
            tower.close();
            throw e;
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
        ArtifactWriter.write(artifact, folder);
    }

    /** {@return how the model was made, its settings and its validation metrics} */
    public Manifest manifest() {
        return artifact.manifest();
    }

    /** {@return the items it can recommend, by index} */
    public Vocabulary items() {
        return artifact.catalogue().items();
    }

    /** {@return what is known of the items, such as titles, row by index} */
    public Table itemTable() {
        return artifact.catalogue().table();
    }

    @Override
    public String name() {
        return artifact.manifest().name();
    }

    @Override
    public RecommendationResult recommend(RecommendationRequest request) {
        return whileOpen(() -> {
            KnownHistory history = KnownHistory.of(request, histories, items());
            ItemFilter filter = history.filter(request, items());
            return history.isEmpty()
                    ? popular(request, history, filter)
                    : answer(history, index.topK(encoder.encode(history.items()), request.k(), filter), request.k());
        });
    }

    @Override
    public List<RecommendationResult> recommend(List<RecommendationRequest> requests) {
        return whileOpen(() -> {
            List<KnownHistory> known = resolve(requests);
            int[] rows = IntStream.range(0, requests.size())
                    .filter(row -> !known.get(row).isEmpty())
                    .toArray();
            List<RankedItems> ranked = rank(requests, known, rows);
            List<RecommendationResult> results = new ArrayList<>();
            int next = 0;
            for (int row = 0; row < requests.size(); row++) {
                KnownHistory history = known.get(row);
                RecommendationRequest request = requests.get(row);
                results.add(
                        history.isEmpty()
                                ? popular(request, history, history.filter(request, items()))
                                : answer(history, ranked.get(next++), request.k()));
            }
            return results;
        });
    }

    private List<KnownHistory> resolve(List<RecommendationRequest> requests) {
        return requests.stream()
                .map(request -> KnownHistory.of(request, histories, items()))
                .toList();
    }

    private List<RankedItems> rank(List<RecommendationRequest> requests, List<KnownHistory> known, int[] rows) {
        if (rows.length == 0) {
            return List.of();
        }
        float[] users = encoder.encode(
                IntStream.of(rows).mapToObj(row -> known.get(row).items()).toList());
        int k = IntStream.of(rows).map(row -> requests.get(row).k()).max().orElseThrow();
        return index.topKBatch(users, k, query -> known.get(rows[query]).filter(requests.get(rows[query]), items()));
    }

    private RecommendationResult popular(RecommendationRequest request, KnownHistory history, ItemFilter filter) {
        RankedItems ranked = popular.topK(request.k(), filter);
        return new RecommendationResult(toIds(ranked, request.k()), Source.POPULARITY, history.unknown());
    }

    private RecommendationResult answer(KnownHistory history, RankedItems ranked, int k) {
        return new RecommendationResult(toIds(ranked, k), Source.MODEL, history.unknown());
    }

    private List<Recommendation> toIds(RankedItems ranked, int k) {
        return IntStream.range(0, Math.min(k, ranked.size()))
                .mapToObj(place -> new Recommendation(items().id(ranked.item(place)), ranked.score(place)))
                .toList();
    }

    @Override
    public Optional<BatchScorer> batchScorer() {
        return Optional.of(new Vectors(whileOpen(() -> copyOf(artifact))));
    }

    /** The vectors of this recommender, as long as it is open. */
    private final class Vectors implements BatchScorer {
        private final float[] itemVectors;

        Vectors(float[] itemVectors) {
            this.itemVectors = itemVectors;
        }

        @Override
        public Vocabulary items() {
            return MultimodalRecommender.this.items();
        }

        @Override
        public int dim() {
            return artifact.manifest().shape().dim();
        }

        @Override
        public float[] itemVectors() {
            return itemVectors;
        }

        @Override
        public float[] userVectors(List<RecommendationRequest> requests) {
            return whileOpen(() -> encoder.encode(
                    resolve(requests).stream().map(KnownHistory::items).toList()));
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
            encoder.close();
            index.close();
        } finally {
            end.unlock();
        }
    }

    @Override
    public String toString() {
        return "MultimodalRecommender[" + name() + ", " + artifact.manifest().shape() + "]";
    }
}
