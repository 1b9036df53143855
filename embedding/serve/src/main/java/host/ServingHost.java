package host;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.model.MultimodalRecommender;
import java.nio.file.Path;
import java.util.List;

/** Serves a saved model without libtorch on its class path. */
public final class ServingHost {
    public static void main(String[] args) {
        try {
            Class.forName("ai.djl.pytorch.engine.PtEngine");
            throw new AssertionError("libtorch's engine is on the class path of a host that only serves");
        } catch (ClassNotFoundException expected) {
            // as it should be
        }
        try (Recommender recommender = MultimodalRecommender.load(Path.of(args[0]))) {
            String next = recommender.getRecommendations(List.of("i3", "i4", "i5"), 1).get(0).itemId();
            if (!next.equals("i6")) {
                throw new AssertionError("expected i6, got " + next);
            }
            System.out.println("host without libtorch: after i3, i4, i5 comes " + next);
        }
    }
}
