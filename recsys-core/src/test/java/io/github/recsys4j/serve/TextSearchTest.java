package io.github.recsys4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.recsys4j.InferenceException;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TextSearchTest {
    private static final Vocabulary ITEMS = Vocabulary.inOrder(List.of("9", "b", "c", "d"));
    private static final Table TABLE = new Table(
            4,
            List.of(
                    new Column(
                            "title", List.of("Blade Runner", "The Running Man", "Chariots of Fire", "Le Café d'Été")),
                    new Column("tags", List.of("android, rain", "game show", "running, olympics", ""))));

    private final TextSearch search = TextSearch.of(ITEMS, TABLE, List.of("title", "tags"));

    @AfterEach
    void close() {
        search.close();
    }

    private List<String> find(String query) {
        return search.search(query, 10).stream().map(Recommendation::itemId).toList();
    }

    @Test
    void search_words_findTitlesBeforeOtherColumns() {
        assertThat(find("running")).containsExactly("b", "c");
        assertThat(find("OLYMPICS")).containsExactly("c");
        assertThat(find("fire rain")).containsExactlyInAnyOrder("9", "c");
    }

    @Test
    void search_lastWord_isAlsoABeginning() {
        assertThat(find("runn")).containsExactlyInAnyOrder("9", "b", "c");
        assertThat(find("runner")).containsExactly("9");
        assertThat(find("café d'é")).containsExactly("d");
    }

    @Test
    void search_strangeQueries_findNothingAndThrowNothing() {
        for (String query : List.of("", "  ", "\"", "title:(", "* OR *", "zzz", "\0", "NOT")) {
            assertThat(find(query)).as(query).isEmpty();
        }
    }

    @Test
    void search_k_cutsTheList() {
        assertThat(search.search("runn", 2)).hasSize(2);
        assertThat(search.search("running", 10))
                .isSortedAccordingTo((one, other) -> Float.compare(other.score(), one.score()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> search.search("runn", 0))
                .withMessage("k must be at least 1, got 0: ask for one item or more");
    }

    @Test
    void search_manyItems_keepsTheirIds() {
        int size = 5000;
        Vocabulary many = Vocabulary.inOrder(
                IntStream.range(0, size).mapToObj(i -> "id" + i).toList());
        List<String> titles = IntStream.range(0, size).mapToObj(i -> "word" + i).toList();
        try (TextSearch large = TextSearch.of(many, new Table(size, List.of(new Column("t", titles))), List.of("t"))) {
            for (int i = 0; i < size; i += 97) {
                assertThat(large.search("word" + i + " x", 1).get(0).itemId()).isEqualTo("id" + i);
            }
        }
    }

    @Test
    void of_badColumns_saysWhich() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextSearch.of(ITEMS, TABLE, List.of("name")))
                .withMessage("items have no column \"name\"; their columns are [title, tags]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextSearch.of(ITEMS, TABLE, List.of()))
                .withMessage("columns must name at least one column to search");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TextSearch.of(ITEMS, Table.empty(3), List.of("title")))
                .withMessage("table must have one row per item = 4, got 3");
    }

    @Test
    void search_closed_isRefused() {
        search.close();
        search.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> search.search("runn", 1))
                .withMessage("text search is closed: index the items again");
    }

    @Test
    void of_withoutLucene_saysWhatToAdd() throws Exception {
        try (URLClassLoader empty = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
            assertThat(Collections.list(empty.getResources("org/apache/lucene")))
                    .isEmpty();
            assertThatExceptionOfType(InferenceException.class)
                    .isThrownBy(() -> TextSearch.requireLucene(empty))
                    .withMessage("Text search needs Lucene, which is not on the class path: add"
                            + " org.apache.lucene:lucene-core:9.12.3 to the application's dependencies");
        }
    }
}
