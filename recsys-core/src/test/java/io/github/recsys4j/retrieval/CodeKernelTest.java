package io.github.recsys4j.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CodeKernelTest {

    @ParameterizedTest(name = "{0} dimensions")
    @ValueSource(ints = {1, 2, 7, 8, 9, 16, 24, 63, 64, 129})
    void dot_anyCodes_equalsAPlainSum(int dim) {
        Random random = new Random(dim);
        int words = CodeKernel.words(dim);
        for (int round = 0; round < 200; round++) {
            float[] item = codes(random, dim);
            float[] query = codes(random, dim);
            query[0] = 63;
            long[] packed = new long[3 * words];
            CodeKernel.pack(item, 0, dim, 1, packed, words);
            long[] lanes = new long[2 * words];
            float step = CodeKernel.lanes(query, lanes);
            int plain = 0;
            int ofQuery = 0;
            for (int d = 0; d < dim; d++) {
                plain += (int) (item[d] * query[d]);
                ofQuery += (int) query[d];
            }
            assertThat(step).isEqualTo(1);
            assertThat(CodeKernel.dot(lanes, packed, words) - 64 * ofQuery).isBetween(plain - 2 * words, plain);

            long[] ownLanes = new long[2 * words];
            CodeKernel.lanes(query, lanes);
            CodeKernel.pack(query, 0, dim, 1, packed, 0);
            CodeKernel.lanes(packed, 0, ownLanes);
            assertThat(ownLanes).isEqualTo(lanes);
        }
    }

    @Test
    void dot_extremeCodes_doesNotOverflow() {
        long[] packed = new long[1];
        long[] lanes = new long[2];
        float[] item = {63, 63, 63, 63, 63, 63, 63, 63};
        float[] query = {-63, -63, -63, -63, -63, -63, -63, -63};
        CodeKernel.pack(item, 0, 8, 1, packed, 0);
        CodeKernel.lanes(query, lanes);
        assertThat(CodeKernel.dot(lanes, packed, 0)).isCloseTo(-8 * 63 * 127, Offset.offset(2));
        CodeKernel.lanes(item, lanes);
        assertThat(CodeKernel.dot(lanes, packed, 0)).isCloseTo(8 * 63 * 127, Offset.offset(2));
    }

    private static float[] codes(Random random, int dim) {
        float[] codes = new float[dim];
        for (int d = 0; d < dim; d++) {
            codes[d] = random.nextInt(127) - 63;
        }
        return codes;
    }
}
