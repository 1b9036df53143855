package io.github.recsys4j.feature;

import io.github.recsys4j.testing.EncoderContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class CachedEncoderContractTest extends EncoderContract<String> {
    @TempDir
    private Path folder;

    @Override
    protected Encoder<String> open() {
        return FeatureCache.builder()
                .directory(folder)
                .text(new ToyText("toy", 16))
                .memoryItems(2)
                .build()
                .text();
    }

    @Override
    protected List<String> contents() {
        return List.of("a", "somewhat longer", "c", "");
    }

    @Override
    protected Optional<String> broken() {
        return Optional.of("broken");
    }
}
