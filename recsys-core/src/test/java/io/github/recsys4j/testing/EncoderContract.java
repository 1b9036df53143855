package io.github.recsys4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.EncodingException;
import io.github.recsys4j.feature.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every encoder must do.
 *
 * @param <T> what it reads
 */
public abstract class EncoderContract<T> {

    /** {@return a new encoder} */
    protected abstract Encoder<T> open();

    /** {@return at least three contents of different lengths or sizes, with different vectors} */
    protected abstract List<T> contents();

    /** {@return content that cannot be encoded, or nothing if there is no such} */
    protected abstract Optional<T> broken();

    /** {@return how far a vector may depend on its neighbours in a batch, absolute} */
    protected float tolerance() {
        return 1e-5f;
    }

    @Test
    void encode_nothing_givesNothing() {
        try (Encoder<T> encoder = open()) {
            assertThat(encoder.encode(List.of())).isEmpty();
        }
    }

    @Test
    void encode_batch_equalsOneByOneInAnyOrder() {
        try (Encoder<T> encoder = open()) {
            List<T> contents = new ArrayList<>(contents());
            float[] batch = encoder.encode(contents);
            int dim = encoder.info().dim();
            assertThat(batch).hasSize(contents.size() * dim);
            for (int at = 0; at < contents.size(); at++) {
                assertThat(encoder.encode(contents.subList(at, at + 1)))
                        .containsExactly(Arrays.copyOfRange(batch, at * dim, (at + 1) * dim), within(tolerance()));
            }
            Collections.reverse(contents);
            float[] reversed = encoder.encode(contents);
            for (int at = 0; at < contents.size(); at++) {
                int from = (contents.size() - 1 - at) * dim;
                assertThat(Arrays.copyOfRange(reversed, from, from + dim))
                        .containsExactly(Arrays.copyOfRange(batch, at * dim, (at + 1) * dim), within(tolerance()));
            }
        }
    }

    @Test
    void encode_differentContents_givesDifferentFiniteVectors() {
        try (Encoder<T> encoder = open()) {
            float[] batch = encoder.encode(contents());
            int dim = encoder.info().dim();
            for (float value : batch) {
                assertThat(value).isFinite();
            }
            assertThat(Arrays.copyOfRange(batch, 0, dim)).isNotEqualTo(Arrays.copyOfRange(batch, dim, 2 * dim));
        }
    }

    @Test
    void encode_anotherInstance_hasTheSameFingerprintAndVectors() {
        try (Encoder<T> encoder = open();
                Encoder<T> another = open()) {
            assertThat(another.info()).isEqualTo(encoder.info());
            assertThat(another.encode(contents())).containsExactly(encoder.encode(contents()), within(tolerance()));
        }
    }

    @Test
    void encode_manyThreads_giveTheSame() {
        try (Encoder<T> encoder = open()) {
            float[] expected = encoder.encode(contents());
            IntStream.range(0, 16)
                    .parallel()
                    .forEach(round ->
                            assertThat(encoder.encode(contents())).containsExactly(expected, within(tolerance())));
        }
    }

    @Test
    void encode_brokenInput_namesItsPosition() {
        broken().ifPresent(broken -> {
            try (Encoder<T> encoder = open()) {
                List<T> contents = new ArrayList<>(contents());
                contents.add(2, broken);
                EncodingException thrown =
                        catchThrowableOfType(EncodingException.class, () -> encoder.encode(contents));
                assertThat(thrown.position()).isEqualTo(2);
            }
        });
    }

    @Test
    void close_twice_isHarmless() {
        Encoder<T> encoder = open();
        encoder.close();
        assertThatCode(encoder::close).doesNotThrowAnyException();
    }
}
