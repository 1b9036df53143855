package io.github.recsys4j.feature;

import java.nio.file.Path;

/**
 * The vectors of one encoder in a cache's directory.
 *
 * @param path the folder
 * @param encoder whose vectors they are
 * @param vectors how many there are, those written twice counted twice
 * @param bytes size of all files in the folder
 */
public record CacheFolder(Path path, EncoderInfo encoder, long vectors, long bytes) {}
