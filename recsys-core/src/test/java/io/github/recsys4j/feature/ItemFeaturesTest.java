package io.github.recsys4j.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.prepare.CategoryEncoder;
import io.github.recsys4j.prepare.ImageInspector;
import io.github.recsys4j.prepare.NumericScaler;
import io.github.recsys4j.prepare.PreparationReport;
import io.github.recsys4j.prepare.TextAugmenter;
import io.github.recsys4j.testing.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItemFeaturesTest {
    @TempDir
    private Path folder;

    private Path images;
    private Dataset dataset;
    private final ToyText texts = new ToyText("toy", 4);
    private FeatureCache cache;

    @BeforeEach
    void writeShop() throws IOException {
        images = Files.createDirectory(folder.resolve("images"));
        Files.write(images.resolve("1.png"), Pictures.plain("png", 8, 8, 0xFF0000));
        Files.write(images.resolve("2.jpg"), new byte[] {1, 2, 3});
        Files.write(images.resolve("3.png"), Pictures.claiming(60_000, 60_000));
        Files.write(images.resolve("5.gif"), Pictures.plain("gif", 8, 8, 0x0000FF));
        Files.write(folder.resolve("secret.png"), Pictures.plain("png", 8, 8, 0x00FF00));
        Path items = Files.writeString(folder.resolve("items.csv"), """
                item_id,title,plot,year,genre,file
                1,Red shoe,"<p>Runs.</p>",1999,shoes,1.png
                2,Blue coat,,2001,coats,../secret.png
                3,,,,,/etc/hostname
                4,broken,,soon,coats,
                5,Green hat,Warm,2003,hats,sub/../5.gif
                """);
        Path interactions =
                Files.writeString(folder.resolve("interactions.csv"), "user_id,item_id\nu,1\nu,2\nu,5\nu,../secret\n");
        dataset = Dataset.builder()
                .interactions(interactions)
                .items(items)
                .images(images)
                .build();
        cache = FeatureCache.builder()
                .directory(folder.resolve("cache"))
                .text(texts)
                .image(ToyFiles.images())
                .audio(ToyFiles.sounds())
                .build();
    }

    private int item(String id) {
        return dataset.items().indexOf(id);
    }

    private PreparationReport report(ItemFeatures features, Modality modality) {
        return Optional.ofNullable(features.reports().get(modality)).orElseThrow();
    }

    @Test
    void build_augmentedTexts_givesVariantsThatTheCacheKnows() {
        ItemFeaturesBuilder builder =
                ItemFeatures.builder(dataset, cache).text("title", "plot").augmentText(new TextAugmenter(0, 1, 3), 2);
        ItemFeatures features = builder.build();

        assertThat(features.variants()).hasSize(2).allSatisfy(variant -> {
            assertThat(variant.modality()).isEqualTo(Modality.TEXT);
            assertThat(variant.numPresent())
                    .isEqualTo(features.matrix(Modality.TEXT).numPresent());
            assertThat(variant.present(item("3"))).isFalse();
        });
        int coat = item("2");
        assertThat(features.variants().get(0).row(coat))
                .containsExactly(texts.encode(List.of("coat Blue")))
                .isNotEqualTo(features.matrix(Modality.TEXT).row(coat));
        assertThat(features.variants().get(1).row(coat))
                .as("there is one way to swap two words; the second variant is the text itself")
                .containsExactly(features.matrix(Modality.TEXT).row(coat));
        assertThat(report(features, Modality.TEXT).kept()).isEqualTo(3);
        assertThat(builder.build().variants()).hasSize(2);
        assertThatThrownBy(() -> builder.augmentText(TextAugmenter.defaults(1), 0))
                .hasMessage("count must be at least 1, got 0");
    }

    @Test
    void build_texts_joinsAndCleansColumns() {
        List<ProgressListener.Progress> heard = new ArrayList<>();
        ItemFeatures features = ItemFeatures.builder(dataset, cache)
                .text("title", "plot")
                .progress(heard::add)
                .build();
        FeatureMatrix matrix = features.matrix(Modality.TEXT);
        assertThat(matrix.row(item("1"))).isEqualTo(ToyText.vector("Red shoe. Runs.", 4));
        assertThat(matrix.row(item("2"))).isEqualTo(ToyText.vector("Blue coat", 4));
        assertThat(matrix.present(item("3"))).isFalse();
        assertThat(matrix.present(item("4"))).isFalse();
        assertThat(report(features, Modality.TEXT)).hasToString("text: 3 of 6 kept, broken: 1, missing: 2");
        assertThat(report(features, Modality.TEXT).examples()).contains("item 4: this text is broken");
        assertThat(heard).singleElement().isEqualTo(new ProgressListener.Progress("encode text", 6, 6, Map.of()));
        ItemFeatures.builder(dataset, cache).text("title", "plot").build();
        assertThat(texts.encoded).hasValue(3);
    }

    @Test
    void build_images_countsMissingBrokenAndBombs() {
        ItemFeatures features = ItemFeatures.builder(dataset, cache).images().build();
        FeatureMatrix matrix = features.matrix(Modality.IMAGE);
        assertThat(matrix.row(item("1"))).containsExactly(1, 0, 0);
        assertThat(matrix.row(item("5"))).containsExactly(0, 0, 1);
        assertThat(matrix.numPresent()).isEqualTo(2);
        assertThat(report(features, Modality.IMAGE))
                .hasToString("image: 2 of 6 kept, broken: 1, missing: 2, too large: 1");
    }

    @Test
    void build_imagesNamedByAColumn_neverLeaveTheFolder() {
        ItemFeatures features =
                ItemFeatures.builder(dataset, cache).imagesNamedBy("file").build();
        assertThat(features.matrix(Modality.IMAGE).present(item("1"))).isTrue();
        assertThat(features.matrix(Modality.IMAGE).present(item("2"))).isFalse();
        assertThat(features.matrix(Modality.IMAGE).present(item("5"))).isTrue();
        assertThat(report(features, Modality.IMAGE))
                .hasToString("image: 2 of 6 kept, missing: 2, outside the folder: 2");
        assertThat(report(features, Modality.IMAGE).examples())
                .contains(
                        "item 2: \"../secret.png\" leads out of the folder",
                        "item 3: \"/etc/hostname\" leads out of the folder");
    }

    @Test
    void build_linkOutOfTheFolder_isRefused() throws IOException {
        try {
            Files.createSymbolicLink(images.resolve("4.png"), folder.resolve("secret.png"));
        } catch (IOException | UnsupportedOperationException e) {
            assumeTrue(false, "links cannot be made here: " + e);
        }
        ItemFeatures features = ItemFeatures.builder(dataset, cache).images().build();
        assertThat(features.matrix(Modality.IMAGE).present(item("4"))).isFalse();
        assertThat(report(features, Modality.IMAGE).dropped()).containsEntry("outside the folder", 1L);
    }

    @Test
    void build_imageLimits_areFollowed() {
        ItemFeatures features = ItemFeatures.builder(dataset, cache)
                .images(images)
                .imageLimits(ImageInspector.defaults().withMinSide(9))
                .build();
        assertThat(features.matrix(Modality.IMAGE).numPresent()).isZero();
        assertThat(report(features, Modality.IMAGE).dropped()).containsEntry("too small", 2L);
    }

    @Test
    void build_audio_readsFilesById() throws IOException {
        Path clips = Files.createDirectory(folder.resolve("clips"));
        Files.write(clips.resolve("1.wav"), new byte[] {7, 8, 9});
        Files.write(clips.resolve("2.wav"), new byte[] {7});
        Files.createDirectory(clips.resolve("3.wav"));
        ItemFeatures features =
                ItemFeatures.builder(dataset, cache).audio(clips).build();
        assertThat(features.matrix(Modality.AUDIO).row(item("1"))).containsExactly(7, 8);
        assertThat(report(features, Modality.AUDIO)).hasToString("audio: 1 of 6 kept, broken: 1, missing: 4");
    }

    @Test
    void build_numbersAndCategories_comeFromColumns() {
        ItemFeatures features = ItemFeatures.builder(dataset, cache)
                .numbers(NumericScaler.fit(
                        NumericScaler.Method.MIN_MAX, dataset.itemTable(), List.of("year"), row -> true))
                .categories(
                        CategoryEncoder.fit(
                                new CategoryEncoder.Source("genre", "", 2), dataset.itemTable(), row -> true),
                        CategoryEncoder.fit(
                                new CategoryEncoder.Source("title", "", 9), dataset.itemTable(), row -> true))
                .build();
        assertThat(features.matrix(Modality.NUMBERS).row(item("2"))).containsExactly(0.5f);
        assertThat(features.matrix(Modality.NUMBERS).present(item("4"))).isFalse();
        assertThat(features.matrix(Modality.CATEGORIES).row(item("2"))).containsExactly(1, 0, 1);
        assertThat(features.matrix(Modality.CATEGORIES).row(item("1"))).containsExactly(0, 1, 1);
        assertThat(features.matrix(Modality.CATEGORIES).present(item("3"))).isFalse();
        assertThat(report(features, Modality.NUMBERS)).hasToString("numbers: 3 of 6 kept, no number: 3");
        assertThat(features.matrices()).containsOnlyKeys(Modality.NUMBERS, Modality.CATEGORIES);
    }

    @Test
    void builder_wrongCalls_sayWhatToDo() {
        ItemFeaturesBuilder builder = ItemFeatures.builder(dataset, cache);
        assertThatThrownBy(() -> builder.text("summary"))
                .isInstanceOf(DatasetException.class)
                .hasMessage(
                        "the items have no column \"summary\"; their columns are [title, plot, year, genre, file].");
        assertThatThrownBy(() -> builder.audio(folder.resolve("none")))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("cannot be read")
                .hasMessageEndingWith("Name the folder of the items' files.");
        assertThatThrownBy(builder::build)
                .hasMessage("text(columns), images() or another kind must be asked for before build()");
        Dataset bare = Dataset.of(dataset.users(), dataset.items(), dataset.interactions());
        assertThatThrownBy(() -> ItemFeatures.builder(bare, cache).images())
                .hasMessage("the data set has no folder of images: name it with images(folder) when the data set is"
                        + " read, or here.");
        ItemFeatures features = builder.text("title").build();
        assertThatThrownBy(() -> features.matrix(Modality.AUDIO))
                .hasMessage("modality must be one of [TEXT], got AUDIO");
    }
}
