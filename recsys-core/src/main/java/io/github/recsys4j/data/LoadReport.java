package io.github.recsys4j.data;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What reading a data set's files came to.
 *
 * @param rowsRead how many rows of interactions were found, bad ones included
 * @param rowsKept how many of them are in the data set
 * @param dropped how many were not, by reason: {@code bad row}, {@code duplicate}, {@code unlisted item}
 * @param notes what a reader of the data should know, such as the first bad rows and items without columns
 */
public record LoadReport(long rowsRead, long rowsKept, Map<String, Long> dropped, List<String> notes) {

    /**
     * Copies the collections; reasons are in the order of the alphabet.
     *
     * @param rowsRead rows found
     * @param rowsKept rows in the data set
     * @param dropped rows left out, by reason
     * @param notes what a reader should know
     */
    public LoadReport {
        dropped = java.util.Collections.unmodifiableMap(new TreeMap<>(dropped));
        notes = List.copyOf(notes);
    }

    /** {@return one line for a log} */
    public String summary() {
        String reasons = dropped.entrySet().stream()
                .map(entry -> ", " + entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining());
        return rowsKept + " of " + rowsRead + " rows kept" + reasons;
    }
}
