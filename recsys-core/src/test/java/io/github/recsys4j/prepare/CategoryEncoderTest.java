package io.github.recsys4j.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Table;
import java.util.List;
import org.junit.jupiter.api.Test;

class CategoryEncoderTest {
    private static final Table TABLE = new Table(
            5,
            List.of(
                    new Column("genres", List.of("Drama|Comedy", "Drama", "", "Comedy|Western| ", "Horror|Noir")),
                    new Column("language", List.of("en", "en", "fr", "", "de"))));

    @Test
    void apply_severalCategories_setsOneFloatForEach() {
        CategoryEncoder encoder =
                CategoryEncoder.fit(new CategoryEncoder.Source("genres", "|", 2), TABLE, row -> row < 4);
        assertThat(encoder.categories()).containsExactly("Comedy", "Drama", "(rare)");
        CategoryEncoder.Encoded encoded = encoder.apply(TABLE);
        assertThat(encoded.rows().row(0)).containsExactly(1, 1, 0);
        assertThat(encoded.rows().row(3)).containsExactly(1, 0, 1);
        assertThat(encoded.rows().row(4)).containsExactly(0, 0, 1);
        assertThat(encoded.rows().present(2)).isFalse();
        assertThat(encoded.report()).hasToString("categories genres: 4 of 7 kept, rare: 3");
        assertThat(encoded.report().examples()).containsExactly("Western", "Horror", "Noir");
    }

    @Test
    void group_rareValues_shareOneName() {
        CategoryEncoder encoder =
                CategoryEncoder.fit(new CategoryEncoder.Source("language", "", 2), TABLE, row -> true);
        assertThat(encoder.group(TABLE)).isEqualTo(new Column("language", List.of("en", "en", "(rare)", "", "(rare)")));
    }

    @Test
    void fromJson_ofToJson_isEqual() {
        CategoryEncoder encoder = CategoryEncoder.fit(new CategoryEncoder.Source("genres", "|", 1), TABLE, row -> true);
        assertThat(CategoryEncoder.fromJson(encoder.toJson()))
                .isEqualTo(encoder)
                .hasSameHashCodeAs(encoder);
        assertThat(encoder).hasToString("genres[Comedy, Drama, Horror, Noir, Western, (rare)]");
        assertThatThrownBy(() -> CategoryEncoder.fromJson("{}"))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("settings of categories cannot be read: ");
    }

    @Test
    void fit_wrongSource_saysWhatIsExpected() {
        assertThatThrownBy(() -> CategoryEncoder.fit(new CategoryEncoder.Source("tag", "", 1), TABLE, row -> true))
                .hasMessage("there is no column \"tag\"; the columns are [genres, language].");
        assertThatThrownBy(() -> new CategoryEncoder.Source("tag", "", 0))
                .hasMessage("minRows of column tag must be at least 1, got 0");
    }
}
