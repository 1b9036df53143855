package io.github.recsys4j.retrieval;

import io.github.recsys4j.retrieval.IndexHeader.Links;
import io.github.recsys4j.retrieval.IndexHeader.Numbers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes items and links into an {@link IndexFile}. */
final class IndexWriter {
    private IndexWriter() {}

    /** How an index is searched. */
    record Searching(int width, boolean exhaustive, List<Links> links) {}

    static void write(Path path, CodedItems items, Searching searching) {
        IndexFile.write(path, file -> {
            file.section("vectors", to -> vectors(to, items.vectors()));
            afterVectors(file, items, searching);
        });
    }

    private static void vectors(IndexFile file, VectorRows rows) throws IOException {
        for (int row = 0; row < rows.size(); row += VectorRows.SEGMENT) {
            float[] some = rows.read(row, Math.min(VectorRows.SEGMENT, rows.size() - row));
            file.put(some, some.length);
        }
    }

    /** Writes what is made from vectors that the file holds already. */
    static void afterVectors(IndexFile file, CodedItems items, Searching searching) throws IOException {
        Codes codes = items.codes();
        int size = items.size();
        file.section("codes", to -> to.put(codes.words(), Codes.FIRST, size * codes.wordsPerItem()));
        if (codes.lift().isPresent()) {
            file.section("lift", to -> to.put(codes.lift().get().values(), size));
        }
        file.section("removed", to -> to.put(items.removed(), 0, items.removed().length));
        if (!searching.links().isEmpty()) {
            GraphView graph = items.graph().orElseThrow();
            file.section("base", to -> to.put(graph.base(), GraphView.FIRST, size * graph.capacity(0)));
            file.section("upper", to -> to.put(graph.upper(), 0, graph.upper().length));
            file.section("upperAt", to -> to.put(graph.upperAt(), 0, size));
        }
        double longest = codes.lift().map(Lift::longest).orElse(0.0);
        file.finish(new Numbers(
                items.similarity(),
                size,
                items.dim(),
                codes.step(),
                longest,
                items.numRemoved(),
                searching.width(),
                searching.exhaustive(),
                searching.links()));
    }
}
