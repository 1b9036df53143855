package io.github.recsys4j.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the rows of one or more files that describe items, or users, until the vocabulary is known. Not thread-safe. */
final class TableCollector {
    private final String idName;
    private final ReadLimits limits;
    private final Map<String, Integer> rowOfId = new LinkedHashMap<>();
    private final Map<String, List<String>> columns = new LinkedHashMap<>();

    TableCollector(String idName, ReadLimits limits) {
        this.idName = idName;
        this.limits = limits;
    }

    /** Makes sure that there is such a column, empty in the rows so far. */
    void addColumn(String name) {
        columns.computeIfAbsent(name, key -> new ArrayList<>(Collections.nCopies(rowOfId.size(), "")));
    }

    boolean contains(String id) {
        return rowOfId.containsKey(id);
    }

    /** Adds a row whose id must be new. */
    void add(String id, List<String> names, List<String> values) throws BadRow {
        if (id.isEmpty()) {
            throw new BadRow(idName + " is empty; expected an id");
        }
        if (rowOfId.containsKey(id)) {
            throw new BadRow(idName + " \"" + id + "\" stands twice; expected one row for each");
        }
        for (int field = 0; field < values.size(); field++) {
            if (values.get(field).length() > limits.maxFieldBytes()) {
                throw BadRow.field(
                        names.get(field),
                        values.get(field),
                        "at most " + limits.maxFieldBytes() + " characters (ReadLimits.maxFieldBytes)");
            }
        }
        rowOfId.put(id, rowOfId.size());
        columns.values().forEach(column -> column.add(""));
        for (int field = 0; field < values.size(); field++) {
            List<String> column = columns.get(names.get(field));
            if (column != null) {
                column.set(column.size() - 1, values.get(field));
            }
        }
    }

    Collection<String> ids() {
        return rowOfId.keySet();
    }

    /** The rows in the order of a vocabulary; an id without a row gets empty fields. */
    Table table(Vocabulary vocabulary) {
        List<Column> ordered = new ArrayList<>();
        columns.forEach((name, values) -> ordered.add(new Column(name, inOrder(values, vocabulary))));
        return new Table(vocabulary.size(), ordered);
    }

    private List<String> inOrder(List<String> values, Vocabulary vocabulary) {
        String[] ordered = new String[vocabulary.size()];
        Arrays.fill(ordered, "");
        rowOfId.forEach((id, row) -> {
            int index = vocabulary.indexOf(id);
            if (index != Vocabulary.UNKNOWN) {
                ordered[index] = values.get(row);
            }
        });
        return Arrays.asList(ordered);
    }
}
