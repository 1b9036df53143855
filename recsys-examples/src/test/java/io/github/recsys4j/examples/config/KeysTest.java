package io.github.recsys4j.examples.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
    enum Colour {
        LIGHT_BLUE,
        RED
    }

    record Inner(double rate, boolean on) {}

    record Named(Optional<String> name) {}

    record Outer(int count, long big, float share, String word, Path file, Duration pause, Colour colour, Inner inner) {
        Outer {
            if (count < 0) {
                throw new IllegalArgumentException("count must be at least 0, got " + count);
            }
        }
    }

    private static final Outer DEFAULTS =
            new Outer(1, 2, 0.5f, "a", Path.of("x"), Duration.ofSeconds(3), Colour.RED, new Inner(0.1, true));

    private static Outer read(String yaml) {
        List<Outer> result = new ArrayList<>();
        Keys keys = Keys.of("my.yaml", yaml);
        keys.record("outer", DEFAULTS, result::add);
        keys.finish();
        return result.get(0);
    }

    @Test
    void record_someKeys_keepsTheOtherDefaults() {
        Outer outer = read("outer:\n  count: 7\n  inner:\n    rate: 2.5\n  colour: light-blue\n  pause: 5m\n");

        assertThat(outer)
                .isEqualTo(new Outer(
                        7, 2, 0.5f, "a", Path.of("x"), Duration.ofMinutes(5), Colour.LIGHT_BLUE, new Inner(2.5, true)));
    }

    @Test
    void record_writtenAndReadBack_isTheSame() {
        Map<String, Object> sections = new LinkedHashMap<>();
        sections.put("outer", Records.toMap(DEFAULTS));

        assertThat(read(Yaml.write(sections))).isEqualTo(DEFAULTS);
    }

    @Test
    void record_optionalText_isThereOrNot() {
        List<Named> result = new ArrayList<>();
        Keys.of("my.yaml", "a:\n  name: x\nb: {}\n").record("a", new Named(Optional.empty()), result::add);
        Keys.of("my.yaml", "a: {}\n").record("a", new Named(Optional.empty()), result::add);

        assertThat(result).containsExactly(new Named(Optional.of("x")), new Named(Optional.empty()));
        assertThat(result.stream().map(Records::toMap)).containsExactly(Map.of("name", "x"), Map.of());
    }

    @Test
    void finish_unknownKey_namesLineSectionNearestAndAll() {
        assertThatThrownBy(() -> read("outer:\n  count: 7\n  inner:\n    raet: 2.5\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("my.yaml:4: unknown key \"raet\" in section \"outer.inner\"; did you mean \"rate\"?;"
                        + " known keys: on, rate");
    }

    @Test
    void finish_unknownTopLevelKey_namesIt() {
        assertThatThrownBy(() -> read("outer:\n  count: 7\nelse: 1\n"))
                .hasMessageStartingWith("my.yaml:3: unknown key \"else\"")
                .hasMessageEndingWith("known keys: outer");
    }

    @ParameterizedTest(name = "{0}: {1} must be {2}")
    @CsvSource({
        "count, 1.5, a whole number",
        "count, 99999999999, a whole number",
        "big, many, a whole number",
        "share, much, a number",
        "share, .nan, a number",
        "pause, 5, a length of time such as 90s 5m or 1h",
        "inner, 3, 'a section of \"key: value\" lines'",
        "word, [a], a value",
    })
    void record_wrongType_saysWhatItMustBe(String key, String value, String wanted) {
        assertThatThrownBy(() -> read("outer:\n  " + key + ": " + value + "\n"))
                .isInstanceOf(ConfigException.class)
                .message()
                .satisfies(message -> assertThat(message.replace(",", ""))
                        .startsWith("my.yaml:2: \"outer." + key + "\" must be " + wanted + " got "));
    }

    @Test
    void record_valueThatTheRecordRefuses_isReportedWithTheLine() {
        assertThatThrownBy(() -> read("\nouter:\n  count: -1\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("my.yaml:")
                .hasMessageContaining("\"outer\": count must be at least 0, got -1");
    }

    @Test
    void choice_unknownWord_namesTheNearest() {
        assertThatThrownBy(() -> read("outer:\n  colour: light_blu\n"))
                .hasMessage(
                        "my.yaml:2: \"outer.colour\" must be one of light-blue, red, got \"light_blu\"; did you mean"
                                + " \"light-blue\"?");
    }

    @Test
    void read_sameKeyTwice_isRefusedWithTheLine() {
        assertThatThrownBy(() -> read("outer:\n  count: 1\n  count: 2\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("my.yaml:3: Duplicate field 'count'");
    }

    @Test
    void read_brokenYaml_isRefusedWithTheLine() {
        assertThatThrownBy(() -> read("outer:\n  count: [1\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("my.yaml:")
                .hasMessageEndingWith("correct the YAML");
    }

    @Test
    void read_listAtTheTop_isRefused() {
        assertThatThrownBy(() -> Keys.of("my.yaml", "- a\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("must be a list of \"key: value\" lines, got a list");
    }

    @Test
    void of_missingFile_saysSo() {
        assertThatThrownBy(() -> Keys.of(Path.of("nowhere", "my.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void of_emptyText_hasNoKeys() {
        Keys keys = Keys.of("my.yaml", "# nothing yet\n");
        keys.integer("a", value -> {
            throw new AssertionError("no such key");
        });
        keys.finish();

        assertThat(keys.known()).containsExactly("a");
    }

    @Test
    void variant_byNameOrSection_startsFromItsDefaults() {
        Map<String, Record> variants = Map.of("inner", new Inner(0.1, false), "outer", DEFAULTS);
        List<Record> result = new ArrayList<>();

        Keys.of("my.yaml", "v: inner").variant("v", "outer", variants, result::add);
        Keys.of("my.yaml", "v:\n  type: inner\n  rate: 9").variant("v", "outer", variants, result::add);

        assertThat(result).containsExactly(new Inner(0.1, false), new Inner(9, false));
    }

    @Test
    void variant_sectionWithoutType_meansTheStandardOne() {
        List<Record> result = new ArrayList<>();
        Keys.of("my.yaml", "v:\n  rate: 9").variant("v", "inner", Map.of("inner", new Inner(0.1, false)), result::add);

        assertThat(result).containsExactly(new Inner(9, false));
    }

    @Test
    void variant_unknownType_namesTheTypes() {
        Keys keys = Keys.of("my.yaml", "v:\n  type: iner");

        assertThatThrownBy(() -> keys.variant("v", "inner", Map.of("inner", new Inner(0.1, false)), value -> {}))
                .hasMessage("my.yaml:2: \"v.type\" must be one of inner, got \"iner\"; did you mean \"inner\"?");
    }

    @Test
    void limit_unlimited_isTheLargestInt() {
        List<Integer> values = new ArrayList<>();

        Keys.of("my.yaml", "a: unlimited").limit("a", values::add);
        Keys.of("my.yaml", "a: 3").limit("a", values::add);

        assertThat(values).containsExactly(Integer.MAX_VALUE, 3);
    }

    @Test
    void texts_listOrSingle_bothWork() {
        List<List<String>> values = new ArrayList<>();

        Keys.of("my.yaml", "a: x").texts("a", values::add);
        Keys.of("my.yaml", "a: [x, 1]").texts("a", values::add);
        Keys.of("my.yaml", "a: x, y").texts("a", values::add);

        assertThat(values).containsExactly(List.of("x"), List.of("x", "1"), List.of("x", "y"));
    }

    @Test
    void with_changes_winOverTheFile() {
        List<Outer> result = new ArrayList<>();
        Keys keys = Keys.of("my.yaml", "outer:\n  count: 7\n")
                .with(List.of(
                        new Change("outer.count", "8", "--count"), new Change("outer.inner.rate", "0.25", "--rate")));
        keys.record("outer", DEFAULTS, result::add);

        assertThat(result.get(0).count()).isEqualTo(8);
        assertThat(result.get(0).inner()).isEqualTo(new Inner(0.25, true));
    }

    @Test
    void with_wrongValue_namesTheFlag() {
        Keys keys = Keys.none().with(List.of(new Change("outer.count", "x", "--count")));

        assertThatThrownBy(() -> keys.record("outer", DEFAULTS, value -> {}))
                .hasMessage("--count: \"outer.count\" must be a whole number, got \"x\"");
    }

    @Test
    void with_changeInsideAVariantGivenByName_keepsTheVariant() {
        List<Record> result = new ArrayList<>();
        Keys.of("my.yaml", "v: inner")
                .with(List.of(new Change("v.rate", "3", "--rate")))
                .<Record>variant("v", "inner", Map.of("inner", new Inner(0.1, false)), result::add);

        assertThat(result).containsExactly(new Inner(3, false));
    }
}
