package io.github.recsys4j.examples.cli;

import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.examples.config.Keys;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.model.MultimodalRecommender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Adds items to a model as its training run treated items: with the encoders, scales and categories that the run's folder
 * tells of.
 *
 * @param run the folder of a training run
 * @param console hears what was left out
 */
record NewItems(Path run, Console console) {

    /** Reads, encodes and adds; gives how many. */
    int addTo(MultimodalRecommender recommender, Path file, Optional<Path> images) {
        Path settings = run.resolve("config.yaml");
        if (!Files.isRegularFile(settings) || recommender.manifest().contents().isEmpty()) {
            throw new IllegalArgumentException(
                    run + " cannot take new items: --model must be the folder of a training run with contents, such as"
                            + " recsys train --text title makes it");
        }
        RunConfig config = RunConfig.read(Keys.of(settings));
        images.ifPresent(config.contents()::imageFolder);
        Dataset items = config.data().newItems(file, images);
        try (Contents contents = Contents.restore(config.contents(), run.resolve(ModelFolders.CONTENTS))) {
            recommender.addItems(
                    items.items().ids(),
                    items.itemTable(),
                    contents.encode(items, ProgressListener.none(), console.err()::println)
                            .toArray(FeatureMatrix[]::new));
        }
        return items.items().size();
    }
}
