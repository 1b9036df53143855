package io.github.recsys4j.examples.cli;

import com.google.common.io.MoreFiles;
import io.github.recsys4j.DatasetException;
import io.github.recsys4j.model.encoder.ImageCompressor;
import io.github.recsys4j.prepare.ImageInspector;
import io.github.recsys4j.prepare.PreparationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How an image gets into a prepared folder.
 *
 * @param limits what is left behind
 * @param compression makes large ones small, if asked for
 * @param named whether a column names the files, so that a name must stay whatever is in the file; otherwise what became
 *     a JPEG is called one
 */
record ImageCopy(ImageInspector limits, Optional<ImageCompressor> compression, boolean named) {

    void copy(Path file, Path to, PreparationReport.Collector report) throws IOException {
        byte[] original = Files.readAllBytes(file);
        Optional<ImageInspector.Problem> problem = limits.inspect(original).problem();
        if (problem.isPresent()) {
            report.drop(
                    problem.get().reason(),
                    file.getFileName() + ": " + problem.get().detail());
            return;
        }
        try {
            byte[] kept = compression.map(way -> way.compress(original)).orElse(original);
            Files.write(to.resolve(kept == original || named ? name(file) : jpegName(file)), kept);
            report.keep();
        } catch (DatasetException e) {
            report.drop("broken", file.getFileName() + ": " + e.getMessage());
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String jpegName(Path file) {
        return MoreFiles.getNameWithoutExtension(file) + ".jpg";
    }
}
