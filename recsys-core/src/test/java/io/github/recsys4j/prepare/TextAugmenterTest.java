package io.github.recsys4j.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextAugmenterTest {
    private static final String TEXT = "one two three four five six seven eight nine ten";

    @Test
    void variants_sameSeed_areTheSameAndBeginWithTheText() {
        List<String> variants = TextAugmenter.defaults(1).variants(TEXT, 20);
        assertThat(variants).startsWith(TEXT).doesNotHaveDuplicates().hasSizeBetween(10, 21);
        assertThat(TextAugmenter.defaults(1).variants(TEXT, 20)).isEqualTo(variants);
        assertThat(variants)
                .startsWith(TextAugmenter.defaults(1).variants(TEXT, 5).toArray(String[]::new));
        assertThat(TextAugmenter.defaults(2).variants(TEXT, 20)).isNotEqualTo(variants);
    }

    @Test
    void variants_deletion_leavesAboutThatShareOut() {
        long words = new TextAugmenter(0.3, 0, 3)
                .variants(TEXT, 1000).stream()
                        .mapToLong(text -> text.split(" ").length)
                        .sum();
        long texts = new TextAugmenter(0.3, 0, 3).variants(TEXT, 1000).size();
        assertThat((double) words / texts).isBetween(6.0, 7.6);
    }

    @Test
    void variants_extremes_keepAtLeastOneWordAndAllWords() {
        assertThat(new TextAugmenter(1, 0, 4).variants(TEXT, 50))
                .allSatisfy(text -> assertThat(TEXT).contains(text));
        assertThat(new TextAugmenter(0, 1, 4).variants("a b c", 3)).containsExactly("a b c", "b c a");
        assertThat(new TextAugmenter(0, 0, 4).variants(TEXT, 3)).containsExactly(TEXT);
        assertThat(TextAugmenter.defaults(1).variants("", 3)).containsExactly("");
        assertThat(TextAugmenter.defaults(1).variants(TEXT, 0)).containsExactly(TEXT);
    }

    @Test
    void augmenter_wrongSettings_saysWhatIsAllowed() {
        assertThatThrownBy(() -> new TextAugmenter(1.1, 0, 1))
                .hasMessage("deleteProbability must be from 0 to 1, got 1.1");
        assertThatThrownBy(() -> new TextAugmenter(0, -1, 1))
                .hasMessage("swapProbability must be from 0 to 1, got -1.0");
        assertThatThrownBy(() -> TextAugmenter.defaults(1).variants(TEXT, -1))
                .hasMessage("count must be at least 0, got -1");
    }
}
