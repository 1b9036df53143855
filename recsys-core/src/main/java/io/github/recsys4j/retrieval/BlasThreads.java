package io.github.recsys4j.retrieval;

import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Keeps OpenBLAS on the threads that call it while an index searches, and gives back the host's setting when the last
 * search is done.
 *
 * <p>After a product OpenBLAS's own threads spin for tens of milliseconds in wait of the next. That takes the cores
 * from whatever follows: selection here, other requests in a server. The setting belongs to the process, so a host's
 * own products run on one thread meanwhile. Changing it takes OpenBLAS about a millisecond.
 */
final class BlasThreads {
    private static int searches;
    private static int before;

    private BlasThreads() {}

    static synchronized void enterSearch() {
        if (searches++ == 0) {
            Blas blas = Nd4j.factory().blas();
            before = blas.getMaxThreads();
            blas.setMaxThreads(1);
        }
    }

    static synchronized void leaveSearch() {
        if (--searches == 0) {
            Nd4j.factory().blas().setMaxThreads(before);
        }
    }
}
