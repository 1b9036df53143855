package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectMemoryTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, (1 << 24) - 1, 1 << 24, (1 << 24) + 1, (1 << 24) + 4, (1 << 24) + 63})
    void take_anySize_givesThatMuchApartFromTheNext(int bytes) {
        DirectMemory memory = new DirectMemory();
        ByteBuffer first = memory.take(bytes);
        ByteBuffer second = memory.take(bytes);
        first.put(bytes - 1, (byte) 1);
        second.put(0, (byte) 2);
        assertThat(first.capacity()).isEqualTo(bytes);
        assertThat(second.capacity()).isEqualTo(bytes);
        assertThat(first.get(bytes - 1)).isEqualTo((byte) 1);
    }
}
