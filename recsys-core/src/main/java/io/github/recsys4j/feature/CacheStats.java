package io.github.recsys4j.feature;

/**
 * What a {@link FeatureCache} did for one encoder since it was built, and what it holds now.
 *
 * @param memoryHits vectors that were found in memory
 * @param diskHits vectors that were found on the disk
 * @param encoded vectors that had to be computed
 * @param damaged entries whose checksum did not fit; they are computed again when they are needed
 * @param memoryVectors vectors in memory now
 * @param diskVectors vectors on the disk now, those of other processes as far as they were seen
 */
public record CacheStats(
        long memoryHits, long diskHits, long encoded, long damaged, long memoryVectors, long diskVectors) {

    /** {@return the share of vectors that did not have to be computed, from 0 to 1; 1 if none was asked for} */
    public double hitRate() {
        long asked = memoryHits + diskHits + encoded;
        return asked == 0 ? 1 : (double) (memoryHits + diskHits) / asked;
    }
}
