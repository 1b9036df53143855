package io.github.recsys4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.recsys4j.serve.HistoryStore;
import io.github.recsys4j.serve.Interaction;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link HistoryStore} must do. */
public abstract class HistoryStoreContract {
    private HistoryStore store;

    /**
     * Opens the store under test, empty, with room for at least 1,000 interactions of each of 100 users.
     *
     * @return the store; the suite closes it
     * @throws Exception if it cannot be opened
     */
    protected abstract HistoryStore open() throws Exception;

    /** Opens one for each test. */
    @BeforeEach
    protected final void openStore() throws Exception {
        store = open();
    }

    /** Closes it. */
    @AfterEach
    protected final void closeStore() {
        store.close();
    }

    private void append(String user, String item, long time) {
        store.append(new Interaction(user, item, time));
    }

    private List<String> items(String user) {
        return store.find(user).stream().map(Interaction::itemId).toList();
    }

    @Test
    void find_unknownUser_isEmpty() {
        append("a", "i", 1);
        assertThat(store.find("b")).isEmpty();
    }

    @Test
    void append_isFoundByTheNextLookUp() {
        for (int i = 0; i < 5; i++) {
            assertThat(items("a")).hasSize(i);
            append("a", "i" + i, i);
            assertThat(items("a")).endsWith("i" + i);
        }
        assertThat(store.find("a").get(3)).isEqualTo(new Interaction("a", "i3", 3));
    }

    @Test
    void append_late_isPutInItsPlaceByTime() {
        append("a", "first", 10);
        append("a", "last", 30);
        append("a", "late", 20);
        append("a", "tie", 20);
        append("a", "before all", -5);
        assertThat(items("a")).containsExactly("before all", "first", "late", "tie", "last");
    }

    @Test
    void append_sameItemAgain_isKeptTwice() {
        append("a", "i", 1);
        append("a", "i", 1);
        assertThat(items("a")).containsExactly("i", "i");
    }

    @Test
    void append_strangeIds_comeBackAsTheyWere() {
        for (String id : List.of(" ", "\n", "\0", "é", "日本", "\uD83D\uDE00", "a,b\"c", "x".repeat(1000))) {
            append(id, id, Long.MAX_VALUE);
            assertThat(store.find(id)).containsExactly(new Interaction(id, id, Long.MAX_VALUE));
        }
    }

    @Test
    void append_oneUser_leavesOthersAlone() {
        SplittableRandom random = new SplittableRandom(3);
        List<List<String>> expected = IntStream.range(0, 20)
                .mapToObj(user -> (List<String>) new ArrayList<String>())
                .toList();
        for (int i = 0; i < 1000; i++) {
            int user = random.nextInt(20);
            append("u" + user, "i" + i, i);
            expected.get(user).add("i" + i);
        }
        for (int user = 0; user < 20; user++) {
            assertThat(items("u" + user)).isEqualTo(expected.get(user));
        }
    }

    @Test
    void find_answer_doesNotChangeLater() {
        append("a", "i", 1);
        List<Interaction> before = store.find("a");
        append("a", "j", 2);
        assertThat(before).hasSize(1);
    }

    @Test
    void append_manyThreads_losesNothingAndKeepsEachThreadsOrder() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            String prefix = "t" + thread + "-";
            all.add(threads.submit(() -> IntStream.range(0, 100).forEach(i -> {
                append("shared", prefix + i, 7);
                append(prefix, prefix + i, 7);
                assertThat(items(prefix)).hasSize(i + 1);
            })));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
        assertThat(items("shared")).hasSize(400).doesNotHaveDuplicates();
        assertThat(items("shared").stream().filter(id -> id.startsWith("t2-")).toList())
                .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "t2-" + i).toList());
    }

    @Test
    void append_interruptedThread_keepsTheStoreUsable() {
        Thread.currentThread().interrupt();
        append("a", "i", 1);
        assertThat(Thread.interrupted()).isTrue();
        append("a", "j", 2);
        assertThat(items("a")).containsExactly("i", "j");
    }

    @Test
    void close_twice_isHarmless() {
        store.close();
        store.close();
    }
}
