package io.github.recsys4j.model.encoder;

import io.github.recsys4j.feature.Encoder;
import io.github.recsys4j.testing.EncoderContract;
import io.github.recsys4j.testing.Pictures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** Every encoder keeps the contract. */
class EncoderContractsTest {
    private static final List<byte[]> PICTURES = List.of(
            Pictures.plain("png", 40, 30, 0xff0000),
            Pictures.plain("png", 64, 64, 0x00ff00),
            Pictures.plain("jpg", 300, 200, 0x0000ff));
    private static final List<String> TEXTS =
            List.of("Toy Story", "A cowboy doll is threatened by a new spaceman.", "Heat, and the sea", "x");
    private static final List<byte[]> SOUNDS = List.of(
            Sounds.floatWav(Sounds.tone(16_000, 300, 8_000), 16_000),
            Sounds.floatWav(Sounds.tone(16_000, 900, 24_000), 16_000),
            Sounds.floatWav(Sounds.tone(22_050, 3_000, 30_000), 22_050));

    abstract static class OfPictures extends EncoderContract<byte[]> {
        @Override
        protected List<byte[]> contents() {
            return PICTURES;
        }

        @Override
        protected Optional<byte[]> broken() {
            return Optional.of(new byte[] {1, 2, 3});
        }
    }

    abstract static class OfTexts extends EncoderContract<String> {
        @Override
        protected List<String> contents() {
            return TEXTS;
        }

        @Override
        protected Optional<String> broken() {
            return Optional.empty();
        }
    }

    abstract static class OfSounds extends EncoderContract<byte[]> {
        @Override
        protected List<byte[]> contents() {
            return SOUNDS;
        }

        @Override
        protected Optional<byte[]> broken() {
            return Optional.of("OggS".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Nested
    class ImageDescriptorContract extends OfPictures {
        @Override
        protected Encoder<byte[]> open() {
            return ImageDescriptor.create();
        }
    }

    @Nested
    class OnnxImageContract extends OfPictures {
        @Override
        protected Encoder<byte[]> open() {
            return OnnxImageEncoder.load(Fixtures.encoder("tiny-random", "vision-resnet"));
        }

        /** Random weights are not damped: entries reach about 10. */
        @Override
        protected float tolerance() {
            return 1e-4f;
        }
    }

    @Nested
    class HashedTextContract extends OfTexts {
        @Override
        protected Encoder<String> open() {
            return HashedTextEncoder.create(64);
        }
    }

    @Nested
    class OnnxTextContract extends OfTexts {
        @Override
        protected Encoder<String> open() {
            return OnnxTextEncoder.load(Fixtures.encoder("tiny-random", "bert-sentence"));
        }
    }

    @Nested
    class StaticTextContract extends OfTexts {
        @Override
        protected Encoder<String> open() {
            return StaticTextEncoder.load(Fixtures.encoder("model2vec-bge-vq64"));
        }
    }

    @Nested
    class LogMelContract extends OfSounds {
        @Override
        protected Encoder<byte[]> open() {
            return LogMelEncoder.create();
        }
    }

    @Nested
    class OnnxAudioContract extends OfSounds {
        @Override
        protected Encoder<byte[]> open() {
            return OnnxAudioEncoder.load(Fixtures.encoder("yamnet_w8.onnx"));
        }

        /** YAMNet's features reach about 5. */
        @Override
        protected float tolerance() {
            return 1e-4f;
        }
    }
}
