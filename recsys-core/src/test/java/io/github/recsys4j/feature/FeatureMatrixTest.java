package io.github.recsys4j.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.EncodingException;
import io.github.recsys4j.data.Vocabulary;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureMatrixTest {
    private static final String PRINT = "0123456789abcdef".repeat(4);

    private static FeatureMatrix matrix() {
        return FeatureMatrix.builder(Modality.TEXT, 3, 2)
                .put(0, new float[] {1, 2})
                .put(2, new float[] {9, 5, 6, 9}, 1)
                .build();
    }

    @Test
    void build_someItems_knowsWhichArePresent() {
        FeatureMatrix matrix = matrix();
        assertThat(matrix.present(0)).isTrue();
        assertThat(matrix.present(1)).isFalse();
        assertThat(matrix.row(1)).containsExactly(0, 0);
        assertThat(matrix.row(2)).containsExactly(5, 6);
        assertThat(matrix.numPresent()).isEqualTo(2);
        assertThat(matrix.values().get(4)).isEqualTo(5);
        assertThat(matrix.values().isReadOnly()).isTrue();
        assertThat(matrix).hasToString("FeatureMatrix[TEXT, 3 x 2, 2 present]");
    }

    @Test
    void align_otherVocabulary_movesRowsById() {
        FeatureMatrix moved = matrix().align(
                        Vocabulary.inOrder(List.of("a", "b", "c")), Vocabulary.inOrder(List.of("c", "new", "b", "a")));
        assertThat(moved.row(0)).containsExactly(5, 6);
        assertThat(moved.present(1)).isFalse();
        assertThat(moved.present(2)).isFalse();
        assertThat(moved.row(3)).containsExactly(1, 2);
    }

    @Test
    void align_vocabularyOfAnotherSize_saysBothSizes() {
        Vocabulary two = Vocabulary.of(List.of("a", "b"));
        assertThatThrownBy(() -> matrix().align(two, two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("vocabulary of the matrix must have one id for each of 3 rows, got 2");
    }

    @Test
    void put_wrongVector_saysWhatIsExpected() {
        FeatureMatrix.Builder builder = FeatureMatrix.builder(Modality.IMAGE, 1, 2);
        assertThatThrownBy(() -> builder.put(0, new float[3]))
                .hasMessage("vector of item 0 must have dim = 2 floats, got 3");
        assertThatThrownBy(() -> builder.put(0, new float[] {0, Float.NaN}))
                .hasMessage("vector of item 0 must be finite, got NaN in column 1");
        assertThatThrownBy(() -> builder.put(1, new float[2])).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(builder.build().present(0)).isFalse();
        assertThatThrownBy(builder::build).hasMessage("the matrix was built already: start another builder");
    }

    @Test
    void builder_tooManyFloats_saysTheLimit() {
        assertThatThrownBy(() -> FeatureMatrix.builder(Modality.IMAGE, 1 << 20, 1 << 12))
                .hasMessage("rows * dim must be at most 2147483639 floats, got 1048576 * 4096: use an encoder with"
                        + " shorter vectors");
    }

    @Test
    void info_wrongParts_namesThePart() {
        assertThatThrownBy(() -> new EncoderInfo("../up", Modality.TEXT, 2, PRINT))
                .hasMessageContaining("id of an encoder")
                .hasMessageContaining("\"../up\"");
        assertThatThrownBy(() -> new EncoderInfo("clip", Modality.TEXT, 0, PRINT))
                .hasMessage("dim of encoder clip must be at least 1, got 0");
        assertThatThrownBy(() -> new EncoderInfo("clip", Modality.TEXT, 2, "abc"))
                .hasMessageContaining("fingerprint of encoder clip must be a SHA-256")
                .hasMessageContaining("\"abc\"");
    }

    @Test
    void position_ofAnEncodingException_isWhatWasGiven() {
        assertThat(new EncodingException("image 3 is broken", 3).position()).isEqualTo(3);
        assertThatThrownBy(() -> new EncodingException("broken", -1, new IllegalStateException()))
                .hasMessage("position must be at least 0, got -1");
    }
}
