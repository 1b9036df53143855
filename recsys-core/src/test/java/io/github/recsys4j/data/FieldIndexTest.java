package io.github.recsys4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FieldIndexTest {
    private static final byte[] CHARACTERS = {',', '\n', '"', 'a', '0', (byte) 0x8c, 0, (byte) 0xac, '-', '.'};

    @Test
    void build_randomBytes_findsEverySeparatorAndLineFeed() {
        Random random = new Random(3);
        FieldIndex index = new FieldIndex((byte) ',');
        for (int round = 0; round < 500; round++) {
            Block block = new Block(1 << 17);
            int kinds = 1 + random.nextInt(CHARACTERS.length);
            block.length = round < 400 ? random.nextInt(100) : 100_000;
            for (int at = 0; at < block.length; at++) {
                block.bytes[at] = CHARACTERS[random.nextInt(kinds)];
            }
            block.bytes[block.length] = ',';
            int[] expected = IntStream.range(0, block.length)
                    .filter(at -> block.bytes[at] == ',' || block.bytes[at] == '\n')
                    .toArray();

            index.build(block);

            assertThat(Arrays.copyOf(index.positions(), index.firstFrom(block.length, 0)))
                    .isEqualTo(expected);
            assertThat(index.hasQuotes())
                    .isEqualTo(IntStream.range(0, block.length).anyMatch(at -> block.bytes[at] == '"'));
        }
    }
}
