package io.github.recsys4j.split;

import com.google.common.base.Strings;
import io.github.recsys4j.split.SplitReport.Counts;
import io.github.recsys4j.split.SplitReport.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Renders a {@link SplitReport} as text. */
final class SplitReportText {
    private static final List<String> HEADER = List.of(
            "part",
            "cases",
            "interactions",
            "users",
            "items",
            "users in train",
            "items in train",
            "pairs in train",
            "before own train",
            "before any train");

    private SplitReportText() {}

    static String plain(SplitReport report) {
        List<List<String>> table = table(report);
        int[] widths = IntStream.range(0, HEADER.size())
                .map(column -> table.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return report.protocol() + "\n"
                + table.stream().map(row -> aligned(row, widths) + "\n").collect(Collectors.joining())
                + remarks(report).map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String aligned(List<String> row, int[] widths) {
        return Strings.padEnd(row.get(0), widths[0], ' ')
                + IntStream.range(1, row.size())
                        .mapToObj(column -> "  " + Strings.padStart(row.get(column), widths[column], ' '))
                        .collect(Collectors.joining());
    }

    static String markdown(SplitReport report) {
        List<List<String>> table = table(report);
        String rule = "|---" + "|---:".repeat(HEADER.size() - 1) + "|\n";
        return "**" + report.protocol() + "**\n\n"
                + piped(table.get(0)) + rule
                + table.stream().skip(1).map(SplitReportText::piped).collect(Collectors.joining())
                + "\n"
                + remarks(report).map(line -> "* " + line + "\n").collect(Collectors.joining());
    }

    private static String piped(List<String> row) {
        return "| " + String.join(" | ", row) + " |\n";
    }

    private static List<List<String>> table(SplitReport report) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        Counts train = report.train();
        rows.add(List.of(
                "train",
                "",
                number(train.interactions()),
                number(train.users()),
                number(train.items()),
                "",
                "",
                "",
                "",
                ""));
        report.parts().forEach(part -> rows.add(row(part)));
        return rows;
    }

    private static List<String> row(Part part) {
        return List.of(
                part.name(),
                number(part.cases()),
                number(part.counts().interactions()),
                number(part.counts().users()),
                number(part.counts().items()),
                share(part.overlap().users(), part.userOverlap()),
                share(part.overlap().items(), part.itemOverlap()),
                number(part.leakage().repeatedPairs()),
                number(part.leakage().beforeOwnTraining()),
                number(part.leakage().beforeAnyTraining()));
    }

    private static Stream<String> remarks(SplitReport report) {
        SplitReport.Remainder remainder = report.remainder();
        List<String> lines = new ArrayList<>();
        lines.add("users too short, whole in train: " + number(remainder.usersTooShort()));
        if (remainder.contextInteractions() > 0) {
            lines.add("given as history only, not learned from: " + number(remainder.contextInteractions()) + " rows");
        }
        remainder.dropped().forEach((reason, rows) -> lines.add("dropped, " + reason + ": " + number(rows) + " rows"));
        lines.addAll(report.notes());
        return lines.stream();
    }

    private static String share(int common, double ratio) {
        return number(common) + String.format(Locale.ROOT, " (%.1f %%)", 100 * ratio);
    }

    private static String number(OptionalLong count) {
        return count.isPresent() ? number(count.getAsLong()) : "unknown";
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
