package io.github.recsys4j.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.recsys4j.model.network.Initializer;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.ParameterSpec;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.network.TowerOptions;
import io.github.recsys4j.model.network.TransformerTower;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxExporterTest {
    private static final SequenceNetwork NETWORK =
            new SequenceNetwork(50, false, new TransformerTower(TowerOptions.ligr(8, 20)));

    private static ModelProto export() throws InvalidProtocolBufferException {
        ParameterSet parameters = ParameterSet.initialize(NETWORK.parameters(), 7);
        return ModelProto.parseFrom(OnnxExporter.userTower(NETWORK.tower(), parameters));
    }

    @Test
    void userTower_ligr_declaresFreeBatchAndLength() throws Exception {
        ModelProto model = export();
        assertThat(model.getOpsetImport(0).getVersion()).isGreaterThanOrEqualTo(17);
        assertThat(model.getGraph().getInputList())
                .extracting(input -> input.getName()
                        + input.getType().getTensorType().getShape().getDimList().stream()
                                .map(axis ->
                                        axis.hasDimParam() ? axis.getDimParam() : Long.toString(axis.getDimValue()))
                                .toList())
                .containsExactly("inputs[batch, length, 8]", "mask[batch, length]");
        assertThat(model.getGraph().getOutput(0).getName()).isEqualTo("user_vector");
        assertThat(model.getMetadataProps(0).getValue()).isEqualTo("20");
    }

    @Test
    void userTower_ligr_namesNodesByWhereTheyStand() throws Exception {
        List<String> names = export().getGraph().getNodeList().stream()
                .map(NodeProto::getName)
                .toList();
        assertThat(names).doesNotHaveDuplicates().contains("block0/attention/query/MatMul", "block1/attention/Softmax");
        assertThat(names).noneMatch(name -> name.startsWith("user_tower/"));
    }

    @Test
    void userTower_leavesItemTablesOutAndStoresConstantsOnce() throws Exception {
        GraphProto graph = export().getGraph();
        List<String> names =
                graph.getInitializerList().stream().map(TensorProto::getName).toList();
        assertThat(names).contains("positions").doesNotContain(SequenceNetwork.INPUTS, SequenceNetwork.VECTORS);
        List<TensorProto> constants = graph.getInitializerList().stream()
                .filter(tensor -> tensor.getName().startsWith("constant/"))
                .map(tensor -> tensor.toBuilder().clearName().build())
                .toList();
        assertThat(constants).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void userTower_sameParameters_givesTheSameBytes() throws Exception {
        assertThat(export().toByteArray()).isEqualTo(export().toByteArray());
    }

    @Test
    void userTower_withoutAParameter_namesIt() {
        ParameterSet other =
                ParameterSet.initialize(List.of(new ParameterSpec("other", List.of(1), Initializer.constant(0))), 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxExporter.userTower(NETWORK.tower(), other))
                .withMessageContaining("positions");
    }
}
