package io.github.recsys4j.feature;

import static com.google.common.base.Preconditions.checkState;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.ProgressListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps every vector that an encoder computed, under what it was computed from: the encoder's fingerprint and the SHA-256
 * of the content. A picture that changes, or another model, has another key, so a vector is never stale.
 *
 * <pre>{@code
 * FeatureCache cache = FeatureCache.builder()
 *         .directory(Path.of(".recsys-cache"))
 *         .text(textEncoder)
 *         .build();
 * float[] vectors = cache.text().encode(List.of("red running shoe", "blue coat"));
 * }</pre>
 *
 * <p>The vectors used last are in memory, within a bound for each encoder. With a directory, each encoder has a folder
 * there: {@code encoder.json}, and pairs of a {@code .npy} file of 32-bit floats, which NumPy reads, and an
 * {@code .index} file that gives each row its key and checksum. Files only grow, and nothing is ever evicted from the
 * disk; {@link #clear()} empties it.
 *
 * <p>Thread-safety: safe for many threads, and for several processes on one directory of a local disk. A vector is handed
 * out only when it is on the disk, so a process that is killed loses at most what it had not handed out yet, and what
 * others stored stays as it was. Each read from the disk is checked; an entry whose bytes were altered is computed
 * again.
 */
public final class FeatureCache {
    private final Optional<Path> directory;
    private final Optional<CachedVectors<String>> texts;
    private final Optional<CachedVectors<byte[]>> images;
    private final Optional<CachedVectors<byte[]>> sounds;

    FeatureCache(
            Optional<Path> directory,
            Optional<CachedVectors<String>> texts,
            Optional<CachedVectors<byte[]>> images,
            Optional<CachedVectors<byte[]>> sounds) {
        this.directory = directory;
        this.texts = texts;
        this.images = images;
        this.sounds = sounds;
    }

    /** {@return a builder} */
    public static FeatureCacheBuilder builder() {
        return new FeatureCacheBuilder();
    }

    /**
     * {@return the encoder of texts, behind this cache; closing it does nothing}
     *
     * @throws IllegalStateException if the cache was built without one
     */
    public TextEncoder text() {
        return new CachedText(require(texts, "text"));
    }

    /**
     * {@return the encoder of images, behind this cache; closing it does nothing}
     *
     * @throws IllegalStateException if the cache was built without one
     */
    public ImageEncoder image() {
        return new CachedImage(require(images, "image"));
    }

    /**
     * {@return the encoder of sounds, behind this cache; closing it does nothing}
     *
     * @throws IllegalStateException if the cache was built without one
     */
    public AudioEncoder audio() {
        return new CachedAudio(require(sounds, "audio"));
    }

    /** {@return the kinds of content that this cache has an encoder for, in their own order} */
    public List<Modality> modalities() {
        return List.copyOf(all().keySet());
    }

    private static <T> CachedVectors<T> require(Optional<CachedVectors<T>> vectors, String name) {
        checkState(vectors.isPresent(), "the cache was built without %s(encoder): give it one", name);
        return vectors.orElseThrow();
    }

    private Map<Modality, CachedVectors<?>> all() {
        Map<Modality, CachedVectors<?>> all = new EnumMap<>(Modality.class);
        Stream.of(texts, images, sounds)
                .flatMap(Optional::stream)
                .forEach(vectors -> all.put(vectors.info().modality(), vectors));
        return all;
    }

    /**
     * Encodes and stores what is not stored yet. A run that was stopped is taken up by the next one.
     *
     * @param contents texts
     * @param progress hears of {@code precompute text}, in texts, after each few thousand
     * @return what was done
     * @throws IllegalStateException if the cache was built without an encoder of texts
     * @throws ArtifactException if the vectors cannot be stored
     */
    public PrecomputeReport precomputeTexts(Iterable<String> contents, ProgressListener progress) {
        return new Precompute<String, String>(require(texts, "text"), text(), text -> text, progress).run(contents);
    }

    /**
     * Encodes and stores the images that are not stored yet. Files that cannot be read or decoded are counted and left
     * out. A run that was stopped is taken up by the next one.
     *
     * @param files image files
     * @param progress hears of {@code precompute image}, in files
     * @return what was done
     * @throws IllegalStateException if the cache was built without an encoder of images
     * @throws ArtifactException if the vectors cannot be stored
     */
    public PrecomputeReport precomputeImages(Iterable<Path> files, ProgressListener progress) {
        return new Precompute<>(require(images, "image"), image(), ContentFiles::read, progress).run(files);
    }

    /**
     * Encodes and stores the sounds that are not stored yet. Files that cannot be read or decoded are counted and left
     * out. A run that was stopped is taken up by the next one.
     *
     * @param files audio files
     * @param progress hears of {@code precompute audio}, in files
     * @return what was done
     * @throws IllegalStateException if the cache was built without an encoder of sounds
     * @throws ArtifactException if the vectors cannot be stored
     */
    public PrecomputeReport precomputeAudio(Iterable<Path> files, ProgressListener progress) {
        return new Precompute<>(require(sounds, "audio"), audio(), ContentFiles::read, progress).run(files);
    }

    /** {@return what was done for each encoder since this cache was built, and what it holds} */
    public Map<Modality, CacheStats> stats() {
        Map<Modality, CacheStats> stats = new EnumMap<>(Modality.class);
        all().forEach((modality, vectors) -> stats.put(modality, vectors.stats()));
        return stats;
    }

    /**
     * {@return all folders in this cache's directory, also those of encoders that it was not built with; none if it has
     * no directory}
     *
     * @throws ArtifactException if the directory cannot be read
     */
    public List<CacheFolder> list() {
        return directory.map(FeatureCache::list).orElse(List.of());
    }

    /**
     * Lists the folders of a cache's directory.
     *
     * @param directory the directory
     * @return a folder for each encoder, by name; none if there is no such directory
     * @throws ArtifactException if it cannot be read
     */
    public static List<CacheFolder> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(directory)) {
            List<CacheFolder> found = new ArrayList<>();
            for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                Optional<EncoderInfo> encoder = CacheManifest.read(folder);
                if (encoder.isPresent()) {
                    found.add(VectorFolder.describe(folder, encoder.get()));
                }
            }
            return found;
        } catch (IOException e) {
            throw new ArtifactException(
                    "Feature cache " + directory + " cannot be listed: " + e + ". Make it readable and try again.", e);
        }
    }

    /** Forgets the vectors of this cache's encoders, in memory and on the disk. Those of other encoders stay. */
    public void clear() {
        all().values().forEach(CachedVectors::clear);
    }

    /**
     * Deletes the vectors of one folder, as {@link #list(Path)} found it.
     *
     * @param folder the folder
     * @throws ArtifactException if its files cannot be deleted
     */
    public static void clear(CacheFolder folder) {
        VectorFolder.clear(folder.path(), folder.encoder().dim());
    }

    private record CachedText(CachedVectors<String> vectors) implements TextEncoder, CachedEncoder<String> {
        @Override
        public float[] encode(List<? extends String> inputs) {
            return vectors.encode(inputs);
        }
    }

    private record CachedImage(CachedVectors<byte[]> vectors) implements ImageEncoder, CachedEncoder<byte[]> {
        @Override
        public float[] encode(List<? extends byte[]> inputs) {
            return vectors.encode(inputs);
        }
    }

    private record CachedAudio(CachedVectors<byte[]> vectors) implements AudioEncoder, CachedEncoder<byte[]> {
        @Override
        public float[] encode(List<? extends byte[]> inputs) {
            return vectors.encode(inputs);
        }
    }
}
