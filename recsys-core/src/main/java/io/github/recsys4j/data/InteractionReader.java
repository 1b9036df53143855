package io.github.recsys4j.data;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.ProgressListener.Progress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Reads files of interactions into columns of codes: several threads take blocks of a file in turn and parse them
 * apart; the blocks are then put in the order of the file, so that the result does not depend on the threads.
 */
final class InteractionReader {
    private final ReadOptions options;
    private final Parallel parallel;
    private final List<IdCollector> users = new ArrayList<>();
    private final List<IdCollector> items = new ArrayList<>();
    private final List<BlockColumns> blocks = new ArrayList<>();
    private final List<BadRows> badRows = new ArrayList<>();
    private long rows;

    InteractionReader(ReadOptions options, Parallel parallel) {
        this.options = options;
        this.parallel = parallel;
        for (int worker = 0; worker < parallel.threads(); worker++) {
            users.add(new IdCollector("user id", options.limits()));
            items.add(new IdCollector("item id", options.limits()));
        }
    }

    /** Reads a file and appends its rows. */
    void read(DataFile file, DataFormat format) {
        long rowsBefore = rows;
        FilePlan plan = FilePlan.of(file, format, options);
        BlockResults results = new BlockResults();
        try (BlockSource source = new BlockSource(file, options.limits())) {
            long total = file.plainBytes().orElse(-1);
            parallel.onEachThread(worker -> work(worker, source, plan, results), () -> report(source, total));
        }
        if (results.quotesSeen()) {
            accept(file, format, new QuotedReader(file, options.limits()).read((DelimitedParser) parser(plan, 0)));
        } else {
            accept(file, format, results.blocks());
            results.failure().ifPresent(problem -> {
                throw problem;
            });
        }
        checkRows(file, rowsBefore);
    }

    /** Checks that the files agree on what a row has; there must be one. */
    void checkAgreement() {
        boolean times = blocks.get(0).times.isPresent();
        boolean values = blocks.get(0).values.isPresent();
        if (blocks.stream().anyMatch(block -> block.times.isPresent() != times)) {
            throw new DatasetException("some files of interactions have times and some have none."
                    + " Load them apart, or leave the column out with columns(ColumnNames.of(user, item)).");
        }
        if (blocks.stream().anyMatch(block -> block.values.isPresent() != values)) {
            throw new DatasetException("some files of interactions have values and some have none."
                    + " Load them apart, or leave the column out with columns(ColumnNames.of(user, item)).");
        }
    }

    private void work(int worker, BlockSource source, FilePlan plan, BlockResults results) {
        RowParser parser = parser(plan, worker);
        Block block = source.newBlock();
        try {
            while (!results.isStopped() && source.next(block)) {
                BlockColumns parsed = parser.parse(block, worker);
                results.put(block.number, parsed);
                if (parser.quotesSeen()) {
                    results.stopForQuotes();
                } else if (parsed.badLines.size() > options.limits().maxBadRows()) {
                    results.stop();
                }
            }
        } catch (DatasetException e) {
            results.stopFor(e);
        }
    }

    private RowParser parser(FilePlan plan, int worker) {
        RowBuffer buffer = new RowBuffer(plan.hasTimes(), plan.hasValues());
        return plan.parsers().apply(new RowSetup(options.limits(), users.get(worker), items.get(worker), buffer));
    }

    private void accept(DataFile file, DataFormat format, Collection<BlockColumns> parsed) {
        BadRows bad = new BadRows(file, options.limits());
        badRows.add(bad);
        long linesBefore = 0;
        for (BlockColumns block : parsed) {
            for (BlockColumns.BadLine line : block.badLines) {
                bad.add(linesBefore + line.line(), line.problem());
            }
            if (format == DataFormat.SEQUENCES) {
                numberUsers(block, linesBefore, file);
            }
            linesBefore += block.lines;
            rows += block.rows();
            blocks.add(block);
        }
    }

    private static void numberUsers(BlockColumns block, long linesBefore, DataFile file) {
        if (linesBefore + block.lines >= IdCollector.NUMBERS) {
            throw new DatasetException(file + " has more than " + IdCollector.NUMBERS + " lines; split it.");
        }
        for (int row = 0; row < block.rows(); row++) {
            block.users[row] += (int) linesBefore;
        }
    }

    private void checkRows(DataFile file, long rowsBefore) {
        if (rows > options.limits().maxRows()) {
            throw new DatasetException(file + " brings the interactions to " + rows + "; expected at most "
                    + options.limits().maxRows() + " (ReadLimits.maxRows). Filter the file first.");
        }
        if (rows == rowsBefore) {
            throw new DatasetException(file + " holds no interactions, only a header, blank lines or bad rows.");
        }
    }

    private void report(BlockSource source, long total) {
        options.progress().onProgress(new Progress("load", source.bytesRead(), total, Map.of()));
    }

    /** The blocks of all files so far, in order. */
    List<BlockColumns> blocks() {
        return blocks;
    }

    List<IdCollector> users() {
        return users;
    }

    List<IdCollector> items() {
        return items;
    }

    /** The bad rows of each file that were skipped. */
    List<BadRows> badRows() {
        return badRows;
    }

    long rows() {
        return rows;
    }
}
