package io.github.recsys4j.feature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyTableTest {

    /** Few distinct first words, so that many keys stand in one run of slots. */
    @Test
    void find_randomAdditionsAndRemovals_agreesWithAMap() {
        Random random = new Random(11);
        KeyTable table = new KeyTable();
        Map<Long, Integer> expected = new HashMap<>();
        int numbers = 0;
        for (int round = 0; round < 20_000; round++) {
            long last = random.nextInt(300);
            long[] key = {last % 7, 1, 2, last};
            Integer known = expected.get(last);
            assertThat(table.find(key, 0)).isEqualTo(known == null ? -1 : known);
            if (known == null) {
                table.add(numbers, key, 0);
                expected.put(last, numbers++);
            } else if (random.nextInt(3) == 0) {
                table.remove(known);
                expected.remove(last);
            }
            assertThat(table.size()).isEqualTo(expected.size());
        }
    }
}
