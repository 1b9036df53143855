package io.github.recsys4j.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TowerOptionsTest {
    private static final TowerOptions OPTIONS = TowerOptions.gSasRec(8, 5);

    @Test
    void with_wrongValues_saysGivenAndAllowed() {
        assertThatThrownBy(() -> OPTIONS.withHeads(3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dim must be a positive multiple of heads (3), given 8");
        assertThatThrownBy(() -> OPTIONS.withHeads(0)).hasMessage("heads must be at least 1, given 0");
        assertThatThrownBy(() -> OPTIONS.withBlocks(0)).hasMessage("blocks must be at least 1, given 0");
        assertThatThrownBy(() -> OPTIONS.withDropout(1)).hasMessage("dropout must be in [0, 1), given 1.0");
        assertThatThrownBy(() -> TowerOptions.sasRec(8, 0)).hasMessage("maxLength must be at least 1, given 0");
        assertThatThrownBy(() -> new TowerOptions.FeedForward(0, Activation.RELU, true))
                .hasMessage("feed-forward factor must be at least 1, given 0");
    }

    @Test
    void parameters_ofEachPreset_areThoseOfItsBlocks() {
        assertThat(count(OPTIONS)).isEqualTo(5 * 8 + 2 * (5 * (64 + 8) + 4 * 8) + 2 * 8);
        assertThat(count(TowerOptions.sasRec(8, 5))).isEqualTo(count(OPTIONS));
        assertThat(count(TowerOptions.ligr(8, 5))).isEqualTo(5 * 8 + 2 * (6 * (64 + 8) + 4 * 8 + 3 * 8 * 32));
        assertThat(count(TowerOptions.preNorm(8, 5))).isEqualTo(5 * 8 + 2 * (4 * (64 + 8) + 4 * 8 + 2 * 256 + 32 + 8));
    }

    private static int count(TowerOptions options) {
        return new TransformerTower(options)
                .parameters().stream().mapToInt(ParameterSpec::size).sum();
    }

    @Test
    void network_sharedTable_hasOneTable() {
        TransformerTower tower = new TransformerTower(OPTIONS);
        SequenceNetwork shared = new SequenceNetwork(10, true, tower);
        SequenceNetwork separate = new SequenceNetwork(10, false, tower);
        assertThat(shared.vectorsName()).isEqualTo(SequenceNetwork.INPUTS);
        assertThat(separate.vectorsName()).isEqualTo(SequenceNetwork.VECTORS);
        assertThat(separate.parameters()).hasSize(shared.parameters().size() + 1);
        assertThat(separate.parameters().get(1).shape()).isEqualTo(List.of(11, 8));
        assertThat(shared.pad()).isEqualTo(10);
        assertThatThrownBy(() -> new SequenceNetwork(0, true, tower))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("items must be at least 1, given 0");
    }
}
