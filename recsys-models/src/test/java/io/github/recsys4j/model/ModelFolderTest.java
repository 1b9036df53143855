package io.github.recsys4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.NpyFile;
import io.github.recsys4j.model.runtime.Device;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderTest {
    private static final Dataset DATASET = RandomModels.dataset(9, 30, 20, 1);
    private static final ModelArtifact ARTIFACT =
            RandomModels.artifact(RandomModels.small(Architecture.gSasRec()), DATASET, 2);
    private static final ModelArtifact OTHER =
            RandomModels.artifact(RandomModels.small(Architecture.sasRec()), DATASET, 3);

    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void save() {
        folder = parent.resolve("model");
        ArtifactWriter.write(ARTIFACT, folder);
    }

    private static List<Recommendation> ask(MultimodalRecommender recommender) {
        return recommender.getRecommendations("u3", 30);
    }

    private List<String> siblings() throws IOException {
        try (Stream<Path> children = Files.list(parent)) {
            return children.map(child -> child.getFileName().toString()).toList();
        }
    }

    private static void assertRefused(ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(ArtifactException.class).hasMessageContainingAll(parts);
    }

    private void assertLoadRefused(String... parts) {
        assertRefused(() -> MultimodalRecommender.load(folder, Device.cpu()), parts);
    }

    @Test
    void load_saved_answersAsBefore() {
        try (MultimodalRecommender before = MultimodalRecommender.of(ARTIFACT, Device.cpu());
                MultimodalRecommender after = MultimodalRecommender.load(folder, Device.cpu())) {
            assertThat(ask(after)).isNotEmpty().isEqualTo(ask(before));
            assertThat(after.manifest().architecture())
                    .isEqualTo(before.manifest().architecture());
            assertThat(after.itemTable()).isEqualTo(DATASET.itemTable());
            assertThat(after.items()).isEqualTo(DATASET.items());
        }
    }

    @Test
    void save_sharedTable_writesOneMatrix() {
        Path shared = parent.resolve("shared");
        ArtifactWriter.write(OTHER, shared);
        assertThat(shared.resolve(ArtifactFiles.ITEM_VECTORS)).doesNotExist();
        assertThat(NpyFile.read(shared.resolve(ArtifactFiles.ITEM_INPUTS)).shape())
                .containsExactly(30, 16);
        try (MultimodalRecommender before = MultimodalRecommender.of(OTHER, Device.cpu());
                MultimodalRecommender after = MultimodalRecommender.load(shared, Device.cpu())) {
            assertThat(ask(after)).isEqualTo(ask(before));
        }
    }

    @Test
    void save_twice_givesTheSameFiles() throws IOException {
        Path again = parent.resolve("again");
        ArtifactWriter.write(ARTIFACT, again);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(again.resolve(file.getFileName())).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void save_overAModel_replacesItAndLeavesNothingBeside() throws IOException {
        ArtifactWriter.write(OTHER, folder);
        try (MultimodalRecommender loaded = MultimodalRecommender.load(folder, Device.cpu())) {
            assertThat(loaded.name()).isEqualTo("sasrec");
        }
        assertThat(folder.resolve(ArtifactFiles.ITEM_VECTORS)).doesNotExist();
        assertThat(siblings()).containsExactly("model");
    }

    @Test
    void save_overOtherFiles_isRefusedAndTheyStay() throws IOException {
        Path diary = Files.createDirectories(parent.resolve("home")).resolve("diary.txt");
        Files.writeString(diary, "dear diary");
        assertRefused(() -> ArtifactWriter.write(ARTIFACT, parent.resolve("home")), "holds other files", "Choose");
        assertThat(diary).hasContent("dear diary");
        assertRefused(() -> ArtifactWriter.write(ARTIFACT, diary), "is a file: choose another name");
    }

    @Test
    void save_whereNothingMayBeWritten_saysWhatToCheck() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "");
        assertRefused(
                () -> ArtifactWriter.write(ARTIFACT, file.resolve("model")),
                "could not be written",
                "What was there before is untouched");
    }

    @Test
    void load_saveCutOffBeforeTheRenames_readsTheOldModel() throws IOException {
        Path saving = Files.createDirectories(parent.resolve(".model.saving"));
        Files.writeString(saving.resolve(ArtifactFiles.USER_TOWER), "half a file");
        try (MultimodalRecommender loaded = MultimodalRecommender.load(folder, Device.cpu())) {
            assertThat(loaded.name()).isEqualTo("gsasrec");
        }
        ArtifactWriter.write(OTHER, folder);
        assertThat(siblings()).containsExactly("model");
    }

    @Test
    void load_saveCutOffBetweenTheRenames_readsTheOldModel() throws IOException {
        Files.move(folder, parent.resolve(".model.previous"));
        try (MultimodalRecommender loaded = MultimodalRecommender.load(folder, Device.cpu())) {
            assertThat(loaded.name()).isEqualTo("gsasrec");
        }
        ArtifactWriter.write(OTHER, folder);
        try (MultimodalRecommender loaded = MultimodalRecommender.load(folder, Device.cpu())) {
            assertThat(loaded.name()).isEqualTo("sasrec");
        }
        assertThat(siblings()).containsExactly("model");
    }

    @Test
    void load_noFolder_saysCheckThePath() {
        assertRefused(
                () -> MultimodalRecommender.load(parent.resolve("absent")), "absent does not exist: check the path");
    }

    @Test
    void load_noManifest_saysItIsWrittenLast() throws IOException {
        Files.delete(folder.resolve(ArtifactFiles.MANIFEST));
        assertLoadRefused("has no manifest.json", "written last", "Copy or save the model again");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ArtifactFiles.USER_TOWER,
                ArtifactFiles.ITEM_INPUTS,
                ArtifactFiles.ITEM_VECTORS,
                ArtifactFiles.ITEM_IDS,
                ArtifactFiles.ITEM_TABLE,
                ArtifactFiles.ITEM_COUNTS,
                ArtifactFiles.USER_IDS,
                ArtifactFiles.HISTORY_OFFSETS,
                ArtifactFiles.HISTORY_ITEMS
            })
    void load_missingFile_namesIt(String file) throws IOException {
        Files.delete(folder.resolve(file));
        assertLoadRefused(folder.resolve(file) + " is missing; its manifest names it");
    }

    @Test
    void load_cutOffFile_saysBothSizes() throws IOException {
        Path file = folder.resolve(ArtifactFiles.ITEM_INPUTS);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, 100));
        assertLoadRefused("item_inputs.npy has 100 bytes, its manifest says " + bytes.length, "cut off or altered");
    }

    @Test
    void load_alteredFile_saysBothDigests() throws IOException {
        Path file = folder.resolve(ArtifactFiles.USER_TOWER);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertLoadRefused("user_tower.onnx has SHA-256", "its manifest says", "it was altered");
    }

    @Test
    void load_otherFormatVersion_saysBothVersions() throws IOException {
        editManifest(json -> json.put("formatVersion", 7));
        assertLoadRefused("has format version 7, this library reads version 1", "Use the library that wrote it");
    }

    @Test
    void load_fileOutsideTheFolder_isRefused() throws IOException {
        editManifest(json -> ((ObjectNode) json.get("files"))
                .set("../secret", json.get("files").get("item_ids.json")));
        assertLoadRefused("names a file \"../secret\" in its manifest; files must lie in the folder itself");
    }

    @Test
    void load_cutOffManifest_saysSo() throws IOException {
        Path file = folder.resolve(ArtifactFiles.MANIFEST);
        Files.writeString(file, Files.readString(file).substring(0, 60));
        assertLoadRefused("manifest.json is not a manifest", "altered or cut off");
    }

    @Test
    void load_shapeDisagrees_saysBothShapes() throws IOException {
        editManifest(json -> ((ObjectNode) json.get("shape")).put("dim", 8));
        assertLoadRefused("item_inputs.npy has shape [30, 16], expected [30, 8] as the manifest says");
    }

    @Test
    void load_otherNumberOfItems_saysBothNumbers() throws IOException {
        editManifest(json -> ((ObjectNode) json.get("shape")).put("items", 31));
        assertLoadRefused("item_ids.json holds 30 ids, expected 31 as the manifest says");
    }

    @Test
    void load_vectorsWithNan_saysWhere() {
        float[] vectors = new float[30 * 16];
        vectors[5 * 16 + 3] = Float.NaN;
        ModelArtifact broken = new ModelArtifact(
                ARTIFACT.manifest(),
                ARTIFACT.userTower(),
                ARTIFACT.ranker(),
                ARTIFACT.contents(),
                ARTIFACT.catalogue(),
                ARTIFACT.itemInputs(),
                Optional.of(FloatBuffer.wrap(vectors)),
                ARTIFACT.histories(),
                ARTIFACT.contexts());
        ArtifactWriter.write(broken, folder);
        assertLoadRefused("item_vectors.npy holds NaN in row 5, column 3", "vectors must be finite");
    }

    @Test
    void load_ownHistories_asksThemInstead() {
        List<String> history = List.of("i1", "i2", "i9");
        UserHistories own = user -> user.equals("stranger") ? Optional.of(history) : Optional.empty();
        try (MultimodalRecommender recommender = MultimodalRecommender.load(folder, Device.cpu(), own)) {
            assertThat(recommender.getRecommendations("stranger", 5))
                    .isEqualTo(recommender.getRecommendations(history, 5));
            assertThat(recommender
                            .recommend(RecommendationRequest.forUser("u3").build())
                            .source())
                    .isEqualTo(Source.POPULARITY);
        }
    }

    @Test
    void save_withoutHistories_writesNoUser() throws IOException {
        ModelArtifact anonymous = new ModelArtifact(
                ARTIFACT.manifest(),
                ARTIFACT.userTower(),
                ARTIFACT.ranker(),
                ARTIFACT.contents(),
                ARTIFACT.catalogue(),
                ARTIFACT.itemInputs(),
                ARTIFACT.ownVectors(),
                Optional.empty(),
                UserContexts.unknown(0));
        ArtifactWriter.write(anonymous, folder);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "manifest.json",
                            "user_tower.onnx",
                            "item_inputs.npy",
                            "item_vectors.npy",
                            "item_ids.json",
                            "item_table.json",
                            "item_counts.npy");
        }
    }

    private void editManifest(Consumer<ObjectNode> edit) throws IOException {
        Path file = folder.resolve(ArtifactFiles.MANIFEST);
        ObjectMapper json = new ObjectMapper();
        ObjectNode manifest = (ObjectNode) json.readTree(file.toFile());
        edit.accept(manifest);
        json.writeValue(file.toFile(), manifest);
    }
}
