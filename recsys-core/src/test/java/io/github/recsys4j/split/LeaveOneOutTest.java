package io.github.recsys4j.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.testing.Events;
import io.github.recsys4j.testing.RealData;
import io.github.recsys4j.testing.SplitterContract;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LeaveOneOutTest {
    private final Dataset shop = Events.of("u a 1, u b 2, u c 3, u d 4, v a 5, v b 6, v c 7, w a 8, w b 9")
            .dataset();

    @Nested
    class ValidatingAll extends SplitterContract {
        @Override
        protected Splitter splitter() {
            return LeaveOneOut.validatingAll();
        }

        @Override
        protected int minimum() {
            return LeaveOneOut.MINIMUM;
        }
    }

    @Nested
    class ValidatingASample extends SplitterContract {
        /** Half of those who are long enough; where nobody is, there is nothing to sample. */
        @Override
        protected Splitter splitter() {
            return dataset -> {
                long eligible = IntStream.range(0, dataset.users().size())
                        .filter(user -> dataset.interactions().count(user) >= LeaveOneOut.MINIMUM)
                        .count();
                Splitter sampled = LeaveOneOut.withValidationSample((int) Math.max(1, eligible / 2), 42);
                return (eligible == 0 ? LeaveOneOut.validatingAll() : sampled).split(dataset);
            };
        }

        @Override
        protected int minimum() {
            return LeaveOneOut.MINIMUM;
        }
    }

    @Test
    void split_threeUsers_holdsBackTheLastTwoOfWhoeverHasThree() {
        Split split = LeaveOneOut.split(shop);

        assertThat(SplitterContract.describe(split))
                .contains(
                        "validation u [a, b] -> [c]",
                        "test u [a, b, c] -> [d]",
                        "validation v [a] -> [b]",
                        "test v [a, b] -> [c]",
                        "w a",
                        "w b");
        assertThat(split.report().usersTooShort()).isEqualTo(1);
        assertThat(split.report().protocol()).isEqualTo("leave-one-out(validation=all)");
    }

    @Test
    void split_oneValidationUser_othersTrainOnAllButTheTestItem() {
        Split split = LeaveOneOut.withValidationUsers(List.of("v")).split(shop);

        assertThat(SplitterContract.describe(split))
                .contains("u a", "u b", "u c", "v a", "validation v [a] -> [b]", "test u [a, b, c] -> [d]")
                .doesNotContain("v b", "u d");
    }

    @Test
    void split_laterRowsOfOthers_areCountedAsLeakage() {
        SplitReport.Leakage leakage =
                LeaveOneOut.split(shop).report().part("test").leakage();

        assertThat(leakage.beforeOwnTraining()).hasValue(0);
        assertThat(leakage.beforeAnyTraining()).hasValue(2);
    }

    @Test
    void split_targetSeenBefore_isCountedAsRepeated() {
        Split split = LeaveOneOut.split(Events.of("u a 1, u b 2, u c 3, u a 4").dataset());

        assertThat(split.report().part("test").leakage().repeatedPairs()).isEqualTo(1);
    }

    @Test
    void sample_otherUsersGone_choosesInTheSameOrder() {
        Events all = Events.random(100, 3);
        Events half = new Events(all.list().stream()
                .filter(event -> Integer.parseInt(event.user().substring(1)) % 2 == 0)
                .toList());
        List<String> ofAll = validated(all, 60);
        List<String> ofHalf = validated(half, 20);

        assertThat(ofAll).hasSize(60);
        assertThat(ofHalf.stream().filter(ofAll::contains).count())
                .as("of the 20 first among half of the users, those among the 60 first of all")
                .isGreaterThan(15);
        assertThat(validated(all, 30)).isSubsetOf(ofAll);
    }

    private static List<String> validated(Events events, int count) {
        HeldOut cases = LeaveOneOut.withValidationSample(count, 7)
                .split(events.dataset())
                .validation();
        return cases.cases()
                .mapToObj(index -> cases.users().id(cases.user(index)))
                .toList();
    }

    @Test
    void sample_anotherSeed_isAnotherSample() {
        Dataset dataset = Events.random(100, 3).dataset();

        assertThat(SplitterContract.describe(
                        LeaveOneOut.withValidationSample(20, 1).split(dataset)))
                .isNotEqualTo(SplitterContract.describe(
                        LeaveOneOut.withValidationSample(20, 2).split(dataset)));
    }

    @Test
    void sample_ofNobody_throwsWithTheCount() {
        assertThatThrownBy(() -> LeaveOneOut.withValidationSample(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count of validation users must be at least 1, got 0: validate a user or more");
    }

    @Test
    void sample_moreThanThereAre_throwsWithBothCounts() {
        assertThatThrownBy(() -> LeaveOneOut.withValidationSample(3, 1).split(shop))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("count of validation users must be at most the 2 users with 3 interactions or more, got 3:"
                        + " sample fewer, or validate all");
    }

    @Test
    void givenUsers_unknownOrTooShort_throwsNamingTheUser() {
        assertThatThrownBy(() -> LeaveOneOut.withValidationUsers(List.of("x")).split(shop))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("validation user \"x\" is not in the data: give users of the data set");
        assertThatThrownBy(() -> LeaveOneOut.withValidationUsers(List.of("w")).split(shop))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("validation user \"w\" must have at least 3 interactions, got 2: leave this user out");
    }

    @Test
    void ml1m_validationUsersOfThePublishedFolder_sameCasesAndTrainingButForOneRowPerUser() throws IOException {
        Split official = GsasrecFolder.read(RealData.path("ml-1m-gsasrec"));
        HeldOut validation = official.validation();
        List<String> users = validation
                .cases()
                .mapToObj(index -> validation.users().id(validation.user(index)))
                .toList();
        Split ours = LeaveOneOut.withValidationUsers(users).split(pairFile());

        assertThat(ours.train().items()).isEqualTo(official.train().items());
        assertSameCases(ours.validation(), validation);
        assertSameCases(ours.test(), official.test());
        for (int user = 0; user < official.train().users().size(); user++) {
            int[] all = ours.train().interactions().items(user);
            assertThat(official.train().interactions().items(user)).isEqualTo(Arrays.copyOf(all, all.length - 1));
        }
    }

    private static void assertSameCases(HeldOut ours, HeldOut official) {
        assertThat(ours.size()).isEqualTo(official.size());
        for (int index = 0; index < ours.size(); index++) {
            assertThat(ours.user(index)).isEqualTo(official.user(index));
            assertThat(ours.history(index)).isEqualTo(official.history(index));
            assertThat(ours.targets(index)).isEqualTo(official.targets(index));
        }
    }

    @Test
    void ml1m_sampleOf512_validates512AndTestsEverybody() throws IOException {
        Split split = LeaveOneOut.withValidationSample(512, 42).split(pairFile());

        assertThat(split.report().validationCases()).isEqualTo(512);
        assertThat(split.report().testCases()).isEqualTo(6040);
        assertThat(split.report().trainInteractions()).isEqualTo(999_611 - 6040 - 512);
    }

    private static Dataset pairFile() throws IOException {
        List<String[]> pairs = Files.readAllLines(RealData.path("ml-1m-gsasrec", "ml-1m.txt")).stream()
                .map(line -> line.split(" ", -1))
                .toList();
        Vocabulary users = Vocabulary.of(pairs.stream().map(pair -> pair[0]).toList());
        Vocabulary items = Vocabulary.of(pairs.stream().map(pair -> pair[1]).toList());
        int[] offsets = new int[users.size() + 1];
        pairs.forEach(pair -> offsets[users.indexOf(pair[0]) + 1]++);
        Arrays.parallelPrefix(offsets, Integer::sum);
        int[] rows = pairs.stream().mapToInt(pair -> items.indexOf(pair[1])).toArray();
        return Dataset.of(users, items, Interactions.ofSorted(offsets, rows, Optional.empty(), Optional.empty()));
    }
}
