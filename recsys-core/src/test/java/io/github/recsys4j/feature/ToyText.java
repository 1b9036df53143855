package io.github.recsys4j.feature;

import com.google.common.hash.Hashing;
import io.github.recsys4j.EncodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Gives each text a random vector that is seeded by the text; "broken" cannot be encoded. Counts what it encodes. */
final class ToyText implements TextEncoder {
    private final EncoderInfo info;
    final AtomicInteger encoded = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    ToyText(String id, int dim) {
        info = new EncoderInfo(
                id,
                Modality.TEXT,
                dim,
                Hashing.sha256().hashString(id, StandardCharsets.UTF_8).toString());
    }

    static float[] vector(String text, int dim) {
        RandomGenerator random = RandomGeneratorFactory.of("SplittableRandom").create(text.hashCode());
        float[] vector = new float[dim];
        for (int at = 0; at < dim; at++) {
            vector[at] = random.nextFloat() - 0.5f;
        }
        return vector;
    }

    @Override
    public EncoderInfo info() {
        return info;
    }

    @Override
    public float[] encode(List<? extends String> inputs) {
        float[] rows = new float[inputs.size() * info.dim()];
        for (int at = 0; at < inputs.size(); at++) {
            if (inputs.get(at).equals("broken")) {
                throw new EncodingException("this text is broken", at);
            }
            System.arraycopy(vector(inputs.get(at), info.dim()), 0, rows, at * info.dim(), info.dim());
        }
        encoded.addAndGet(inputs.size());
        return rows;
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
