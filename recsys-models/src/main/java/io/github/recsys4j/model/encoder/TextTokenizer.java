package io.github.recsys4j.model.encoder;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.InferenceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A {@code tokenizer.json}, run by the library that made it (Hugging Face tokenizers, through DJL). Truncation and
 * padding are always said explicitly, since DJL otherwise truncates at 512 and pads whatever the file says.
 *
 * <p>Only ids cross from native code, not the tokens, words and offsets that DJL's own result copies as well: that
 * takes most of its time. Texts are encoded on the caller's thread, one by one: the library's own batches would start
 * a thread for each core. Thread-safe.
 */
final class TextTokenizer implements AutoCloseable {
    private static final String OFFLINE = "ai.djl.offline";
    private static final String FLAVOR = "RUST_FLAVOR";

    private final HuggingFaceTokenizer tokenizer;
    private final boolean special;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Optional<WordMemory> words;
    private boolean closed;

    private TextTokenizer(HuggingFaceTokenizer tokenizer, boolean special, JsonNode json, int maxTokens) {
        this.tokenizer = tokenizer;
        this.special = special;
        words = WordMemory.of(json, maxTokens, special, this::read);
    }

    /** The tokens of a text: their ids, and the segment that each is in; not copied. */
    static final class Row {
        private final long[] ids;
        private final long[] types;

        Row(long[] ids, long[] types) {
            this.ids = ids;
            this.types = types;
        }

        long[] ids() {
            return ids;
        }

        long[] types() {
            return types;
        }
    }

    /**
     * Loads a tokenizer.
     *
     * @param folder where its {@code tokenizer.json} lies
     * @param maxTokens special tokens included; 0 for no limit
     * @param special whether the tokens that the file puts around a text are added
     */
    static TextTokenizer load(EncoderFolder folder, int maxTokens, boolean special) {
        Path file = folder.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            throw new ArtifactException(
                    "Encoder file " + file + " is not there: a text encoder needs the tokenizer.json"
                            + " of its model; older exports have only vocab files, which"
                            + " AutoTokenizer.from_pretrained(name).save_pretrained(folder) turns into one");
        }
        stayOffline();
        Map<String, String> options = new HashMap<>();
        options.put("addSpecialTokens", Boolean.toString(special));
        options.put("padding", "false");
        options.put("truncation", Boolean.toString(maxTokens > 0));
        if (maxTokens > 0) {
            options.put("maxLength", Integer.toString(maxTokens));
            options.put("modelMaxLength", Integer.toString(maxTokens));
        }
        try {
            HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(file, options);
            return new TextTokenizer(
                    tokenizer, special, folder.json("tokenizer.json").orElseThrow(), maxTokens);
        } catch (IOException | RuntimeException e) {
            throw new ArtifactException("Tokenizer " + file + " cannot be read: " + e.getMessage(), e);
        } catch (LinkageError e) {
            throw new InferenceException(
                    "The tokenizers' native library could not be started: " + e.getMessage() + ". It has libraries for"
                            + " Linux x86-64 and aarch64 (glibc 2.34 or newer), macOS aarch64 and Windows x86-64, and"
                            + " unpacks them to DJL_CACHE_DIR or ~/.djl.ai",
                    e);
        }
    }

    /** Nothing is downloaded, unless the host has said otherwise. */
    private static void stayOffline() {
        setIfUnset(OFFLINE, "true");
        if (System.getenv(FLAVOR) == null) {
            setIfUnset(FLAVOR, "cpu");
        }
    }

    private static void setIfUnset(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Encodes texts; characters that no text may hold alone (half a surrogate pair) become U+FFFD. */
    List<Row> encode(List<String> texts) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the encoder is closed: load it again");
            }
            List<Row> rows = new ArrayList<>(texts.size());
            for (String text : texts) {
                String clean = wellFormed(text);
                rows.add(words.isPresent() ? words.get().row(clean) : read(clean, special));
            }
            return rows;
        } finally {
            lock.readLock().unlock();
        }
    }

    private Row read(String text, boolean withSpecial) {
        TokenizersLibrary library = TokenizersLibrary.LIB;
        long encoding = library.encode(tokenizer.getHandle(), text, withSpecial);
        Row row = new Row(library.getTokenIds(encoding), library.getTypeIds(encoding));
        library.deleteEncoding(encoding);
        return row;
    }

    boolean remembersWords() {
        return words.isPresent();
    }

    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return new String(
                        text.codePoints()
                                .map(point -> point >= 0xd800 && point <= 0xdfff ? 0xfffd : point)
                                .toArray(),
                        0,
                        text.codePointCount(0, text.length()));
            }
        }
        return text;
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                tokenizer.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
