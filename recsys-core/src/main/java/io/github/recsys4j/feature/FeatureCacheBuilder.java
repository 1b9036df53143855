package io.github.recsys4j.feature;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.recsys4j.ArtifactException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Says what a {@link FeatureCache} caches and where. Not thread-safe. */
public final class FeatureCacheBuilder {
    private static final long DEFAULT_BYTES = 64L << 20;
    private static final int TEXTS_AT_ONCE = 2048;
    private static final int FILES_AT_ONCE = 128;

    private final Map<Modality, Encoder<?>> encoders = new EnumMap<>(Modality.class);
    private Optional<Path> directory = Optional.empty();
    private long memoryBytes = DEFAULT_BYTES;
    private int memoryItems = Integer.MAX_VALUE;

    FeatureCacheBuilder() {}

    /**
     * Sets where vectors stay when the process ends; only in memory if not called. Each encoder gets a folder of its own
     * there. Several processes may use the same directory.
     *
     * @param folder made if it is missing
     * @return this
     */
    @CanIgnoreReturnValue
    public FeatureCacheBuilder directory(Path folder) {
        directory = Optional.of(folder);
        return this;
    }

    /**
     * Sets the encoder of images. Whoever opened it closes it.
     *
     * @param encoder the encoder
     * @return this
     * @throws IllegalArgumentException if it says that it reads something else
     */
    @CanIgnoreReturnValue
    public FeatureCacheBuilder image(ImageEncoder encoder) {
        return put(Modality.IMAGE, encoder);
    }

    /**
     * Sets the encoder of texts. Whoever opened it closes it.
     *
     * @param encoder the encoder
     * @return this
     * @throws IllegalArgumentException if it says that it reads something else
     */
    @CanIgnoreReturnValue
    public FeatureCacheBuilder text(TextEncoder encoder) {
        return put(Modality.TEXT, encoder);
    }

    /**
     * Sets the encoder of sounds. Whoever opened it closes it.
     *
     * @param encoder the encoder
     * @return this
     * @throws IllegalArgumentException if it says that it reads something else
     */
    @CanIgnoreReturnValue
    public FeatureCacheBuilder audio(AudioEncoder encoder) {
        return put(Modality.AUDIO, encoder);
    }

    private FeatureCacheBuilder put(Modality modality, Encoder<?> encoder) {
        EncoderInfo info = encoder.info();
        checkArgument(
                info.modality() == modality,
                "encoder %s reads %s, expected one that reads %s",
                info.id(),
                info.modality(),
                modality);
        encoders.put(modality, encoder);
        return this;
    }

    /**
     * Bounds the vectors in memory, for each encoder, by their bytes; 64 MiB if not called.
     *
     * @param bytes at least 0; 0 keeps nothing in memory
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    @CanIgnoreReturnValue
    public FeatureCacheBuilder memoryBytes(long bytes) {
        checkArgument(bytes >= 0, "memoryBytes must be at least 0, got %s", bytes);
        memoryBytes = bytes;
        return this;
    }

    /**
     * Bounds the vectors in memory, for each encoder, by their number, beside the bound on bytes; no such bound if not
     * called.
     *
     * @param items at least 0; 0 keeps nothing in memory
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    @CanIgnoreReturnValue
    public FeatureCacheBuilder memoryItems(int items) {
        checkArgument(items >= 0, "memoryItems must be at least 0, got %s", items);
        memoryItems = items;
        return this;
    }

    /**
     * Opens the cache.
     *
     * @return the cache
     * @throws IllegalStateException if no encoder was given
     * @throws ArtifactException if the directory cannot be written, or holds vectors of another encoder where this one's
     *     should be
     */
    public FeatureCache build() {
        checkState(
                !encoders.isEmpty(), "image(encoder), text(encoder) or audio(encoder) must be called before build()");
        return new FeatureCache(
                directory,
                get(TextEncoder.class, Modality.TEXT).map(encoder -> cached(encoder, TEXTS_AT_ONCE)),
                get(ImageEncoder.class, Modality.IMAGE).map(encoder -> cached(encoder, FILES_AT_ONCE)),
                get(AudioEncoder.class, Modality.AUDIO).map(encoder -> cached(encoder, FILES_AT_ONCE)));
    }

    private <E> Optional<E> get(Class<E> type, Modality modality) {
        return Optional.ofNullable(encoders.get(modality)).map(type::cast);
    }

    private <T> CachedVectors<T> cached(Encoder<T> encoder, int step) {
        EncoderInfo info = encoder.info();
        long row = (long) info.dim() * Float.BYTES + MemoryVectors.OVERHEAD;
        int capacity = (int) Math.min(memoryItems, memoryBytes / row);
        return new CachedVectors<>(
                encoder,
                step,
                new MemoryVectors(info.dim(), capacity),
                directory.map(folder -> VectorFolder.open(folder, info)));
    }
}
