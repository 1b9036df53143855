package io.github.recsys4j.benchmark;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A generated file of ratings in the layout of MovieLens since 2013, sorted by user and movie as the published files
 * are, and the checksum that a right reading of it has.
 *
 * @param path the file
 * @param rows how many ratings
 * @param users how many users, numbered from 1; how many rows each has is log-normal
 * @param items how many movies there may be, with gaps between their ids
 */
record RatingsFile(Path path, int rows, int users, int items) {
    private static final long SEED = 20_260_101;
    private static final double SPREAD = 1.1;
    private static final long FIRST_SECOND = 820_454_400;
    private static final int YEARS_IN_SECONDS = 800_000_000;
    private static final int ID_GAP = 3;

    /** One rating, ordered by time and then by place in the file. */
    private record Rating(int item, int halfStars, long seconds) {}

    /** Sums up what was read, in the order of users and of each user's time. */
    static final class Checksum {
        private long sequences;
        private double values;
        private long rows;

        void add(long item, double value) {
            sequences = sequences * 31 + item;
            values += value;
            rows++;
        }

        @Override
        public String toString() {
            return rows + " rows, sequences " + Long.toHexString(sequences) + ", values " + values;
        }
    }

    /** Writes the file. */
    Checksum write() throws IOException {
        Random random = new Random(SEED);
        int[] counts = counts(random);
        Checksum checksum = new Checksum();
        Files.createDirectories(path.toAbsolutePath().getParent());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 20)) {
            out.write("userId,movieId,rating,timestamp\n".getBytes(StandardCharsets.US_ASCII));
            for (int user = 1; user <= users; user++) {
                Rating[] ratings = ratings(counts[user - 1], random);
                for (Rating rating : ratings) {
                    out.write(line(user, rating).getBytes(StandardCharsets.US_ASCII));
                }
                Arrays.sort(ratings, (a, b) -> Long.compare(a.seconds, b.seconds));
                for (Rating rating : ratings) {
                    checksum.add(rating.item, rating.halfStars / 2.0);
                }
            }
        }
        return checksum;
    }

    private static String line(int user, Rating rating) {
        return user + "," + rating.item + "," + rating.halfStars / 2 + (rating.halfStars % 2 == 0 ? ".0," : ".5,")
                + rating.seconds + "\n";
    }

    private int[] counts(Random random) {
        double[] weights = IntStream.range(0, users)
                .mapToDouble(user -> Math.exp(SPREAD * random.nextGaussian()))
                .toArray();
        double sum = Arrays.stream(weights).sum();
        int[] counts = Arrays.stream(weights)
                .mapToInt(weight -> 1 + (int) ((rows - users) * weight / sum))
                .toArray();
        counts[0] += rows - Arrays.stream(counts).sum();
        return counts;
    }

    private Rating[] ratings(int count, Random random) {
        long start = FIRST_SECOND + random.nextInt(YEARS_IN_SECONDS);
        int[] movies = random.doubles(count)
                .mapToInt(share -> 1 + ID_GAP * (int) (items * share * share * share))
                .sorted()
                .toArray();
        return Arrays.stream(movies)
                .mapToObj(movie -> new Rating(movie, 1 + random.nextInt(10), start + random.nextInt(40 * count + 1)))
                .toArray(Rating[]::new);
    }

    /** Sums up a data set that was read from the file. */
    static Checksum of(Dataset dataset) {
        long[] ids = dataset.items().ids().stream().mapToLong(Long::parseLong).toArray();
        Interactions interactions = dataset.interactions();
        Checksum checksum = new Checksum();
        for (int user = 0; user < interactions.numUsers(); user++) {
            for (int row = interactions.start(user); row < interactions.end(user); row++) {
                checksum.add(ids[interactions.item(row)], interactions.value(row));
            }
        }
        return checksum;
    }
}
