package io.github.recsys4j.feature;

import com.google.common.hash.Hashing;
import io.github.recsys4j.EncodingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Encoders of files: a picture becomes the colour of its first pixel, a sound its first two bytes. */
final class ToyFiles {
    private ToyFiles() {}

    private static EncoderInfo info(Modality modality, int dim) {
        return new EncoderInfo(
                "toy-" + modality.name(),
                modality,
                dim,
                Hashing.sha256()
                        .hashString(modality.name(), StandardCharsets.UTF_8)
                        .toString());
    }

    static ImageEncoder images() {
        return new ImageEncoder() {
            @Override
            public EncoderInfo info() {
                return ToyFiles.info(Modality.IMAGE, 3);
            }

            @Override
            public float[] encode(List<? extends byte[]> inputs) {
                float[] rows = new float[3 * inputs.size()];
                for (int at = 0; at < inputs.size(); at++) {
                    int colour = colour(inputs.get(at), at);
                    rows[3 * at] = (colour >> 16 & 255) / 255f;
                    rows[3 * at + 1] = (colour >> 8 & 255) / 255f;
                    rows[3 * at + 2] = (colour & 255) / 255f;
                }
                return rows;
            }

            @Override
            public void close() {}
        };
    }

    private static int colour(byte[] file, int position) {
        try {
            return Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(file)))
                    .orElseThrow(() -> new EncodingException("no image", position))
                    .getRGB(0, 0);
        } catch (IOException e) {
            throw new EncodingException("broken image", position, e);
        }
    }

    static AudioEncoder sounds() {
        return new AudioEncoder() {
            @Override
            public EncoderInfo info() {
                return ToyFiles.info(Modality.AUDIO, 2);
            }

            @Override
            public float[] encode(List<? extends byte[]> inputs) {
                float[] rows = new float[2 * inputs.size()];
                for (int at = 0; at < inputs.size(); at++) {
                    byte[] sound = inputs.get(at);
                    if (sound.length < 2) {
                        throw new EncodingException("broken sound", at);
                    }
                    rows[2 * at] = sound[0];
                    rows[2 * at + 1] = sound[1];
                }
                return rows;
            }

            @Override
            public void close() {}
        };
    }
}
