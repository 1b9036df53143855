package io.github.recsys4j.retrieval;

import static io.github.recsys4j.retrieval.ItemPredicate.atLeast;
import static io.github.recsys4j.retrieval.ItemPredicate.atMost;
import static io.github.recsys4j.retrieval.ItemPredicate.between;
import static io.github.recsys4j.retrieval.ItemPredicate.equal;
import static io.github.recsys4j.retrieval.ItemPredicate.in;
import static io.github.recsys4j.retrieval.ItemPredicate.not;
import static io.github.recsys4j.retrieval.ItemPredicate.present;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ItemAttributesTest {
    private static final ItemAttributes FILMS = ItemAttributes.builder(new Table(
                    6,
                    List.of(
                            new Column(
                                    "title",
                                    List.of("Alien", "Brazil", "Casablanca", "Delicatessen", "Eraserhead", "Fargo")),
                            new Column(
                                    "genres",
                                    List.of(
                                            "Horror|SciFi",
                                            "SciFi | Comedy",
                                            "Drama",
                                            "Comedy",
                                            "",
                                            "Crime|Drama|Drama")),
                            new Column("year", List.of("1979", "1985", "1942", "", "1977.0", "1996")))))
            .severalValues("genres", "|")
            .build();

    static Stream<Arguments> predicates() {
        return Stream.of(
                Arguments.of(equal("title", "Fargo"), new int[] {5}),
                Arguments.of(equal("title", "fargo"), new int[] {}),
                Arguments.of(in("title", "Alien", "Brazil", "Zardoz"), new int[] {0, 1}),
                Arguments.of(in("title"), new int[] {}),
                Arguments.of(equal("genres", "SciFi"), new int[] {0, 1}),
                Arguments.of(in("genres", "Comedy", "Drama"), new int[] {1, 2, 3, 5}),
                Arguments.of(equal("year", 1977), new int[] {4}),
                Arguments.of(equal("year", "1977"), new int[] {}),
                Arguments.of(between("year", 1977, 1985), new int[] {0, 1, 4}),
                Arguments.of(between("year", 1977.5, 1984.5), new int[] {0}),
                Arguments.of(atLeast("year", 1985), new int[] {1, 5}),
                Arguments.of(atMost("year", 1942), new int[] {2}),
                Arguments.of(present("year"), new int[] {0, 1, 2, 4, 5}),
                Arguments.of(present("genres"), new int[] {0, 1, 2, 3, 5}),
                Arguments.of(not(atLeast("year", 1985)), new int[] {0, 2, 3, 4}),
                Arguments.of(equal("genres", "SciFi").and(atLeast("year", 1980)), new int[] {1}),
                Arguments.of(equal("genres", "Crime").or(not(present("year"))), new int[] {3, 5}),
                Arguments.of(new ItemPredicate.And(List.of()), new int[] {0, 1, 2, 3, 4, 5}),
                Arguments.of(new ItemPredicate.Or(List.of()), new int[] {}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("predicates")
    void filter_ofSixFilms_letsThesePass(ItemPredicate predicate, int[] expected) {
        ItemFilter filter = FILMS.filter(predicate);
        assertThat(filter.allowed(6).stream()).containsExactly(boxed(expected));
        assertThat(FILMS.filter(predicate)).isSameAs(filter);
    }

    private static Integer[] boxed(int[] items) {
        return IntStream.of(items).boxed().toArray(Integer[]::new);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void filter_anyPredicate_equalsGoingThroughTheRows(long seed) {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(500);
        List<String> brands = new ArrayList<>();
        List<String> prices = new ArrayList<>();
        for (int item = 0; item < size; item++) {
            brands.add(random.nextInt(5) == 0 ? "" : "brand" + random.nextInt(8));
            prices.add(random.nextInt(5) == 0 ? "" : String.valueOf(random.nextInt(40) / 2.0));
        }
        ItemAttributes attributes =
                ItemAttributes.of(new Table(size, List.of(new Column("brand", brands), new Column("price", prices))));
        for (int round = 0; round < 200; round++) {
            Condition condition = condition(random, 3, brands, prices);
            int[] expected = IntStream.range(0, size).filter(condition.holds()).toArray();
            ItemFilter filter = attributes.filter(condition.predicate());
            assertThat(filter.allowed(size).stream())
                    .as("%s", condition.predicate())
                    .containsExactly(boxed(expected));
        }
    }

    private record Condition(ItemPredicate predicate, IntPredicate holds) {}

    private static Condition condition(Random random, int depth, List<String> brands, List<String> prices) {
        int kind = random.nextInt(depth == 0 ? 3 : 6);
        String brand = "brand" + random.nextInt(9);
        double least = random.nextInt(20);
        double greatest = least + random.nextInt(10);
        return switch (kind) {
            case 0 ->
                new Condition(equal("brand", brand), item -> brands.get(item).equals(brand));
            case 1 ->
                new Condition(
                        between("price", least, greatest),
                        item -> !prices.get(item).isEmpty()
                                && Double.parseDouble(prices.get(item)) >= least
                                && Double.parseDouble(prices.get(item)) <= greatest);
            case 2 -> new Condition(present("brand"), item -> !brands.get(item).isEmpty());
            case 3 -> {
                Condition part = condition(random, depth - 1, brands, prices);
                yield new Condition(not(part.predicate), part.holds.negate());
            }
            default -> {
                Condition one = condition(random, depth - 1, brands, prices);
                Condition other = condition(random, depth - 1, brands, prices);
                yield kind == 4
                        ? new Condition(one.predicate.and(other.predicate), one.holds.and(other.holds))
                        : new Condition(one.predicate.or(other.predicate), one.holds.or(other.holds));
            }
        };
    }

    @Test
    void filter_wrongPredicate_saysWhatIsThere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FILMS.filter(not(equal("genre", "Drama"))))
                .withMessage(
                        "column \"genre\" is not there, the items have [title, genres, year]: did you mean \"genres\"?");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FILMS.filter(equal("director", "Scott")))
                .withMessage("column \"director\" is not there, the items have [title, genres, year]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FILMS.filter(atLeast("title", 3)))
                .withMessage(
                        "column \"title\" must hold numbers to be compared with 3.0, but it holds \"Alien\": ask for"
                                + " its values with equal or in");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> between("year", 3, 2))
                .withMessage("range of column \"year\" must begin at or below its end, got 3.0 to 2.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> atLeast("year", Double.NaN))
                .withMessage("range of column \"year\" must begin at or below its end, got NaN to Infinity");
        ItemAttributes.Builder builder = ItemAttributes.builder(Table.empty(3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.severalValues("genres", "|"))
                .withMessage("column \"genres\" is not there, the items have []");
    }

    @Test
    void severalValues_emptySeparator_isRefused() {
        ItemAttributes.Builder builder =
                ItemAttributes.builder(new Table(1, List.of(new Column("genres", List.of("a|b")))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.severalValues("genres", ""))
                .withMessage("separator of column \"genres\" must not be empty");
    }

    @Test
    void and_anyTwoFilters_letPassWhatBothDo() {
        List<ItemFilter> filters = List.of(
                ItemFilter.none(),
                ItemFilter.excluding(1, 4),
                ItemFilter.only(0, 1, 2),
                FILMS.filter(present("year")).andExcluding(2),
                FILMS.filter(in("genres", "SciFi", "Drama")));
        for (ItemFilter one : filters) {
            for (ItemFilter other : filters) {
                java.util.BitSet expected = one.allowed(6);
                expected.and(other.allowed(6));
                assertThat(one.and(other).allowed(6)).isEqualTo(expected);
            }
        }
    }
}
