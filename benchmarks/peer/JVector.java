import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * A peer of HnswBenchmark: JVector on the same vectors, all cores for building and one thread for queries.
 *
 * <pre>
 * ./mvnw dependency:copy -Dartifact=io.github.jbellis:jvector:4.0.2 -DoutputDirectory=jars
 *   (the same with org.agrona:agrona:1.20.0, org.apache.commons:commons-math3:3.6.1, org.yaml:snakeyaml:2.4,
 *   org.slf4j:slf4j-api:2.0.16)
 * java -Xmx4g -cp 'jars/*' benchmarks/peer/JVector.java VECTORS.f32 QUERIES.f32 TRUTH.i32 DIM K
 * </pre>
 *
 * <p>Files as for {@code hnsw.cpp}. Prints one JSON object.
 */
public final class JVector {
    private static final int LINKS = 32;
    private static final int BUILD_WIDTH = 200;
    private static final int ROUNDS = 5;

    public static void main(String[] arguments) throws IOException {
        int dim = Integer.parseInt(arguments[3]);
        int k = Integer.parseInt(arguments[4]);
        List<VectorFloat<?>> vectors = rows(bytes(arguments[0]), dim);
        List<VectorFloat<?>> queries = rows(bytes(arguments[1]), dim);
        int[] truth = new int[queries.size() * k];
        bytes(arguments[2]).asIntBuffer().get(truth);

        RandomAccessVectorValues values = new ListRandomAccessVectorValues(vectors, dim);
        VectorSimilarityFunction similarity = VectorSimilarityFunction.DOT_PRODUCT;
        long start = System.nanoTime();
        try (GraphIndexBuilder builder = new GraphIndexBuilder(
                BuildScoreProvider.randomAccessScoreProvider(values, similarity),
                dim,
                LINKS,
                BUILD_WIDTH,
                1.2f,
                1.2f,
                true)) {
            ImmutableGraphIndex graph = builder.build(values);
            double seconds = (System.nanoTime() - start) / 1e9;
            StringJoiner points = new StringJoiner(", ");
            try (GraphSearcher searcher = new GraphSearcher(graph)) {
                for (int width : new int[] {10, 14, 20, 28, 40, 56, 80, 112}) {
                    points.add(point(searcher, values, queries, truth, k, width));
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "{\"java\": \"%s\", \"vectors_by\": \"%s\", \"build_seconds\": %.2f, \"curve\": [%s]}%n",
                    System.getProperty("java.version"),
                    VectorizationProvider.getInstance().getClass().getSimpleName(),
                    seconds,
                    points);
        }
    }

    private static String point(
            GraphSearcher searcher,
            RandomAccessVectorValues values,
            List<VectorFloat<?>> queries,
            int[] truth,
            int k,
            int width) {
        double[] seconds = new double[ROUNDS];
        int hits = 0;
        for (int round = -2; round < ROUNDS; round++) {
            hits = 0;
            long start = System.nanoTime();
            for (int row = 0; row < queries.size(); row++) {
                DefaultSearchScoreProvider scores = DefaultSearchScoreProvider.exact(
                        queries.get(row), VectorSimilarityFunction.DOT_PRODUCT, values);
                SearchResult found = searcher.search(scores, k, width, 0f, 0f, Bits.ALL);
                for (SearchResult.NodeScore each : found.getNodes()) {
                    for (int place = row * k; place < (row + 1) * k; place++) {
                        hits += truth[place] == each.node ? 1 : 0;
                    }
                }
            }
            seconds[Math.max(0, round)] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        return String.format(
                Locale.ROOT,
                "{\"width\": %d, \"recall\": %.4f, \"queries_per_second\": %.0f, \"median_queries_per_second\": %.0f}",
                width,
                hits / (double) truth.length,
                queries.size() / seconds[0],
                queries.size() / seconds[ROUNDS / 2]);
    }

    private static List<VectorFloat<?>> rows(ByteBuffer bytes, int dim) {
        List<VectorFloat<?>> rows = new ArrayList<>();
        while (bytes.hasRemaining()) {
            float[] row = new float[dim];
            bytes.asFloatBuffer().get(row);
            bytes.position(bytes.position() + dim * Float.BYTES);
            rows.add(VectorizationProvider.getInstance().getVectorTypeSupport().createFloatVector(row));
        }
        return rows;
    }

    private static ByteBuffer bytes(String file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(Path.of(file))).order(ByteOrder.LITTLE_ENDIAN);
    }
}
