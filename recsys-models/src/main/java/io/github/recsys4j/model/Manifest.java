package io.github.recsys4j.model;

import io.github.recsys4j.feature.Modality;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model folder says about itself: the content of its {@code manifest.json}.
 *
 * <p>Thread-safety: immutable.
 *
 * @param formatVersion which layout of the folder this is; this library reads and writes {@value #FORMAT_VERSION}
 * @param name the recommender's name in reports, such as {@code gsasrec}
 * @param shape {@code items}, {@code dim} and {@code maxLength}
 * @param architecture every setting of the network, in words
 * @param training every setting of the training run, in words
 * @param seed what every random choice was derived from
 * @param dataFingerprint SHA-256 over users, items and interactions that the model was trained on, in hexadecimal
 * @param versions of this library, the engines and Java when the model was trained
 * @param contents what the item tower reads, in its order; empty where items are ids only
 * @param contextWidth the length of the user context that the user tower reads; 0 where it reads none
 * @param metrics validation metrics of the kept parameters by label; empty where nothing was validated
 * @param files size and digest of every other file in the folder by its name; empty before the model is saved
 */
public record Manifest(
        int formatVersion,
        String name,
        Shape shape,
        Map<String, String> architecture,
        Map<String, String> training,
        long seed,
        String dataFingerprint,
        Map<String, String> versions,
        List<Content> contents,
        int contextWidth,
        Map<String, Double> metrics,
        Map<String, FileEntry> files) {
    /** The layout that this library reads and writes. */
    public static final int FORMAT_VERSION = 1;

    /**
     * The sizes that every file agrees on.
     *
     * @param items how many items there are
     * @param dim the width of item and user vectors
     * @param maxLength how many of the most recent items of a history the model reads
     */
    public record Shape(int items, int dim, int maxLength) {}

    /**
     * One kind of content of items.
     *
     * @param modality what its vectors are made from
     * @param dim their width
     */
    public record Content(Modality modality, int dim) {}

    /**
     * How a file was when it was written.
     *
     * @param size in bytes
     * @param sha256 in hexadecimal
     */
    public record FileEntry(long size, String sha256) {}

    /**
     * Copies the maps and sorts them by key.
     *
     * @param formatVersion the folder's layout
     * @param name the recommender's name
     * @param shape items, dim, longest history
     * @param architecture settings of the network
     * @param training settings of the run
     * @param seed of the run
     * @param dataFingerprint of the training data
     * @param versions of the libraries
     * @param contents of the items
     * @param contextWidth of the users
     * @param metrics of the kept parameters
     * @param files size and digest by name
     */
    public Manifest {
        architecture = sorted(architecture);
        training = sorted(training);
        versions = sorted(versions);
        contents = listed(contents);
        metrics = sorted(metrics);
        files = sorted(files);
    }

    private static <V> Map<String, V> sorted(Map<String, V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /** Folders that were written before items had contents say nothing of them. */
    private static List<Content> listed(@Nullable List<Content> contents) {
        return contents == null ? List.of() : List.copyOf(contents);
    }

    Manifest withItems(int items) {
        Shape grown = new Shape(items, shape.dim(), shape.maxLength());
        return new Manifest(
                formatVersion,
                name,
                grown,
                architecture,
                training,
                seed,
                dataFingerprint,
                versions,
                contents,
                contextWidth,
                metrics,
                files);
    }

    Manifest withFiles(Map<String, FileEntry> written) {
        return new Manifest(
                formatVersion,
                name,
                shape,
                architecture,
                training,
                seed,
                dataFingerprint,
                versions,
                contents,
                contextWidth,
                metrics,
                written);
    }
}
