package io.github.recsys4j.data;

import io.github.recsys4j.DatasetException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The column names of a file; a column without a name is not read. */
record Header(DataFile file, List<String> names) {

    /** Checks that no name stands twice. */
    Header {
        names = List.copyOf(names);
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!name.isEmpty() && !seen.add(name)) {
                throw new DatasetException(file + " has two columns \"" + name + "\"; rename one.");
            }
        }
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /** The place of a column that must be there. */
    int require(String name) {
        int place = names.indexOf(name);
        if (place < 0) {
            String meant = NearestName.of(name, names)
                    .map(near -> " Is it \"" + near + "\"?")
                    .orElse("");
            throw new DatasetException(file + " has no column \"" + name + "\"; its header names: "
                    + String.join(", ", names) + "." + meant
                    + " Rename the column, or say what it is called with columns(ColumnNames.of(user, item)).");
        }
        return place;
    }
}
