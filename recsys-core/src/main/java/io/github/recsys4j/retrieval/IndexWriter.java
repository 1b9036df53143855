package io.github.recsys4j.retrieval;

import io.github.recsys4j.retrieval.IndexHeader.Links;
import io.github.recsys4j.retrieval.IndexHeader.Lists;
import io.github.recsys4j.retrieval.IndexHeader.Numbers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes items and links into an {@link IndexFile}. */
final class IndexWriter {
    private IndexWriter() {}

    /** How an index is searched. */
    record Searching(int width, boolean exhaustive, List<Links> links, List<IvfOptions> lists) {

        static Searching codes(int width, boolean exhaustive) {
            return new Searching(width, exhaustive, List.of(), List.of());
        }

        static Searching graph(int width, boolean exhaustive, Links links) {
            return new Searching(width, exhaustive, List.of(links), List.of());
        }

        static Searching lists(int probes, boolean exhaustive, IvfOptions options) {
            return new Searching(probes, exhaustive, List.of(), List.of(options));
        }
    }

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
        List<Lists> lists = new ArrayList<>();
        for (IvfOptions options : searching.lists()) {
            ListView view = items.lists().orElseThrow();
            file.section("centres", to -> to.put(view.centres(), view.centres().length));
            file.section("listOf", to -> to.put(view.listOf(size), 0, size));
            lists.add(new Lists(view.lists().length, view.trained(), options));
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
                searching.links(),
                lists));
    }
}
