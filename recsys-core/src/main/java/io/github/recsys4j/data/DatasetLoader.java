package io.github.recsys4j.data;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.DatasetBuilder.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a data set together from its files. Used once. */
final class DatasetLoader {
    private static final Logger LOG = LoggerFactory.getLogger(DatasetLoader.class);

    private final Parallel parallel;
    private final Unlisted unlisted;
    private final Duplicates duplicates;
    private final InteractionReader reader;
    private final TableReader items;
    private final TableReader users;
    private final TreeMap<String, Long> dropped = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();

    DatasetLoader(ReadOptions options, Parallel parallel, Unlisted unlisted, Duplicates duplicates) {
        this.parallel = parallel;
        this.unlisted = unlisted;
        this.duplicates = duplicates;
        reader = new InteractionReader(options, parallel);
        items = new TableReader(true, options);
        users = new TableReader(false, options);
    }

    Dataset load(List<Source> interactionFiles, List<Source> itemFiles, List<Source> userFiles, Optional<Path> images) {
        readTables(items, itemFiles);
        readTables(users, userFiles);
        interactionFiles.forEach(source -> reader.read(source.file(), source.format()));
        reader.checkAgreement();
        reader.badRows().forEach(bad -> note("bad row", bad));
        IdColumns columns = new IdColumns(reader, parallel);
        Vocabulary itemVocabulary = itemVocabulary(columns, !itemFiles.isEmpty());
        Vocabulary userVocabulary = userVocabulary(columns);
        Interactions sorted = new UserSort(reader.blocks(), parallel, userVocabulary.size()).sort();
        Interactions kept = withoutDuplicates(sorted, itemVocabulary.size());
        LoadReport report = new LoadReport(rowsRead(), kept.size(), dropped, notes);
        LOG.info("{} users, {} items: {}", userVocabulary.size(), itemVocabulary.size(), report.summary());
        return Dataset.of(
                        userVocabulary,
                        itemVocabulary,
                        kept,
                        items.table().table(itemVocabulary),
                        users.table().table(userVocabulary))
                .from(images, report);
    }

    Dataset loadItems(List<Source> itemFiles, Optional<Path> images) {
        readTables(items, itemFiles);
        Vocabulary vocabulary = Vocabulary.of(items.table().ids());
        Interactions nobody = Interactions.ofSorted(new int[1], new int[0], Optional.empty(), Optional.empty());
        return Dataset.of(
                        Vocabulary.inOrder(List.of()),
                        vocabulary,
                        nobody,
                        items.table().table(vocabulary),
                        Table.empty(0))
                .from(images, new LoadReport(0, 0, dropped, notes));
    }

    private void readTables(TableReader table, List<Source> files) {
        for (Source source : files) {
            note("bad row of items or users", table.read(source.file(), source.format()));
        }
    }

    private void note(String reason, BadRows bad) {
        if (bad.count() > 0) {
            drop(reason, bad.count());
            notes.addAll(bad.examples());
        }
    }

    private void drop(String reason, long rows) {
        if (rows > 0) {
            dropped.merge(reason, rows, Long::sum);
        }
    }

    private long rowsRead() {
        return reader.rows()
                + reader.badRows().stream().mapToLong(BadRows::count).sum();
    }

    private Vocabulary itemVocabulary(IdColumns columns, boolean hasTable) {
        UsedIds used = columns.usedItems();
        Collection<String> listed = items.table().ids();
        boolean onlyListed = hasTable && unlisted != Unlisted.KEEP;
        Vocabulary vocabulary = onlyListed ? Vocabulary.of(listed) : union(used.ids(), listed);
        columns.replaceItems(new IdIndex(used, vocabulary));
        if (hasTable) {
            reportUnlisted(used, columns);
        }
        return vocabulary;
    }

    private void reportUnlisted(UsedIds used, IdColumns columns) {
        Vocabulary lacking = Vocabulary.of(
                used.ids().stream().filter(id -> !items.table().contains(id)).toList());
        if (lacking.size() == 0) {
            return;
        }
        String what = lacking.size() + " items of the interactions have no row in the file of items, such as \""
                + lacking.id(0) + "\"";
        if (unlisted == Unlisted.FAIL) {
            throw new DatasetException(
                    what + ". Add them, or call unlistedItems(Unlisted.KEEP) or" + " unlistedItems(Unlisted.DROP).");
        }
        notes.add(what);
        if (unlisted == Unlisted.DROP) {
            long lost = columns.rowsWithoutItem();
            drop("unlisted item", lost);
            if (lost == reader.rows()) {
                throw new DatasetException("no interaction is left: " + what
                        + ". Check that both files mean the same ids, or call unlistedItems(Unlisted.KEEP).");
            }
        }
    }

    private Vocabulary userVocabulary(IdColumns columns) {
        UsedIds used = columns.usedUsers();
        Vocabulary vocabulary = union(used.ids(), users.table().ids());
        columns.replaceUsers(new IdIndex(used, vocabulary));
        return vocabulary;
    }

    private static Vocabulary union(Collection<String> first, Collection<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return Vocabulary.of(all);
    }

    private Interactions withoutDuplicates(Interactions sorted, int numItems) {
        if (duplicates == Duplicates.KEEP) {
            return sorted;
        }
        BitSet kept = new BitSet(sorted.size());
        int[] lastUser = new int[numItems];
        boolean forward = duplicates == Duplicates.KEEP_FIRST;
        for (int user = 0; user < sorted.numUsers(); user++) {
            int count = sorted.count(user);
            for (int i = 0; i < count; i++) {
                int row = forward ? sorted.start(user) + i : sorted.end(user) - 1 - i;
                kept.set(row, lastUser[sorted.item(row)] != user + 1);
                lastUser[sorted.item(row)] = user + 1;
            }
        }
        drop("duplicate", sorted.size() - kept.cardinality());
        return sorted.keep(kept);
    }
}
