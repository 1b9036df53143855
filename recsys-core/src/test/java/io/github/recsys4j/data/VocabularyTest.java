package io.github.recsys4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    @Test
    void of_integers_numericOrderWithoutRepeats() {
        assertThat(Vocabulary.of(List.of("10", "9", "-3", "0", "9")).ids()).containsExactly("-3", "0", "9", "10");
    }

    @Test
    void of_oneIdThatIsNoCanonicalInteger_stringOrder() {
        assertThat(Vocabulary.of(List.of("10", "9", "09", "9")).ids()).containsExactly("09", "10", "9");
        assertThat(Vocabulary.of(List.of("10", "9", "-0")).ids()).containsExactly("-0", "10", "9");
        assertThat(Vocabulary.of(List.of("10", "9", "")).ids()).containsExactly("", "10", "9");
    }

    @Test
    void indexOf_manyIds_eachFindsItselfAndNothingElse() {
        List<String> ids =
                IntStream.range(0, 20_000).mapToObj(i -> "item-" + i * 31).toList();
        Vocabulary vocabulary = Vocabulary.of(ids);

        assertThat(vocabulary.ids()).isEqualTo(List.copyOf(new TreeSet<>(ids)));
        for (int index = 0; index < vocabulary.size(); index++) {
            assertThat(vocabulary.indexOf(vocabulary.id(index))).isEqualTo(index);
        }
        assertThat(vocabulary.indexOf("item-1")).isEqualTo(Vocabulary.UNKNOWN);
        assertThat(vocabulary.contains("item-")).isFalse();
    }

    @Test
    void of_nothing_isEmpty() {
        assertThat(Vocabulary.of(List.of()).size()).isZero();
        assertThat(Vocabulary.of(List.of()).indexOf("x")).isEqualTo(Vocabulary.UNKNOWN);
    }

    @Test
    void inOrder_repeatedId_isNamed() {
        assertThatThrownBy(() -> Vocabulary.inOrder(List.of("b", "a", "b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ids must be distinct, got \"b\" at both 0 and 2");
    }
}
