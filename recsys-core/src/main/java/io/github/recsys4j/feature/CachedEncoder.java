package io.github.recsys4j.feature;

/**
 * An encoder behind a cache.
 *
 * @param <T> what it reads
 */
interface CachedEncoder<T> extends Encoder<T> {
    CachedVectors<T> vectors();

    @Override
    default EncoderInfo info() {
        return vectors().info();
    }

    @Override
    default void close() {}
}
