package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Writes vectors as they come, then reads them again for their codes, whose step is known by then. */
final class CompactWriter {
    private final IndexFile file;
    private final int dim;
    private final Similarity similarity;
    private float largest;
    private int items;

    private CompactWriter(IndexFile file, int dim, Similarity similarity) {
        this.file = file;
        this.dim = dim;
        this.similarity = similarity;
    }

    static void write(IndexFile file, Iterator<float[]> blocks, int dim, Similarity similarity, int width)
            throws IOException {
        CompactWriter writer = new CompactWriter(file, dim, similarity);
        file.section("vectors", to -> writer.vectors(blocks));
        checkArgument(writer.items > 0, "vectors must hold at least one item, got none");
        IndexWriter.afterVectors(file, writer.coded(), IndexWriter.Searching.codes(width, false));
    }

    private void vectors(Iterator<float[]> blocks) throws IOException {
        while (blocks.hasNext()) {
            float[] rows = blocks.next();
            items = Math.addExact(items, Vectors.checkedRows("vectors", rows, dim));
            float[] kept = similarity.prepared(rows, dim);
            largest = Math.max(largest, CodedItems.largest(kept));
            file.put(kept, kept.length);
        }
    }

    private CodedItems coded() throws IOException {
        int words = CodeKernel.words(dim);
        Codes codes = new Codes(Codes.room(items, words), words, CodedItems.step(largest), Optional.empty());
        ByteBuffer bytes =
                ByteBuffer.allocate(VectorRows.SEGMENT * dim * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        float[] rows = new float[VectorRows.SEGMENT * dim];
        for (int from = 0; from < items; from += VectorRows.SEGMENT) {
            int count = Math.min(VectorRows.SEGMENT, items - from);
            file.read(IndexFile.HEADER_ROOM + 4L * from * dim, bytes.clear().limit(4 * count * dim));
            bytes.flip().asFloatBuffer().get(rows, 0, count * dim);
            codes.pack(rows, from, count, dim);
        }
        return CodedItems.plain(similarity, new VectorRows(dim, items, List.of()), codes);
    }
}
