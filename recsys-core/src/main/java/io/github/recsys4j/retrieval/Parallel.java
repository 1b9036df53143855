package io.github.recsys4j.retrieval;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Work on many numbers, on the calling thread's fork-join pool. Nothing that runs here may depend on which thread does what. */
final class Parallel {
    /** Fewer are done by the caller. */
    private static final int WORTH_IT = 8;

    private Parallel() {}

    /** Throws what the first of the numbers that failed threw: a fork-join pool would wrap it and hide its message. */
    static void forEach(int count, IntConsumer work) {
        if (count < WORTH_IT) {
            IntStream.range(0, count).forEach(work);
            return;
        }
        @Nullable RuntimeException[] failures = new RuntimeException[count];
        IntStream.range(0, count).parallel().forEach(number -> {
            try {
                work.accept(number);
            } catch (RuntimeException e) {
                failures[number] = e;
            }
        });
        throwFirst(failures);
    }

    static void throwFirst(@Nullable RuntimeException[] failures) {
        for (RuntimeException failure : failures) {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
