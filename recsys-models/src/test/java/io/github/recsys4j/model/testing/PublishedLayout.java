package io.github.recsys4j.model.testing;

import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.ParameterSpec;
import io.github.recsys4j.model.network.SequenceNetwork;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the parameters of published networks into our names, orders and shapes: matrices are [in, out] here and [out,
 * in] there, item rows start at 0 here with padding last, positions count from the most recent item's row, the last.
 */
public enum PublishedLayout {
    GSASREC,
    RECTOOLS,
    SASREC_PYTORCH;

    private static final Pattern BLOCK = Pattern.compile("block\\.(\\d+)\\.(.*)\\.(weight|bias)");

    /** The parameters under a prefix such as {@code param/} or {@code t0.75/adam3/}. */
    public ParameterSet read(NetworkFixture fixture, String prefix, SequenceNetwork network) {
        Map<String, float[]> values = new HashMap<>();
        for (ParameterSpec spec : network.parameters()) {
            values.put(spec.name(), convert(fixture, prefix, spec.name(), fixture::floats));
        }
        return ParameterSet.of(network.parameters(), values);
    }

    /** Expects each parameter, or its gradient, within the tolerances of what stands under a prefix. */
    public void assertAll(NetworkFixture fixture, String prefix, ParameterSet actual) {
        for (String name : actual.names()) {
            float[] expected = convert(fixture, prefix, name, fixture::floats);
            float[] tolerances = convert(fixture, prefix, name, fixture::tolerances);
            float[] values = new float[expected.length];
            actual.values(name).get(values);
            NetworkFixture.assertClose(prefix + name, values, expected, tolerances);
        }
    }

    /** An item row of the published ids: ours start at 0, padding is {@code items}. */
    public long[] rows(long[] published, int items) {
        long pad = this == GSASREC ? items + 1 : 0;
        long[] rows = new long[published.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = published[i] == pad ? items : published[i] - 1;
        }
        return rows;
    }

    private float[] convert(NetworkFixture fixture, String prefix, String ours, Function<String, float[]> read) {
        if (ours.equals(SequenceNetwork.INPUTS)) {
            return items(fixture, prefix + inputTable(), read);
        }
        if (ours.equals(SequenceNetwork.VECTORS)) {
            return items(fixture, prefix + "output_embedding.weight", read);
        }
        if (ours.equals("positions")) {
            return positions(fixture, prefix, read);
        }
        Matcher block = BLOCK.matcher(ours);
        return block.matches()
                ? block(fixture, prefix, block, read)
                : read.apply(prefix + finalNorm() + ours.substring(ours.indexOf('.')));
    }

    private String inputTable() {
        return switch (this) {
            case GSASREC -> "item_embedding.weight";
            case RECTOOLS -> "item_model.item_net_blocks.0.ids_emb.weight";
            case SASREC_PYTORCH -> "item_emb.weight";
        };
    }

    private String finalNorm() {
        return switch (this) {
            case GSASREC -> "seq_norm";
            case RECTOOLS -> "transformer_layers.last_layernorm";
            case SASREC_PYTORCH -> "last_layernorm";
        };
    }

    /** Rows 1 to items, then the padding row: behind the items in gSASRec, row 0 elsewhere. */
    private float[] items(NetworkFixture fixture, String name, Function<String, float[]> read) {
        float[] all = read.apply(name);
        int dim = fixture.shape(name).get(1);
        int rows = fixture.shape(name).get(0);
        if (this == GSASREC) {
            return slice(all, dim, (rows - 1) * dim);
        }
        float[] moved = new float[all.length];
        System.arraycopy(all, dim, moved, 0, all.length - dim);
        System.arraycopy(all, 0, moved, all.length - dim, dim);
        return moved;
    }

