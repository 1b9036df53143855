package io.github.recsys4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Items without interactions, such as those that arrive after training. */
class DatasetItemsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void buildItems_csv_givesItemsAndColumnsAlone() throws IOException {
        Path csv = Files.writeString(folder.resolve("new.csv"), "item_id,title\nb,Boat\na,Anchor\n");

        Dataset items = Dataset.builder().items(csv).images(folder).buildItems();

        assertThat(items.items().ids()).containsExactly("a", "b");
        assertThat(items.itemTable().column("title").orElseThrow().values()).containsExactly("Anchor", "Boat");
        assertThat(items.users().size()).isZero();
        assertThat(items.interactions().size()).isZero();
        assertThat(items.images()).contains(folder);
    }

    @Test
    void buildItems_noFile_saysWhatToCall() {
        assertThatThrownBy(() -> Dataset.builder().buildItems())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("items(path) must be called before buildItems()");
    }

    @Test
    void buildItems_imagesNoFolder_isRefused() throws IOException {
        Path csv = Files.writeString(folder.resolve("new.csv"), "item_id\na\n");

        assertThatThrownBy(() -> Dataset.builder().items(csv).images(csv).buildItems())
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("is not a folder");
    }
}
