package io.github.recsys4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.recsys4j.HistoryException;
import io.github.recsys4j.testing.HistoryStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryStoresTest {
    @TempDir
    Path folder;

    @Nested
    class InMemoryTest extends HistoryStoreContract {
        @Override
        protected HistoryStore open() {
            return new InMemoryHistoryStore();
        }
    }

    @Nested
    class LocalSyncedTest extends HistoryStoreContract {
        @Override
        protected HistoryStore open() throws IOException {
            return LocalHistoryStore.open(Files.createTempDirectory(folder, "synced"));
        }
    }

    @Nested
    class LocalBySystemTest extends HistoryStoreContract {
        @Override
        protected HistoryStore open() throws IOException {
            return LocalHistoryStore.open(
                    Files.createTempDirectory(folder, "lazy"), HistoryBounds.defaults(), Sync.BY_SYSTEM);
        }
    }

    /** A store of two lambdas, as a host writes it. */
    private static HistoryStore lambdas() {
        HistoryStore inner = new InMemoryHistoryStore();
        return HistoryStore.of(inner::find, inner::append);
    }

    @Nested
    class LambdasTest extends HistoryStoreContract {
        @Override
        protected HistoryStore open() {
            return lambdas();
        }
    }

    @Nested
    class CachedTest extends HistoryStoreContract {
        @Override
        protected HistoryStore open() {
            return new CachedHistoryStore(lambdas(), 50, Duration.ofHours(1), ServingMetrics.none());
        }
    }

    private static Interaction at(String user, int time) {
        return new Interaction(user, "i" + time, time);
    }

    @Test
    void inMemory_bounds_forgetTheOldestAndTheLongestSilent() {
        InMemoryHistoryStore store = new InMemoryHistoryStore(new HistoryBounds(3, 2));
        IntStream.range(0, 5).forEach(i -> store.append(at("a", i)));
        store.append(at("b", 9));
        store.find("a");
        store.append(at("c", 9));
        assertThat(store.find("a")).isEmpty();
        assertThat(store.users()).isEqualTo(2);
        assertThat(store.size()).isEqualTo(2);
        IntStream.range(0, 5).forEach(i -> store.append(at("b", i)));
        assertThat(store.find("b")).extracting(Interaction::time).containsExactly(3L, 4L, 9L);
        assertThat(store.size()).isEqualTo(4);
    }

    @Test
    void bounds_belowOne_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistoryBounds(0, 1))
                .withMessage("perUser must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistoryBounds(1, 0))
                .withMessage("users must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Interaction("", "i", 0))
                .withMessageStartingWith("user id of an interaction must not be empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Interaction("u", "", 0))
                .withMessageStartingWith("item id of an interaction must not be empty");
    }

    @Test
    void local_reopened_isAsItWas() {
        HistoryBounds bounds = new HistoryBounds(4, 6);
        InMemoryHistoryStore expected = new InMemoryHistoryStore(bounds);
        for (int run = 0; run < 4; run++) {
            try (LocalHistoryStore store = LocalHistoryStore.open(folder, bounds, Sync.BY_SYSTEM)) {
                for (int i = 0; i < 50; i++) {
                    Interaction next = at("u" + (i * 7 + run) % 9, (i * 31) % 17);
                    store.append(next);
                    expected.append(next);
                }
                if (run == 1) {
                    store.compact();
                }
                assertSame(store, expected);
            }
        }
        try (LocalHistoryStore store = LocalHistoryStore.open(folder, bounds, Sync.BY_SYSTEM)) {
            assertSame(store, expected);
        }
    }

    private static void assertSame(HistoryStore store, HistoryStore expected) {
        for (int user = 0; user < 9; user++) {
            assertThat(store.find("u" + user)).isEqualTo(expected.find("u" + user));
        }
    }

    private Path log() {
        return folder.resolve("history.log");
    }

    /** Whatever the length at which the log breaks off, what is whole before it stays, and the store goes on. */
    @Test
    void local_tornAnywhere_keepsWhatIsWhole() throws IOException {
        try (LocalHistoryStore store = LocalHistoryStore.open(folder)) {
            IntStream.range(0, 3).forEach(i -> store.append(at("a", i)));
        }
        byte[] whole = Files.readAllBytes(log());
        int record = whole.length / 3;
        for (int length = 0; length <= whole.length; length++) {
            Files.write(log(), Arrays.copyOf(whole, length));
            try (LocalHistoryStore store = LocalHistoryStore.open(folder)) {
                assertThat(store.find("a")).as("%s bytes", length).hasSize(length / record);
                store.append(at("a", 8));
            }
            try (LocalHistoryStore store = LocalHistoryStore.open(folder)) {
                assertThat(store.find("a")).hasSize(length / record + 1);
            }
        }
    }

    @Test
    void local_alteredByte_dropsFromThereOnAndPutsItAside() throws IOException {
        try (LocalHistoryStore store = LocalHistoryStore.open(folder)) {
            IntStream.range(0, 3).forEach(i -> store.append(at("a", i)));
        }
        byte[] whole = Files.readAllBytes(log());
        int record = whole.length / 3;
        for (int place = record; place < 2 * record; place++) {
            byte[] altered = whole.clone();
            altered[place] ^= 0x10;
            Files.write(log(), altered);
            try (LocalHistoryStore store = LocalHistoryStore.open(folder)) {
                assertThat(store.find("a")).as("byte %s", place).hasSize(1);
            }
            assertThat(folder.resolve("history.log.torn"))
                    .hasBinaryContent(Arrays.copyOfRange(altered, record, altered.length));
        }
    }

    @Test
    void local_manyAppendsOfFewUsers_compactsByItself() {
        HistoryBounds bounds = new HistoryBounds(10, 5);
        String item = "x".repeat(1000);
        try (LocalHistoryStore store = LocalHistoryStore.open(folder, bounds, Sync.BY_SYSTEM)) {
            for (int i = 0; i < 5000; i++) {
                store.append(new Interaction("u" + i % 5, item + i, i));
                assertThat(store.logBytes()).isLessThan(2 << 20);
            }
        }
        try (LocalHistoryStore store = LocalHistoryStore.open(folder, bounds, Sync.BY_SYSTEM)) {
            assertThat(store.find("u4")).hasSize(10);
            assertThat(store.find("u4").get(9).itemId()).isEqualTo(item + 4999);
        }
    }

    @Test
    void local_compactedByManyThreads_losesNothing() throws InterruptedException {
        HistoryBounds bounds = new HistoryBounds(1000, 100);
        try (LocalHistoryStore store = LocalHistoryStore.open(folder, bounds, Sync.EVERY_APPEND)) {
            List<Thread> threads = IntStream.range(0, 3)
                    .mapToObj(t -> new Thread(() -> IntStream.range(0, 200).forEach(i -> store.append(at("u" + t, i)))))
                    .toList();
            threads.forEach(Thread::start);
            for (int i = 0; i < 20; i++) {
                store.compact();
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        try (LocalHistoryStore store = LocalHistoryStore.open(folder, bounds, Sync.EVERY_APPEND)) {
            IntStream.range(0, 3).forEach(t -> assertThat(store.find("u" + t)).hasSize(200));
        }
    }

    @Test
    void local_openTwice_namesTheFolder() {
        try (LocalHistoryStore store = LocalHistoryStore.open(folder)) {
            assertThatExceptionOfType(HistoryException.class)
                    .isThrownBy(() -> LocalHistoryStore.open(folder))
                    .withMessage("History folder " + folder
                            + " is open in another store: close that one, or give each its own folder");
            store.append(at("a", 1));
        }
        try (LocalHistoryStore store = LocalHistoryStore.open(folder)) {
            assertThat(store.find("a")).hasSize(1);
        }
    }

    @Test
    void local_folderIsAFile_saysSo() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertThatExceptionOfType(HistoryException.class)
                .isThrownBy(() -> LocalHistoryStore.open(file))
                .withMessageStartingWith("History folder " + file + " could not be opened: ");
    }

    @Test
    void local_closed_refusesAppends() {
        LocalHistoryStore store = LocalHistoryStore.open(folder);
        store.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> store.append(at("a", 1)))
                .withMessage("history store " + log() + " is closed: open it again");
    }

    @Test
    void local_idsTooLong_saysHowLong() {
        try (LocalHistoryStore store = LocalHistoryStore.open(folder)) {
            String id = "x".repeat(70_000);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.append(new Interaction(id, "i", 1)))
                    .withMessage("user id and item id must have at most 65524 bytes together, got 70001");
        }
    }

    @Test
    void cached_hitsAndMisses_areCountedAndForeignWritesSeenAfterTheTime() throws InterruptedException {
        ServingStatistics statistics = new ServingStatistics();
        Map<String, List<Interaction>> host = new ConcurrentHashMap<>();
        HistoryStore slow = HistoryStore.of(
                user -> host.getOrDefault(user, List.of()),
                event -> host.computeIfAbsent(event.userId(), id -> new CopyOnWriteArrayList<>())
                        .add(event));
        HistoryStore cached = new CachedHistoryStore(slow, 10, Duration.ofMillis(300), statistics);
        assertThat(cached.find("a")).isEmpty();
        cached.append(at("a", 1));
        assertThat(cached.find("a")).hasSize(1);
        slow.append(at("a", 2));
        assertThat(cached.find("a")).hasSize(1);
        assertThat(statistics.cacheHitRate()).hasValue(1.0 / 3);
        Thread.sleep(400);
        assertThat(cached.find("a")).hasSize(2);
        assertThat(cached.mayBlock()).isTrue();
    }

    @Test
    void cached_badSettings_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CachedHistoryStore(lambdas(), 0, Duration.ofSeconds(1), ServingMetrics.none()))
                .withMessage("users must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CachedHistoryStore(lambdas(), 1, Duration.ZERO, ServingMetrics.none()))
                .withMessage("timeToLive must be above zero, got PT0S");
    }
}
