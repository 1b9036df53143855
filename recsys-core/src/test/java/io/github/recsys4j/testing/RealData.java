package io.github.recsys4j.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of real data and conformance fixtures, named by the system property {@code recsys.data} or the
 * environment variable {@code RECSYS_DATA}. It is licensed for testing only and never part of the repository.
 */
public final class RealData {
    private RealData() {}

    /**
     * Finds a file or folder of the real data, or skips the calling test with a reason. Where the variable is
     * set, a missing file is a failure, not a skip.
     *
     * @param first the first name below the data folder
     * @param more further names
     * @return the existing path
     */
    public static Path path(String first, String... more) {
        String folder = System.getProperty("recsys.data", System.getenv().getOrDefault("RECSYS_DATA", ""));
        assumeTrue(!folder.isEmpty(), "RECSYS_DATA is not set: tests on real data are skipped");
        Path path = Path.of(folder).resolve(Path.of(first, more));
        if (!Files.exists(path)) {
            throw new AssertionError("RECSYS_DATA is " + folder + " but " + path + " is not there");
        }
        return path;
    }
}
