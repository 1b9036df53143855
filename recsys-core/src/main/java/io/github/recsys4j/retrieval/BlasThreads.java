package io.github.recsys4j.retrieval;

import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Keeps OpenBLAS on the threads that call it while many of them have work for it, such as a search or the training of a
 * baseline, and gives back the host's setting when the last such work is done.
 *
 * <p>After a product OpenBLAS's own threads spin for tens of milliseconds in wait of the next. That takes the cores
 * from whatever follows: selection here, other requests in a server. The setting belongs to the process, so a host's
 * own products run on one thread meanwhile. Changing it takes OpenBLAS about a millisecond.
 */
public final class BlasThreads {
    private static int searches;
    private static int before;

    private BlasThreads() {}

    /**
     * Does work during which OpenBLAS computes on the thread that asks it to, in this whole process.
     *
     * @param work calls OpenBLAS, usually from several threads; may do such work in turn
     * @throws io.github.recsys4j.InferenceException if ND4J's native libraries cannot be loaded
     */
    public static void onCallers(Runnable work) {
        NativeMath.start();
        enterSearch();
        try {
            work.run();
        } finally {
            leaveSearch();
        }
    }

    /** Does work, kept on its threads if that is worth a millisecond. */
    static void onCallersIf(boolean worthIt, Runnable work) {
        if (worthIt) {
            onCallers(work);
        } else {
            work.run();
        }
    }

    private static synchronized void enterSearch() {
        if (searches++ == 0) {
            Blas blas = Nd4j.factory().blas();
            before = blas.getMaxThreads();
            blas.setMaxThreads(1);
        }
    }

    private static synchronized void leaveSearch() {
        if (--searches == 0) {
            Nd4j.factory().blas().setMaxThreads(before);
        }
    }
}
