package io.github.recsys4j.retrieval;

import java.util.Locale;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether an index finds what an exact search finds, widens its searches until it does, and gives up in the end.
 *
 * @param recall the mean share of the best 10 that was found
 * @param width the width it was measured with
 * @param passed whether that is enough
 */
record RecallCheck(double recall, int width, boolean passed) {
    private static final Logger LOG = LoggerFactory.getLogger(RecallCheck.class);
    private static final int K = 10;
    private static final int QUERIES = 64;
    private static final int MAX_WIDTH = 1024;

    /** Asks with the vectors of some items; what users bring may be harder to find. */
    static RecallCheck of(CodedIndex index, CodedItems items, int width, double least, long seed) {
        float[] queries = sample(items, seed);
        RecallCheck check = new RecallCheck(index.recall(items, queries, K, width), width, true);
        while (check.recall < least && check.width < MAX_WIDTH) {
            int wider = 2 * check.width;
            check = new RecallCheck(index.recall(items, queries, K, wider), wider, true);
        }
        check = new RecallCheck(check.recall, check.width, check.recall >= least);
        check.log(width, least);
        return check;
    }

    private static float[] sample(CodedItems items, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] some = random.ints(QUERIES, 0, items.size())
                .filter(item -> !items.isRemoved(item))
                .toArray();
        float[] queries = new float[some.length * items.dim()];
        for (int row = 0; row < some.length; row++) {
            System.arraycopy(items.vectors().read(some[row], 1), 0, queries, row * items.dim(), items.dim());
        }
        return queries;
    }

    private void log(int asked, double least) {
        if (!passed) {
            LOG.warn(
                    "The index finds {} of the best {} items even at a search width of {}, less than minRecall = {}."
                            + " It looks at every vector from now on, which is slow. More links and a greater buildWidth of a"
                            + " graph, or vectors without a few values far above the others would help",
                    share(),
                    K,
                    width,
                    least);
        } else if (width > asked) {
            LOG.warn(
                    "The index finds enough, {} of the best {} items, only at a search width of {}; {} was asked for."
                            + " It searches with {}",
                    share(),
                    K,
                    width,
                    asked,
                    width);
        }
    }

    private String share() {
        return String.format(Locale.ROOT, "%.3f", recall);
    }
}
