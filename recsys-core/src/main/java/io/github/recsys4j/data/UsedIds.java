package io.github.recsys4j.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

/** Which ids occur in a column: numbers that stand for themselves, and of the others which of each collector. */
final class UsedIds {
    private final List<IdCollector> collectors;
    private final BitSet numbers = new BitSet();
    private final List<BitSet> texts = new ArrayList<>();

    private UsedIds(List<IdCollector> collectors) {
        this.collectors = collectors;
        collectors.forEach(collector -> texts.add(new BitSet()));
    }

    /** Goes through all blocks on all threads. */
    static UsedIds of(
            List<IdCollector> collectors,
            List<BlockColumns> blocks,
            Parallel parallel,
            BiConsumer<BlockColumns, UsedIds> scan) {
        List<UsedIds> parts = new ArrayList<>();
        for (int thread = 0; thread < parallel.threads(); thread++) {
            parts.add(new UsedIds(collectors));
        }
        parallel.forEach(blocks.size(), (thread, part) -> scan.accept(blocks.get(part), parts.get(thread)));
        UsedIds all = parts.get(0);
        parts.subList(1, parts.size()).forEach(all::addAll);
        return all;
    }

    void add(int collector, int code) {
        if (code >= 0) {
            numbers.set(code);
        } else {
            texts.get(collector).set(-1 - code);
        }
    }

    private void addAll(UsedIds other) {
        numbers.or(other.numbers);
        for (int collector = 0; collector < texts.size(); collector++) {
            texts.get(collector).or(other.texts.get(collector));
        }
    }

    BitSet numbers() {
        return numbers;
    }

    /** The collector's other ids. */
    BitSet texts(int collector) {
        return texts.get(collector);
    }

    List<IdCollector> collectors() {
        return collectors;
    }

    /** The ids themselves; one that two threads met stands twice. */
    Collection<String> ids() {
        List<String> ids = new ArrayList<>(numbers.cardinality());
        numbers.stream().forEach(number -> ids.add(Integer.toString(number)));
        for (int collector = 0; collector < texts.size(); collector++) {
            IdCollector owner = collectors.get(collector);
            texts.get(collector).stream().forEach(text -> ids.add(owner.id(-1 - text)));
        }
        return ids;
    }
}
