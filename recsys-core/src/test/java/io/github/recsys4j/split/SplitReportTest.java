package io.github.recsys4j.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.testing.Events;
import org.junit.jupiter.api.Test;

class SplitReportTest {
    private final Split split = LeaveOneOut.split(
            Events.of("u a 1, u b 2, u c 3, v b 4, v c 5, v b 6, w a 7").dataset());

    @Test
    void toString_leaveOneOut_alignsCountsAndEndsWithNotes() {
        assertThat(split.report())
                .hasToString("""
                        leave-one-out(validation=all)
                        part        cases  interactions  users  items  users in train  items in train  pairs in train  before own train  before any train
                        train                         3      3      2
                        validation      2             2      2      2     2 (100.0 %)      1 (50.0 %)               0                 0                 2
                        test            2             2      2      2     2 (100.0 %)      1 (50.0 %)               1                 0                 2
                        users too short, whole in train: 1
                        equal times keep the order of the file
                        held back per user, not by one instant: training holds what others did after a target
                        """.replace("3      3      2\n", "3      3      2" + " ".repeat(84) + "\n"));
    }

    @Test
    void toMarkdown_leaveOneOut_isATableAndAList() {
        assertThat(split.report().toMarkdown())
                .startsWith("**leave-one-out(validation=all)**\n\n| part | cases | interactions |")
                .contains("\n|---|---:|---:|", "\n| test | 2 | 2 | 2 | 2 | 2 (100.0 %) | 1 (50.0 %) | 1 | 0 | 2 |\n")
                .endsWith("* held back per user, not by one instant: training holds what others did after a target\n");
    }

    @Test
    void part_unknownName_throwsNamingTheParts() {
        assertThatThrownBy(() -> split.report().part("dev"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("part must be one of [validation, test], got \"dev\"");
    }

    @Test
    void group_unknownName_throwsNamingTheGroups() {
        assertThatThrownBy(() -> split.group("cold"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("group must be one of [], got \"cold\"");
    }

    @Test
    void measure_listedCases_leakageInTimeIsUnknown() {
        HeldOut listed = HeldOut.builder(split.train().users(), split.train().items())
                .add(0, new int[] {0}, new int[] {1, 0})
                .build();
        SplitReport report = SplitReport.measure("by hand", split.train(), listed, listed);

        assertThat(report.part("test").leakage().beforeOwnTraining()).isEmpty();
        assertThat(report.part("test").leakage().repeatedPairs()).isEqualTo(1);
        assertThat(report.toString()).contains("unknown");
    }
}
