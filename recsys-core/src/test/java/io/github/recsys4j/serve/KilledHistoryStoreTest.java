package io.github.recsys4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A child process that records is killed with SIGKILL; nothing that was acknowledged may be missing. */
class KilledHistoryStoreTest {
    private static final HistoryBounds BOUNDS = new HistoryBounds(1000, 3);
    private static final String LONG = "x".repeat(500);

    @TempDir
    Path folder;

    /** The child: appends for ever, compacts often, and acknowledges each append on its standard output. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) {
            LocalHistoryStore store = LocalHistoryStore.open(Path.of(args[0]), BOUNDS, Sync.valueOf(args[1]));
            int start = store.find("u0").size()
                    + store.find("u1").size()
                    + store.find("u2").size();
            for (int i = start; i < 3_000; i++) {
                store.append(new Interaction("u" + i % 3, LONG + i, i));
                System.out.write(1);
                System.out.flush();
                if (i % 50 == 49) {
                    store.compact();
                }
            }
        }
    }

    private long killAfter(Sync sync, int millis) throws Exception {
        Path acknowledged = folder.resolve("acknowledged");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        folder.resolve("store").toString(),
                        sync.name())
                .redirectError(folder.resolve("errors").toFile())
                .redirectOutput(acknowledged.toFile())
                .start();
        while (child.isAlive() && size(acknowledged) == 0) {
            Thread.sleep(1);
        }
        Thread.sleep(millis);
        child.destroyForcibly().waitFor();
        return size(acknowledged);
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    @ParameterizedTest
    @EnumSource(Sync.class)
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void append_killedAgainAndAgain_keepsWhatWasAcknowledged(Sync sync) throws Exception {
        long before = 0;
        for (int millis : new int[] {3, 40, 110}) {
            long acknowledged = before + killAfter(sync, millis);
            before = check(sync, acknowledged);
        }
        assertThat(before).isPositive();
    }

    /** All that was acknowledged and at most one more, in order, without a gap. */
    private long check(Sync sync, long acknowledged) {
        try (LocalHistoryStore store = LocalHistoryStore.open(folder.resolve("store"), BOUNDS, sync)) {
            List<List<Interaction>> histories = IntStream.range(0, 3)
                    .mapToObj(user -> store.find("u" + user))
                    .toList();
            long kept = histories.stream().mapToInt(List::size).sum();
            assertThat(kept).isBetween(acknowledged, acknowledged + 1);
            for (int i = 0; i < kept; i++) {
                assertThat(histories.get(i % 3).get(i / 3).itemId()).isEqualTo(LONG + i);
            }
            return kept;
        }
    }
}
