package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.common.hash.Hashing;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A file of answers that knows how much of it is finished.
 *
 * <p>The progress file's first line names the job; each further line is a finished block: users in it, length of the
 * answers' file behind it, digest of the users. A block is synced before its line is written, and a last line that is cut
 * off does not count.
 */
final class BulkFile implements BulkJob.Sink, AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int FIELDS = 3;

    private final Path file;
    private final RandomAccessFile answers;
    private final RandomAccessFile progress;
    private final List<Block> finished = new ArrayList<>();

    private BulkFile(Path file, RandomAccessFile answers, RandomAccessFile progress) {
        this.file = file;
        this.answers = answers;
        this.progress = progress;
    }

    private record Block(int users, long end, String digest) {
        String line() {
            return users + " " + end + " " + digest + "\n";
        }
    }

    static BulkFile open(Path file, String job) {
        Path beside = file.resolveSibling(file.getFileName() + ".progress");
        try {
            List<String> lines = wholeLines(beside);
            checkArgument(
                    lines.isEmpty() || lines.get(0).equals(job),
                    "%s belongs to the job \"%s\", not to \"%s\": delete it to start over, or choose another file",
                    beside,
                    lines.isEmpty() ? "" : lines.get(0),
                    job);
            BulkFile opened = new BulkFile(
                    file, new RandomAccessFile(file.toFile(), "rw"), new RandomAccessFile(beside.toFile(), "rw"));
            opened.resume(lines, job);
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException("answers could not be written to " + file, e);
        }
    }

    private static List<String> wholeLines(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private void resume(List<String> lines, String job) throws IOException {
        StringBuilder kept = new StringBuilder(job).append('\n');
        long end = 0;
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] fields = line.split(" ", -1);
            if (fields.length != FIELDS || Long.parseLong(fields[1]) > answers.length()) {
                break;
            }
            Block block = new Block(Integer.parseInt(fields[0]), Long.parseLong(fields[1]), fields[2]);
            finished.add(block);
            kept.append(block.line());
            end = block.end();
        }
        answers.setLength(end);
        answers.seek(end);
        progress.setLength(0);
        progress.write(kept.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the users of the finished blocks and makes sure that they are the same. */
    long skipFinished(Iterator<String> users) {
        long done = 0;
        for (Block block : finished) {
            List<String> taken = new ArrayList<>();
            while (taken.size() < block.users() && users.hasNext()) {
                taken.add(users.next());
            }
            checkArgument(
                    digest(taken).equals(block.digest()),
                    "users %s to %s are not those that %s answers: give the same users in the same order, or delete"
                            + " its progress file to start over",
                    done,
                    done + block.users() - 1,
                    file);
            done += block.users();
        }
        return done;
    }

    private static String digest(List<String> users) {
        return Hashing.sha256()
                .hashString(String.join("\n", users), StandardCharsets.UTF_8)
                .toString();
    }

    @Override
    public void take(List<String> userIds, List<RecommendationResult> results) {
        try {
            answers.write(lines(userIds, results));
            answers.getFD().sync();
            Block block = new Block(userIds.size(), answers.length(), digest(userIds));
            progress.write(block.line().getBytes(StandardCharsets.UTF_8));
            progress.getFD().sync();
        } catch (IOException e) {
            throw new UncheckedIOException("answers could not be written to " + file, e);
        }
    }

    private static byte[] lines(List<String> userIds, List<RecommendationResult> results) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.setRootValueSeparator(null);
            for (int i = 0; i < results.size(); i++) {
                write(json, userIds.get(i), results.get(i));
                json.writeRaw('\n');
            }
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, String user, RecommendationResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("user", user);
        json.writeStringField("source", result.source().name());
        json.writeArrayFieldStart("items");
        for (Recommendation found : result.recommendations()) {
            json.writeString(found.itemId());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("scores");
        for (Recommendation found : result.recommendations()) {
            json.writeNumber(found.score());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    @Override
    public void close() {
        try (answers;
                progress) {
            answers.getFD().sync();
        } catch (IOException e) {
            throw new UncheckedIOException("answers could not be written to " + file, e);
        }
    }
}
