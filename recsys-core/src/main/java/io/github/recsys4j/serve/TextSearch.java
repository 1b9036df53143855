package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import io.github.recsys4j.InferenceException;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import java.util.List;

/**
 * Finds items by words in their titles and other columns, ranked by BM25 with Lucene's defaults
 * ({@code k1 = 1.2, b = 0.75}), words of the query being optional, the last one also as the beginning of a word. The
 * index is in memory.
 *
 * <p>Needs {@code org.apache.lucene:lucene-core} 9.12 on the class path, which this library does not bring along.
 *
 * <p>Thread-safety: safe for many threads. {@link #close()} waits for the searches in flight.
 *
 * @see <a href="https://doi.org/10.1561/1500000019">Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25
 *     and Beyond, 2009</a>
 */
public final class TextSearch implements AutoCloseable {
    private static final String LUCENE = "org.apache.lucene.index.IndexWriter";

    private final LuceneIndex index;

    private TextSearch(LuceneIndex index) {
        this.index = index;
    }

    /**
     * Indexes the items' columns.
     *
     * @param items the items by index
     * @param table what is known of them, row by index
     * @param columns which columns to search, at least one; a word in an earlier column counts twice as much as in the
     *     next
     * @return the search, to be closed by the caller
     * @throws IllegalArgumentException if a column is not there, or the table has another number of rows
     * @throws InferenceException if Lucene is not on the class path
     */
    public static TextSearch of(Vocabulary items, Table table, List<String> columns) {
        requireLucene(TextSearch.class.getClassLoader());
        checkArgument(!columns.isEmpty(), "columns must name at least one column to search");
        checkArgument(
                table.numRows() == items.size(),
                "table must have one row per item = %s, got %s",
                items.size(),
                table.numRows());
        return new TextSearch(LuceneIndex.of(items, table, columns));
    }

    static void requireLucene(ClassLoader loader) {
        try {
            Class.forName(LUCENE, false, loader);
        } catch (ClassNotFoundException e) {
            throw new InferenceException(
                    "Text search needs Lucene, which is not on the class path: add org.apache.lucene:lucene-core:9.12.3"
                            + " to the application's dependencies",
                    e);
        }
    }

    /**
     * Finds items.
     *
     * @param query words in any order and case
     * @param k how many at most, at least 1
     * @return best first, equal scores by item index; empty where no word is found
     * @throws IllegalArgumentException if {@code k} is below 1
     * @throws IllegalStateException if this is closed
     */
    public List<Recommendation> search(String query, int k) {
        checkArgument(k >= 1, "k must be at least 1, got %s: ask for one item or more", k);
        List<Recommendation> found = index.search(query, k);
        checkState(found != LuceneIndex.CLOSED, "text search is closed: index the items again");
        return found;
    }

    @Override
    public void close() {
        index.close();
    }
}
