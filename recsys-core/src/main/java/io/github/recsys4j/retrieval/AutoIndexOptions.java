package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where {@link AutoIndex} goes from one index to the next.
 *
 * @param exactBytes vectors of at most so many bytes are searched exactly, at least 0
 * @param memoryBytes vectors, codes and links of a graph may take so many bytes, at least 0
 * @param graph how a graph is built
 * @param file where a compact index keeps vectors that outgrow memory, or empty for none
 */
public record AutoIndexOptions(long exactBytes, long memoryBytes, HnswOptions graph, Optional<Path> file) {
    /** What one core reads in two milliseconds where it reads 16 GB a second. */
    private static final long TWO_MILLISECONDS = 32L << 20;

    /**
     * Checks the options.
     *
     * @param exactBytes the limit of exact search
     * @param memoryBytes the limit of a graph
     * @param graph how a graph is built
     * @param file for a compact index
     * @throws IllegalArgumentException if a limit is negative
     */
    public AutoIndexOptions {
        checkArgument(exactBytes >= 0, "exactBytes must be at least 0, got %s", exactBytes);
        checkArgument(memoryBytes >= 0, "memoryBytes must be at least 0, got %s", memoryBytes);
    }

    /** {@return exact up to 32 MiB, a graph up to half of the maximum heap, {@link HnswOptions#defaults()}, no file} */
    public static AutoIndexOptions defaults() {
        return new AutoIndexOptions(
                TWO_MILLISECONDS, Runtime.getRuntime().maxMemory() / 2, HnswOptions.defaults(), Optional.empty());
    }

    /**
     * {@return the same with another limit of exact search}
     *
     * @param bytes of vectors, at least 0; 0 for never
     */
    public AutoIndexOptions withExactBytes(long bytes) {
        return new AutoIndexOptions(bytes, memoryBytes, graph, file);
    }

    /**
     * {@return the same with another limit of memory}
     *
     * @param bytes of vectors, codes and links, at least 0
     */
    public AutoIndexOptions withMemoryBytes(long bytes) {
        return new AutoIndexOptions(exactBytes, bytes, graph, file);
    }

    /**
     * {@return the same with another way of building a graph}
     *
     * @param options of the graph
     */
    public AutoIndexOptions withGraph(HnswOptions options) {
        return new AutoIndexOptions(exactBytes, memoryBytes, options, file);
    }

    /**
     * {@return the same with a file for vectors that outgrow memory}
     *
     * @param path written when a compact index is chosen
     */
    public AutoIndexOptions withFile(Path path) {
        return new AutoIndexOptions(exactBytes, memoryBytes, graph, Optional.of(path));
    }
}
