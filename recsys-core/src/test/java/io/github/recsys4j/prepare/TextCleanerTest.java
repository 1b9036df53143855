package io.github.recsys4j.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.data.Column;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextCleanerTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '#', quoteCharacter = '~', textBlock = """
                    plain words # plain words
                    ~  many\t spaces ~ # many spaces
                    <b>H</b>ello <i>you</i> # Hello you
                    one<br>two<p>three</p> # one two three
                    <a href="x>y">link</a> # y">link
                    a < b and c > d # a < b and c > d
                    I <3 you # I <3 you
                    before<!-- <b>hidden</b> -->after # before after
                    x<script>if (a < b) alert('</p>')</script>y # x y
                    x<STYLE>p {}</Style>y # x y
                    cut off <b # cut off
                    salt &amp; pepper &lt;b&gt; # salt & pepper <b>
                    AT&T & others; # AT&T & others;
                    &unknown; stays # &unknown; stays
                    ﬁne ﬁsh ① Ａ # fine fish 1 A
                    """)
    void apply_text_becomesPlain(String text, String expected) {
        assertThat(TextCleaner.defaults().apply(text)).isEqualTo(expected);
    }

    @Test
    void apply_entitiesByNumber_becomeCharacters() {
        TextCleaner cleaner = TextCleaner.defaults();
        assertThat(cleaner.apply("&#39;caf&#xe9;&#39;")).isEqualTo("'café'");
        assertThat(cleaner.apply("&#128512; &#99999999; &#0; &#x;")).isEqualTo("\uD83D\uDE00 &#99999999; &#0; &#x;");
    }

    @Test
    void apply_junk_vanishes() {
        assertThat(TextCleaner.defaults().apply("\uFEFFa\u0000b\uD800c\u0007 \u00A0\u2003d\u0085"))
                .isEqualTo("abc d");
    }

    @Test
    void apply_settings_areFollowed() {
        assertThat(TextCleaner.defaults().withLowerCase(true).apply("ÄBC <B>d</B>"))
                .isEqualTo("äbc d");
        assertThat(new TextCleaner(false, false, 100).apply("<b>x</b> &amp;")).isEqualTo("<b>x</b> &amp;");
        assertThat(TextCleaner.defaults().withMaxLength(4).apply("ab  cd ef")).isEqualTo("ab c");
        assertThat(TextCleaner.defaults().withMaxLength(3).apply("ab \uD83D\uDE00"))
                .isEqualTo("ab");
    }

    /** Hostile input takes no longer than its length, and nothing is lost or grows. */
    @Test
    void apply_randomMarkup_endsAndIsStable() {
        Random random = new Random(5);
        String[] parts = {"<", ">", "<!--", "-->", "<script>", "</", "&", "&amp;", "#", ";", "a", " ", "\uD83D", "é"};
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            random.ints(random.nextInt(60), 0, parts.length).forEach(part -> text.append(parts[part]));
            String clean = TextCleaner.defaults().apply(text.toString());
            assertThat(clean).isEqualTo(clean.strip()).doesNotContain("  ");
            assertThat(clean.length()).isLessThanOrEqualTo(text.length());
        }
        assertThat(TextCleaner.defaults().apply("<".repeat(200_000))).hasSize(100_000);
        assertThat(TextCleaner.defaults().apply("&".repeat(200_000))).hasSize(100_000);
        assertThat(TextCleaner.defaults().apply("<a".repeat(200_000))).isEmpty();
    }

    @Test
    void clean_column_reportsWhatIsLeftOut() {
        TextCleaner.CleanColumn clean =
                TextCleaner.defaults().clean(new Column("plot", List.of("<b>good</b>", "", "<br/> &nbsp;", "fine")));
        assertThat(clean.column()).isEqualTo(new Column("plot", List.of("good", "", "", "fine")));
        assertThat(clean.report())
                .hasToString("text column plot: 2 of 4 kept, absent: 1, nothing but markup or white space: 1");
        assertThat(clean.report().examples()).containsExactly("row 1", "row 2");
    }

    @Test
    void withMaxLength_none_saysWhatIsAllowed() {
        assertThatThrownBy(() -> TextCleaner.defaults().withMaxLength(0))
                .hasMessage("maxLength must be at least 1, got 0");
    }
}
