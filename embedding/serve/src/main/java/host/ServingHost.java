package host;

import io.github.recsys4j.InferenceException;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.serve.InMemoryHistoryStore;
import io.github.recsys4j.serve.Interaction;
import io.github.recsys4j.serve.LiveRecommender;
import io.github.recsys4j.serve.ServingMetrics.Event;
import io.github.recsys4j.serve.ServingStatistics;
import io.github.recsys4j.serve.TextSearch;
import java.nio.file.Path;
import java.util.List;

/** Serves a saved model without libtorch and without the optional libraries on its class path. */
public final class ServingHost {
    public static void main(String[] args) {
        requireAbsent("ai.djl.pytorch.engine.PtEngine");
        requireAbsent("org.apache.lucene.index.IndexWriter");
        requireAbsent("io.micrometer.core.instrument.MeterRegistry");
        try (Recommender recommender = MultimodalRecommender.load(Path.of(args[0]))) {
            String next = recommender.getRecommendations(List.of("i3", "i4", "i5"), 1).get(0).itemId();
            if (!next.equals("i6")) {
                throw new AssertionError("expected i6, got " + next);
            }
            System.out.println("host without libtorch: after i3, i4, i5 comes " + next);
        }
        live(Path.of(args[0]));
    }

    private static void requireAbsent(String type) {
        try {
            Class.forName(type);
            throw new AssertionError(type + " is on the class path of a host that did not ask for it");
        } catch (ClassNotFoundException expected) {
            // as it should be
        }
    }

    /** Serving live with measurements works without Lucene and Micrometer; text search says what is missing. */
    private static void live(Path model) {
        ServingStatistics statistics = new ServingStatistics();
        try (LiveRecommender live = LiveRecommender.builder(
                        MultimodalRecommender.load(model), new InMemoryHistoryStore())
                .metrics(statistics)
                .build()) {
            for (String item : List.of("i3", "i4", "i5")) {
                live.record(new Interaction("somebody", item, 1));
            }
            String next = live.getRecommendations("somebody", 1).get(0).itemId();
            if (!next.equals("i6") || statistics.counted(Event.ANSWERED) != 1) {
                throw new AssertionError("expected i6 from one answer, got " + next + ", " + statistics);
            }
        }
        try {
            TextSearch.of(Vocabulary.inOrder(List.of("i1")), Table.empty(1), List.of());
            throw new AssertionError("text search must need Lucene");
        } catch (InferenceException expected) {
            System.out.println("host without optional libraries: live serving works; " + expected.getMessage());
        }
    }
}
