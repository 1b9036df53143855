package io.github.recsys4j.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Four readers search while one writer adds and another removes. Whatever a reader is given must have been there when its
 * search ended, must not have been removed before it began, and must carry its vector's own product; and what was added and
 * is asked for by its own vector must be there.
 */
final class ComingAndGoing {
    private ComingAndGoing() {}

    static void check(int dim, Function<float[], CodedIndex> builder) throws Exception {
        int before = 3000;
        int added = 3000;
        float[] all = Clusters.units(before + added, dim, 1);
        AtomicBoolean[] removedBefore = new AtomicBoolean[before];
        Arrays.setAll(removedBefore, item -> new AtomicBoolean());
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (CodedIndex index = builder.apply(Arrays.copyOf(all, before * dim))) {
            Callable<Integer> reader = () -> {
                Random random = new Random();
                int searches = 0;
                for (; !done.get() || searches < 50; searches++) {
                    BitSet gone = new BitSet();
                    for (int item = 0; item < before; item++) {
                        gone.set(item, removedBefore[item].get());
                    }
                    int asked = random.nextInt(index.size());
                    float[] query = Arrays.copyOfRange(all, asked * dim, (asked + 1) * dim);
                    RankedItems found = index.topK(query, 10, ItemFilter.none());
                    assertThat(found.size()).isEqualTo(10);
                    for (int place = 0; place < 10; place++) {
                        int item = found.item(place);
                        assertThat(gone.get(item))
                                .as("item %s was removed before", item)
                                .isFalse();
                        float[] vector = Arrays.copyOfRange(all, item * dim, (item + 1) * dim);
                        assertThat(found.score(place)).isEqualTo(Dots.dot(query, vector));
                    }
                }
                return searches;
            };
            List<Future<Integer>> readers =
                    IntStream.range(0, 4).mapToObj(i -> threads.submit(reader)).toList();
            Future<?> adding = threads.submit(() -> {
                for (int row = before; row < before + added; row += 5) {
                    assertThat(index.add(Arrays.copyOfRange(all, row * dim, (row + 5) * dim)))
                            .isEqualTo(row);
                }
            });
            Future<?> removing = threads.submit(() -> {
                for (int item = 0; item < before; item += 2) {
                    index.remove(item);
                    removedBefore[item].set(true);
                }
            });
            adding.get();
            removing.get();
            done.set(true);
            for (Future<Integer> searches : readers) {
                assertThat(searches.get()).isGreaterThanOrEqualTo(50);
            }
            assertThat(index.numRemoved()).isEqualTo(before / 2);
            assertThat(index.recall(Clusters.units(100, dim, 2), 10)).isGreaterThan(0.95);
        } finally {
            threads.shutdownNow();
        }
    }
}
