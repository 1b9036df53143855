package io.github.recsys4j.examples.cli;

import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.model.RecommenderBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What {@code train} and {@code search} have in common: a builder as a configuration says.
 *
 * @param config what to build
 * @param train what it will learn from
 * @param log hears what was left out of contents
 */
record ModelBuilding(RunConfig config, Dataset train, Consumer<String> log) {

    /** Encodes what items are made of, and keeps what was learned of it in a folder. */
    Contents.Encoded contents(ProgressListener progress, Optional<Path> kept) {
        if (config.contents().isEmpty()) {
            return new Contents.Encoded(List.of(), List.of());
        }
        config.contents().imagesIn(train.images());
        int[] counts = train.interactions().itemCounts(train.items().size());
        try (Contents contents = Contents.fit(config.contents(), train, item -> counts[item] > 0)) {
            Contents.Encoded encoded = contents.encodeToTrain(train, progress, log);
            kept.ifPresent(contents::save);
            return encoded;
        }
    }

    /** Gives a builder that lacks training options. */
    RecommenderBuilder builder(Contents.Encoded contents) {
        RecommenderBuilder builder = MultimodalRecommender.builder()
                .architecture(config.model().architecture())
                .features(contents.matrices(), contents.variants());
        if (!config.training().keepHistories()) {
            builder.withoutHistories();
        }
        if (!config.userContext().isEmpty()) {
            builder.userFeatures(config.userContext()
                    .fit(train.userTable(), user -> train.interactions().count(user) > 0)
                    .matrix(train.userTable(), log));
        }
        return builder;
    }
}