    private float[] positions(NetworkFixture fixture, String prefix, Function<String, float[]> read) {
        return switch (this) {
            case GSASREC -> read.apply(prefix + "position_embedding.weight");
            case RECTOOLS -> {
                String name = prefix + "pos_encoding_layer.pos_emb.weight";
                yield reversed(read.apply(name), fixture.shape(name).get(1));
            }
            case SASREC_PYTORCH -> {
                float[] all = read.apply(prefix + "pos_emb.weight");
                int dim = fixture.shape(prefix + "pos_emb.weight").get(1);
                yield slice(all, dim, all.length - dim);
            }
        };
    }

    private float[] block(NetworkFixture fixture, String prefix, Matcher ours, Function<String, float[]> read) {
        String layer = ours.group(2);
        int part =
                List.of("attention.query", "attention.key", "attention.value").indexOf(layer);
        String kind = ours.group(3);
        String name = prefix + published(Integer.parseInt(ours.group(1)), layer, kind);
        if (!fixture.has(name)) {
            name = name.replace("layer_norm_1", "q_layer_norm").replace("layer_norm_2", "ff_layer_norm");
        }
        float[] values = read.apply(name);
        int rows = fixture.shape(name).get(0);
        if (part >= 0 && this != GSASREC) {
            values = slice(values, part * values.length / 3, values.length / 3);
            rows /= 3;
        }
        boolean matrix = kind.equals("weight") && !layer.startsWith("norm");
        return matrix ? transposed(values, rows) : values;
    }

    private String published(int block, String layer, String kind) {
        return switch (this) {
            case GSASREC -> "transformer_blocks." + block + "." + gSasRec(layer) + "." + kind;
            case RECTOOLS -> "transformer_layers.transformer_blocks." + block + "." + recTools(layer, kind);
            case SASREC_PYTORCH -> sasRecPytorch(block, layer, kind);
        };
    }

    private static String gSasRec(String layer) {
        return switch (layer) {
            case "norm1" -> "first_norm";
            case "norm2" -> "second_norm";
            case "attention.query" -> "multihead_attention.query_proj";
            case "attention.key" -> "multihead_attention.key_proj";
            case "attention.value" -> "multihead_attention.val_proj";
            case "feed_forward.1" -> "dense1";
            case "feed_forward.2" -> "dense2";
            default -> throw new AssertionError(layer);
        };
    }

    private static String recTools(String layer, String kind) {
        return switch (layer) {
            case "norm1" -> "layer_norm_1." + kind;
            case "norm2" -> "layer_norm_2." + kind;
            case "attention.output" -> "multi_head_attn.out_proj." + kind;
            case "gate1" -> "gating_linear_1." + kind;
            case "gate2" -> "gating_linear_2." + kind;
            default ->
                layer.startsWith("attention.")
                        ? "multi_head_attn.in_proj_" + kind
                        : layer.replace("feed_forward.", "feed_forward.ff_linear_") + "." + kind;
        };
    }

    private static String sasRecPytorch(int block, String layer, String kind) {
        return switch (layer) {
            case "norm1" -> "attention_layernorms." + block + "." + kind;
            case "norm2" -> "forward_layernorms." + block + "." + kind;
            case "attention.output" -> "attention_layers." + block + ".out_proj." + kind;
            case "feed_forward.1" -> "forward_layers." + block + ".conv1." + kind;
            case "feed_forward.2" -> "forward_layers." + block + ".conv2." + kind;
            default -> "attention_layers." + block + ".in_proj_" + kind;
        };
    }

    private static float[] slice(float[] from, int start, int length) {
        float[] part = new float[length];
        System.arraycopy(from, start, part, 0, length);
        return part;
    }

    private static float[] reversed(float[] table, int dim) {
        float[] result = new float[table.length];
        int rows = table.length / dim;
        for (int row = 0; row < rows; row++) {
            System.arraycopy(table, row * dim, result, (rows - 1 - row) * dim, dim);
        }
        return result;
    }

    private static float[] transposed(float[] matrix, int rows) {
        float[] result = new float[matrix.length];
        int columns = matrix.length / rows;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[column * rows + row] = matrix[row * columns + column];
            }
        }
        return result;
    }
}
