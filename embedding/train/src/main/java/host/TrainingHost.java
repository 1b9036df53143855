package host;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.model.Architecture;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.split.LeaveOneOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Trains on a small ring of items, recommends, saves and reloads; every user walks the ring, so the next item is known. */
public final class TrainingHost {
    private static final int ITEMS = 12;
    private static final int USERS = 200;

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Dataset dataset = Dataset.builder().interactions(interactions(folder)).build();
        Path model = folder.resolve("model");
        List<String> before;
        try (MultimodalRecommender recommender = MultimodalRecommender.builder()
                .architecture(Architecture.sasRecSoftmax().withDim(16).withMaxLength(10))
                .epochs(30)
                .seed(42)
                .train(LeaveOneOut.split(dataset))) {
            before = ids(recommender.getRecommendations(List.of("i3", "i4", "i5"), 3));
            recommender.save(model);
        }
        try (Recommender recommender = MultimodalRecommender.load(model)) {
            List<String> after = ids(recommender.getRecommendations(List.of("i3", "i4", "i5"), 3));
            if (!before.equals(after) || !after.get(0).equals("i6")) {
                throw new AssertionError("expected i6 first, before and after saving; got " + before + " and " + after);
            }
            System.out.println("host: after i3, i4, i5 comes " + after.get(0));
        }
    }

    private static List<String> ids(List<Recommendation> recommendations) {
        return recommendations.stream().map(Recommendation::itemId).toList();
    }

    private static Path interactions(Path folder) throws IOException {
        List<String> lines = new ArrayList<>(List.of("user_id,item_id,timestamp"));
        for (int user = 0; user < USERS; user++) {
            for (int step = 0; step < 8; step++) {
                lines.add("u" + user + ",i" + (user + step) % ITEMS + "," + (1_700_000_000L + step));
            }
        }
        return Files.write(folder.resolve("interactions.csv"), lines);
    }
}
