package io.github.recsys4j.feature;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A process of its own that fills a cache and says after each batch how far it got. */
final class CacheWriter {
    static final int DIM = 256;
    static final int BATCH = 16;

    private CacheWriter() {}

    static FeatureCache cache(Path directory, ToyText encoder) {
        return FeatureCache.builder()
                .directory(directory)
                .text(encoder)
                .memoryItems(100)
                .build();
    }

    static List<String> batch(int from) {
        return IntStream.range(from, from + BATCH).mapToObj(i -> "text " + i).toList();
    }

    /** Arguments: the directory, the first text, how many batches, how far the next batch is from the one before. */
    public static void main(String[] arguments) {
        FeatureCache cache = cache(Path.of(arguments[0]), new ToyText("toy", DIM));
        int step = Integer.parseInt(arguments[3]);
        int at = Integer.parseInt(arguments[1]);
        for (int batch = 0; batch < Integer.parseInt(arguments[2]); batch++, at += step) {
            cache.text().encode(batch(at));
            System.out.println(at);
        }
    }

    static Process start(Path directory, int from, int batches, int step) throws java.io.IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        CacheWriter.class.getName(),
                        directory.toString(),
                        Integer.toString(from),
                        Integer.toString(batches),
                        Integer.toString(step))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
