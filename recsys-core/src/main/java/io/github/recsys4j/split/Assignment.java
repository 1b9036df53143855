package io.github.recsys4j.split;

import com.google.common.collect.ImmutableMap;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.split.SplitReport.Part;
import io.github.recsys4j.split.SplitReport.Remainder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each row of a data set its role and turns the result into a {@link Split}: the bookkeeping that all
 * splitters share. Rows train until they are told otherwise. Not thread-safe.
 */
final class Assignment {
    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);
    private static final String TIE_RULE = "equal times keep the order of the file";
    private static final String NO_TIMES = "no times: the position in a user's sequence is the time";

    private static final String NOTHING_HELD =
            "nothing was held back: the data has nothing that could be held back this way";

    private final Dataset dataset;
    private final Interactions rows;
    private final byte[] roles;
    private final List<String> groups;
    private final Map<String, Long> dropped = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private int usersTooShort;

    Assignment(Dataset dataset, String... groups) {
        this(dataset, new byte[dataset.interactions().size()], List.of(groups));
        notes.add(rows.hasTimes() ? TIE_RULE : NO_TIMES);
    }

    private Assignment(Dataset dataset, byte[] roles, List<String> groups) {
        this.dataset = dataset;
        this.roles = roles;
        this.groups = groups;
        rows = dataset.interactions();
    }

    /** Restores what was written; the roles are kept, not copied. */
    static Split restored(Dataset dataset, byte[] roles, SplitManifest manifest) {
        Assignment assignment = new Assignment(dataset, roles, manifest.groups());
        assignment.dropped.putAll(manifest.dropped());
        assignment.notes.addAll(manifest.notes());
        assignment.usersTooShort = manifest.usersTooShort();
        return assignment.toSplit(manifest.protocol());
    }

    Interactions rows() {
        return rows;
    }

    byte role(int row) {
        return roles[row];
    }

    void set(int row, byte role) {
        roles[row] = role;
    }

    void setRange(int from, int to, byte role) {
        Arrays.fill(roles, from, to, role);
    }

    void drop(int row, String reason) {
        roles[row] = Layout.DROPPED;
        dropped.merge(reason, 1L, Long::sum);
    }

    /** Also counts the user if so. */
    boolean isTooShort(int user, int minimum) {
        return isShort(rows.count(user), minimum);
    }

    /** Whether so many rows of one user are too few; counts the user if so, unless there are none. */
    boolean isShort(int count, int minimum) {
        if (count > 0 && count < minimum) {
            usersTooShort++;
        }
        return count < minimum;
    }

    void note(String line) {
        notes.add(line);
    }

    Split toSplit(String protocol) {
        return toSplit(protocol, new Layout(rows, roles, groups));
    }

    private Split toSplit(String protocol, Layout layout) {
        Dataset train = dataset.withInteractions(rows.filter(row -> roles[row] == Layout.TRAIN));
        HeldOut validation = heldOut(layout, Layout.VALIDATION);
        HeldOut test = heldOut(layout, Layout.TEST);
        Map<String, HeldOut> others = others(layout);
        SplitMeasure measure = new SplitMeasure(train);
        List<Part> parts = new ArrayList<>();
        parts.add(measure.part(SplitReport.VALIDATION, validation));
        parts.add(measure.part(SplitReport.TEST, test));
        others.forEach((name, cases) -> parts.add(measure.part(name, cases)));
        warnIfEmpty(protocol, parts);
        Remainder remainder = new Remainder(usersTooShort, layout.count(Layout.CONTEXT), dropped);
        return new Split(
                train, validation, test, others, new SplitReport(protocol, measure.train(), parts, remainder, notes));
    }

    private HeldOut heldOut(Layout layout, byte role) {
        return new HeldOut(dataset.users(), dataset.items(), new Cases.OfRows(layout, role, layout.usersWith(role)));
    }

    private Map<String, HeldOut> others(Layout layout) {
        ImmutableMap.Builder<String, HeldOut> others = ImmutableMap.builder();
        for (int group = 0; group < groups.size(); group++) {
            others.put(groups.get(group), heldOut(layout, (byte) (Layout.FIRST_GROUP + group)));
        }
        return others.build();
    }

    private void warnIfEmpty(String protocol, List<Part> parts) {
        if (parts.stream().allMatch(part -> part.cases() == 0)) {
            notes.remove(NOTHING_HELD);
            notes.add(NOTHING_HELD);
            LOG.warn("{} holds nothing back of {} rows of {} users", protocol, rows.size(), rows.numUsers());
        }
    }
}
