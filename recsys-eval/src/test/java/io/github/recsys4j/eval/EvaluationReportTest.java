package io.github.recsys4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluationReportTest {
    private static final EvaluationReport REPORT = new EvaluationReport(
            new Protocol(
                    "leave-one-out",
                    "full ranking",
                    "filtered",
                    "lower index",
                    "mean",
                    new Protocol.Counts(3, 2, 5, 7, 4, 1)),
            Map.of("NDCG@10", "gain / ideal gain"),
            List.of(
                    new ModelResult("ours", Map.of("NDCG@10", 0.123456), Map.of("NDCG@10", 0.01), 2),
                    new ModelResult("theirs", Map.of("NDCG@10", 0.5), Map.of(), 0)));

    @Test
    void toJson_always_holdsProtocolDefinitionsAndNumbers() throws IOException {
        JsonNode json = new ObjectMapper().readTree(REPORT.toJson());
        assertThat(json.at("/models/0/name").asText()).isEqualTo("ours");
        assertThat(json.at("/models/0/metrics/NDCG@10").asDouble()).isEqualTo(0.123456);
        assertThat(json.at("/models/0/standard_errors/NDCG@10").asDouble()).isEqualTo(0.01);
        assertThat(json.at("/models/0/answered_by_popularity").asInt()).isEqualTo(2);
        assertThat(json.at("/definitions/NDCG@10").asText()).isEqualTo("gain / ideal gain");
        assertThat(json.at("/protocol/ties").asText()).isEqualTo("lower index");
        assertThat(json.at("/protocol/candidates").asText()).isEqualTo("full ranking");
        assertThat(json.at("/protocol/seen").asText()).isEqualTo("filtered");
        assertThat(json.at("/protocol/split").asText()).isEqualTo("leave-one-out");
        assertThat(json.at("/counts/cases").asInt()).isEqualTo(3);
        assertThat(json.at("/counts/users_skipped").asInt()).isEqualTo(5);
        assertThat(json.at("/counts/targets_seen").asInt()).isEqualTo(1);
    }

    @Test
    void toString_always_printsEverythingBesideTheNumbers() {
        assertThat(REPORT.toString())
                .contains("| model | NDCG@10 |\n|---|---|\n| ours | 0.1235 ± 0.0100 |\n| theirs | 0.5000 |\n")
                .contains("* Split: leave-one-out\n")
                .contains("* Candidates: full ranking\n")
                .contains("* Seen items: filtered\n")
                .contains("* Ties: lower index\n")
                .contains("* Cases: 3 of 2 users; 5 users skipped, who have nothing held out\n")
                .contains("* Items: 7; held-out items: 4, of which 1 also stand in the history\n")
                .contains("* ours answered 2 cases with its popularity fallback\n")
                .contains("* NDCG@10: gain / ideal gain\n");
    }

    @Test
    void write_existingFile_isReplacedWhole(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("report.json");
        Files.writeString(file, "old");
        REPORT.writeJson(file);
        REPORT.writeMarkdown(folder.resolve("report.md"));
        assertThat(file).hasContent(REPORT.toJson());
        assertThat(folder.resolve("report.md")).hasContent(REPORT.toMarkdown());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void write_missingFolder_saysWhatToDo(@TempDir Path folder) {
        Path file = folder.resolve("nowhere").resolve("report.json");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> REPORT.writeJson(file))
                .withMessage("report " + file + " could not be written: the folder must exist and be writable");
    }

    @Test
    void create_noModels_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EvaluationReport(REPORT.protocol(), Map.of(), List.of()))
                .withMessage("models must hold at least one result, got none");
    }
}
