package io.github.recsys4j.data;

import io.github.recsys4j.DatasetException;
import java.util.ArrayList;
import java.util.List;

/** Counts the bad rows of one file and gives up when there are too many. Not thread-safe. */
final class BadRows {
    private static final int EXAMPLES = 5;

    private final DataFile file;
    private final long allowed;
    private final List<String> examples = new ArrayList<>();
    private long count;

    BadRows(DataFile file, ReadLimits limits) {
        this.file = file;
        allowed = limits.maxBadRows();
    }

    /**
     * Counts one.
     *
     * @throws DatasetException if it is one too many
     */
    void add(long line, String problem) {
        String text = file + ":" + line + ": " + problem;
        if (++count > allowed) {
            throw new DatasetException(allowed == 0 ? single(text) : oneTooMany(text));
        }
        if (examples.size() < EXAMPLES) {
            examples.add(text);
        }
    }

    private static String single(String text) {
        return text + ". Fix the row, or skip bad rows with ReadLimits.maxBadRows(n).";
    }

    private String oneTooMany(String text) {
        return text + ". This is one bad row more than ReadLimits.maxBadRows(" + allowed + ") allows; the first was "
                + examples.get(0) + ".";
    }

    long count() {
        return count;
    }

    /** The first few, with file and line. */
    List<String> examples() {
        return examples;
    }
}
