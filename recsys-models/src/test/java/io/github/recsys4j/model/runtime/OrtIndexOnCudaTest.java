package io.github.recsys4j.model.runtime;

import org.junit.jupiter.api.Tag;

@Tag("cuda")
final class OrtIndexOnCudaTest extends OrtIndexTest {
    @Override
    Device device() {
        return Device.cuda(0);
    }
}
