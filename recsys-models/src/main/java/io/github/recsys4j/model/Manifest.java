package io.github.recsys4j.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

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
     * @param metrics of the kept parameters
     * @param files size and digest by name
     */
    public Manifest {
        architecture = sorted(architecture);
        training = sorted(training);
        versions = sorted(versions);
        metrics = sorted(metrics);
        files = sorted(files);
    }

    private static <V> Map<String, V> sorted(Map<String, V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    Manifest withFiles(Map<String, FileEntry> written) {
        return new Manifest(
                formatVersion, name, shape, architecture, training, seed, dataFingerprint, versions, metrics, written);
    }
}
