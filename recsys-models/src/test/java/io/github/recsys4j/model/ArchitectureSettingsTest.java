package io.github.recsys4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.recsys4j.model.network.ParameterSpec;
import io.github.recsys4j.model.train.Loss;
import io.github.recsys4j.model.train.Negatives;
import org.junit.jupiter.api.Test;

class ArchitectureSettingsTest {

    @Test
    void gSasRec_ofMovieLens1m_hasThePublishedSizeLessOneUnusedRowPerTable() {
        long parameters = Architecture.gSasRec().network(3416).parameters().stream()
                .mapToLong(ParameterSpec::size)
                .sum();
        assertThat(parameters).isEqualTo(1_066_752);
    }

    @Test
    void with_eachSetting_changesThatAlone() {
        Architecture changed = Architecture.gSasRec()
                .withName("mine")
                .withDim(64)
                .withMaxLength(50)
                .withBlocks(3)
                .withHeads(4)
                .withDropout(0.1)
                .withLoss(Loss.bpr())
                .withNegatives(Negatives.popularity(8))
                .withSharedItems(true);
        assertThat(changed.settings())
                .containsEntry("dim", "64")
                .containsEntry("maxLength", "50")
                .containsEntry("blocks", "3")
                .containsEntry("heads", "4")
                .containsEntry("dropout", "0.1")
                .containsEntry("sharedItems", "true")
                .containsEntry("block", Architecture.gSasRec().settings().get("block"));
        assertThat(changed.name()).isEqualTo("mine");
        assertThat(changed.loss()).isEqualTo(Loss.bpr());
        assertThat(changed.negatives()).isEqualTo(Negatives.popularity(8));
    }

    @Test
    void withHeads_notADivisorOfDim_saysSo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Architecture.gSasRec().withHeads(3))
                .withMessageContaining("dim must be a positive multiple of heads (3), given 128");
    }

    @Test
    void withName_blank_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Architecture.gSasRec().withName(" "))
                .withMessageStartingWith("name of an architecture must not be blank");
    }
}
