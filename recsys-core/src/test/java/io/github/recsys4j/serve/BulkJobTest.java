package io.github.recsys4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.testing.Checkerboard;
import io.github.recsys4j.testing.ToyRecommender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkJobTest {
    private static final int USERS = 23;

    private final Recommender toy = new ToyRecommender("toy", Checkerboard.dataset());
    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    Path folder;

    /** Counts how many requests reach the recommender. */
    private BulkJob job() {
        Recommender counting = new Recommender() {
            @Override
            public String name() {
                return "counting";
            }

            @Override
            public RecommendationResult recommend(RecommendationRequest request) {
                asked.incrementAndGet();
                return toy.recommend(request);
            }
        };
        return new BulkJob(counting).k(3).blockSize(5);
    }

    private static Stream<String> users() {
        return IntStream.range(0, USERS).mapToObj(String::valueOf);
    }

    @Test
    void run_streamsBlocksInOrder() {
        List<String> users = new ArrayList<>();
        List<Integer> blocks = new ArrayList<>();
        List<Long> heard = new ArrayList<>();
        long done = job().options(RecommendationRequest.Builder::includeSeen)
                .listener(progress -> heard.add(progress.done()))
                .run(users(), (ids, results) -> {
                    blocks.add(ids.size());
                    users.addAll(ids);
                    for (int i = 0; i < ids.size(); i++) {
                        assertThat(results.get(i))
                                .isEqualTo(toy.recommend(RecommendationRequest.forUser(ids.get(i))
                                        .includeSeen()
                                        .k(3)
                                        .build()));
                    }
                });
        assertThat(done).isEqualTo(USERS);
        assertThat(users).isEqualTo(users().toList());
        assertThat(blocks).containsExactly(5, 5, 5, 5, 3);
        assertThat(heard).containsExactly(5L, 10L, 15L, 20L, 23L);
    }

    @Test
    void run_endlessStream_isReadBlockByBlock() {
        AtomicInteger drawn = new AtomicInteger();
        Stream<String> endless = Stream.generate(() -> String.valueOf(drawn.getAndIncrement() % 20));
        assertThatIllegalStateException()
                .isThrownBy(() -> job().run(endless, (ids, results) -> {
                    assertThat(drawn.get()).isLessThanOrEqualTo(asked.get() + 1);
                    if (asked.get() >= 50) {
                        throw new IllegalStateException("enough");
                    }
                }))
                .withMessage("enough");
        assertThat(asked).hasValue(50);
    }

    @Test
    void write_linesOfJson_areTheAnswers() throws IOException {
        Path file = folder.resolve("answers.jsonl");
        assertThat(job().write(users(), file)).isEqualTo(USERS);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(USERS);
        for (int user = 0; user < USERS; user++) {
            JsonNode line = new ObjectMapper().readTree(lines.get(user));
            RecommendationResult expected = toy.recommend(
                    RecommendationRequest.forUser(String.valueOf(user)).k(3).build());
            assertThat(line.get("user").asText()).isEqualTo(String.valueOf(user));
            assertThat(line.get("source").asText()).isEqualTo(expected.source().name());
            for (int place = 0; place < expected.recommendations().size(); place++) {
                Recommendation found = expected.recommendations().get(place);
                assertThat(line.get("items").get(place).asText()).isEqualTo(found.itemId());
                assertThat(line.get("scores").get(place).floatValue()).isEqualTo(found.score());
            }
        }
    }

    /** Broken off at any block, with whatever half a block left behind, it ends as if it had never been. */
    @Test
    void write_brokenOffAnywhere_endsAsIfUnbroken() throws IOException {
        Path whole = folder.resolve("whole");
        job().write(users(), whole);
        for (int block = 0; block < 5; block++) {
            Path file = folder.resolve("broken" + block);
            int stop = block;
            assertThatIllegalStateException()
                    .isThrownBy(() -> job().listener(progress -> {
                                if (progress.done() > 5L * stop) {
                                    throw new IllegalStateException("broken off");
                                }
                            })
                            .write(users(), file));
            Files.writeString(file, "{\"user\":\"ha", StandardOpenOption.APPEND);
            Files.writeString(progress(file), "5 12", StandardOpenOption.APPEND);
            asked.set(0);
            assertThat(job().write(users(), file)).isEqualTo(USERS);
            assertThat(asked.get()).as("users asked again").isEqualTo(Math.max(0, USERS - 5 * (block + 1)));
            assertThat(file).hasSameBinaryContentAs(whole);
        }
    }

    private static Path progress(Path file) {
        return file.resolveSibling(file.getFileName() + ".progress");
    }

    @Test
    void write_answersCutShort_doesTheMissingBlocksAgain() throws IOException {
        Path file = folder.resolve("answers");
        job().write(users(), file);
        byte[] all = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(all, all.length / 2));
        job().write(users(), file);
        assertThat(file).hasBinaryContent(all);
    }

    @Test
    void write_finished_answersAtOnce() {
        Path file = folder.resolve("answers");
        job().write(users(), file);
        asked.set(0);
        assertThat(job().write(users(), file)).isEqualTo(USERS);
        assertThat(asked).hasValue(0);
    }

    @Test
    void write_otherJobOrOtherUsers_isRefused() {
        Path file = folder.resolve("answers");
        job().write(users(), file);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job().k(4).write(users(), file))
                .withMessage(progress(file) + " belongs to the job \"counting k=3 block=5\", not to \"counting k=4"
                        + " block=5\": delete it to start over, or choose another file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job().write(users().skip(1), file))
                .withMessage("users 0 to 4 are not those that " + file + " answers: give the same users in the same"
                        + " order, or delete its progress file to start over");
    }

    @Test
    void settings_belowOne_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job().k(0))
                .withMessage("k must be at least 1, got 0: ask for one recommendation or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> job().blockSize(0))
                .withMessage("blockSize must be at least 1, got 0");
    }
}
