package io.github.recsys4j.serve;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * The part of text search that knows Lucene. A document's number is the item's index: documents are added in order and
 * never merged into another. Thread-safety: safe for many threads.
 */
final class LuceneIndex implements AutoCloseable {
    /** What a closed index answers; a list of its own, told apart by identity. */
    static final List<Recommendation> CLOSED = new ArrayList<>(0);

    private static final float BOOST = 2;

    private final Vocabulary items;
    private final Map<String, Float> weights;
    private final Analyzer analyzer = new StandardAnalyzer();
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final ReadWriteLock life = new ReentrantReadWriteLock();
    private final DirectoryReader reader;
    private boolean closed;

    private LuceneIndex(Vocabulary items, List<Column> columns) throws IOException {
        this.items = items;
        weights = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            weights.put(columns.get(i).name(), (float) Math.pow(BOOST, columns.size() - 1 - i));
        }
        IndexWriterConfig config = new IndexWriterConfig(analyzer).setMergePolicy(NoMergePolicy.INSTANCE);
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (int item = 0; item < items.size(); item++) {
                writer.addDocument(document(columns, item));
            }
        }
        reader = DirectoryReader.open(directory);
    }

    static LuceneIndex of(Vocabulary items, Table table, List<String> names) {
        try {
            return new LuceneIndex(
                    items, names.stream().map(name -> column(table, name)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("items could not be indexed in memory", e);
        }
    }

    private static Column column(Table table, String name) {
        return table.column(name)
                .orElseThrow(() -> new IllegalArgumentException("items have no column \"" + name
                        + "\"; their columns are "
                        + table.columns().stream().map(Column::name).toList()));
    }

    private static Document document(List<Column> columns, int item) {
        Document document = new Document();
        columns.forEach(column ->
                document.add(new TextField(column.name(), column.values().get(item), Field.Store.NO)));
        return document;
    }

    List<Recommendation> search(String text, int k) {
        Lock use = life.readLock();
        use.lock();
        try {
            return closed ? CLOSED : found(query(words(text)), k);
        } catch (IOException e) {
            throw new UncheckedIOException("items could not be searched in memory", e);
        } finally {
            use.unlock();
        }
    }

    private List<Recommendation> found(Query query, int k) throws IOException {
        ScoreDoc[] hits = new IndexSearcher(reader).search(query, Math.min(k, items.size())).scoreDocs;
        return Arrays.stream(hits)
                .map(hit -> new Recommendation(items.id(hit.doc), hit.score))
                .toList();
    }

    private List<String> words(String text) throws IOException {
        List<String> words = new ArrayList<>();
        try (TokenStream tokens = analyzer.tokenStream("", text)) {
            CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                words.add(word.toString());
            }
            tokens.end();
        }
        return words;
    }

    private Query query(List<String> words) {
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        weights.forEach((column, weight) -> {
            words.forEach(word -> any.add(new BoostQuery(new TermQuery(new Term(column, word)), weight), Occur.SHOULD));
            if (!words.isEmpty()) {
                Term begun = new Term(column, words.get(words.size() - 1));
                any.add(new BoostQuery(new PrefixQuery(begun), weight / BOOST), Occur.SHOULD);
            }
        });
        return any.build();
    }

    @Override
    public void close() {
        Lock end = life.writeLock();
        end.lock();
        try {
            if (!closed) {
                closed = true;
                reader.close();
                directory.close();
                analyzer.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an index in memory could not be closed", e);
        } finally {
            end.unlock();
        }
    }
}
