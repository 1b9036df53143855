package io.github.recsys4j.model.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Joins parts of an item, contents first and the id last where there is one, to one row. A part that is not there is
 * zero and its presence is 0. Immutable and safe for many threads.
 */
abstract class FusionLayer {
    final String name;
    final Size size;
    final ItemTowerOptions options;

    FusionLayer(String name, Size size, ItemTowerOptions options) {
        this.name = name;
        this.size = size;
        this.options = options;
    }

    /** How many contents there are, the width, and the standard deviation with which rows begin. */
    record Size(int contents, int dim, double deviation) {
        int parts() {
            return contents + 1;
        }
    }

    /** A row {@code [n, dim]}, and what each part gave to it {@code [n, parts]}. */
    record Joined(Tensor rows, Tensor shares) {}

    static FusionLayer of(String name, Size size, ItemTowerOptions options) {
        return switch (options.fusion()) {
            case CONCATENATE -> new Concatenation(name, size, options);
            case SELF_ATTENTION -> new SelfAttention(name, size, options);
            case CROSS_ATTENTION -> new CrossAttention(name, size, options);
            case MODALITY_GATE -> new ModalityGate(name, size, options);
            case ID_GATE -> new IdGate(name, size, options);
        };
    }

    abstract List<ParameterSpec> parameters();

    /** Parts {@code [n, dim]} and presence {@code [n, parts]}. */
    abstract Joined join(Weights weights, List<Tensor> parts, Tensor presence);

    /** 1 where any of the columns is 1, {@code [n, 1]}. */
    static Tensor any(Tensor presence) {
        Tensor count = presence.sum(1);
        return count.sub(count.add(-1).relu());
    }

    /** The number of columns that are 1, at least 1, {@code [n, 1]}. */
    static Tensor atLeastOne(Tensor presence) {
        return presence.sum(1).add(-1).relu().add(1);
    }

    static Tensor sumOf(List<Tensor> parts) {
        Tensor sum = parts.get(0);
        for (Tensor part : parts.subList(1, parts.size())) {
            sum = sum.add(part);
        }
        return sum;
    }

    /** A matrix over all parts side by side, kept as one matrix for each so that a part may be absent. */
    List<ParameterSpec> sideBySide(String layer, int out) {
        Initializer initializer = Initializer.linear(size.parts() * size.dim());
        List<ParameterSpec> specs = new ArrayList<>();
        for (int part = 0; part < size.parts(); part++) {
            specs.add(new ParameterSpec(part(layer, part) + ".weight", List.of(size.dim(), out), initializer));
        }
        specs.add(new ParameterSpec(name + "." + layer + ".bias", List.of(out), initializer));
        return specs;
    }

    private String part(String layer, int part) {
        return name + "." + layer + "." + part;
    }

    /** {@code W [x_1; x_2; ..] + b} with parts read at deviation 1. */
    Tensor sideBySide(Weights weights, String layer, List<Tensor> parts) {
        Tensor sum = weights.get(name + "." + layer + ".bias");
        for (int part = 0; part < parts.size(); part++) {
            Tensor unit = unit(parts.get(part)).dropout(options.dropout());
            sum = unit.matMul(weights.get(part(layer, part) + ".weight")).add(sum);
        }
        return sum;
    }

    Tensor unit(Tensor part) {
        return size.deviation() == 0 || size.deviation() == 1 ? part : part.mul(1 / size.deviation());
    }

    /** Parts {@code [n, dim]} as places of a sequence, {@code [n, parts, dim]}, each with a vector of its kind. */
    Tensor stacked(Weights weights, List<Tensor> parts) {
        List<Tensor> places =
                parts.stream().map(part -> unit(part).reshape(0, 1, size.dim())).toList();
        Tensor stack = places.size() == 1 ? places.get(0) : places.get(0).concat(1, places.subList(1, places.size()));
        return stack.add(weights.get(name + ".kinds").slice(0, 0, parts.size()));
    }

    ParameterSpec kinds() {
        return new ParameterSpec(name + ".kinds", List.of(size.parts(), size.dim()), Initializer.normal(0.02));
    }

    private static final class Concatenation extends FusionLayer {
        Concatenation(String name, Size size, ItemTowerOptions options) {
            super(name, size, options);
        }

        @Override
        List<ParameterSpec> parameters() {
            int width = 2 * size.dim();
            List<ParameterSpec> specs = new ArrayList<>(sideBySide("hidden", width));
            Initializer small = Initializer.normal(size.deviation() / Math.sqrt(width));
            specs.add(new ParameterSpec(name + ".output.weight", List.of(width, size.dim()), small));
            specs.add(new ParameterSpec(name + ".output.bias", List.of(size.dim()), Initializer.constant(0)));
            return specs;
        }

        @Override
        Joined join(Weights weights, List<Tensor> parts, Tensor presence) {
            Tensor hidden = sideBySide(weights, "hidden", parts).gelu().dropout(options.dropout());
            Tensor joined = Layers.linear(weights, name + ".output", hidden);
            return new Joined(joined.add(sumOf(parts)), presence.div(atLeastOne(presence)));
        }
    }

    private static final class ModalityGate extends FusionLayer {
        ModalityGate(String name, Size size, ItemTowerOptions options) {
            super(name, size, options);
        }

        @Override
        List<ParameterSpec> parameters() {
            return sideBySide("gate", size.parts());
        }

        @Override
        Joined join(Weights weights, List<Tensor> parts, Tensor presence) {
            Tensor logits = sideBySide(weights, "gate", parts).slice(1, 0, parts.size());
            Tensor gate = logits.add(presence.add(-1).mul(-Attention.MASKED)).softmax(1);
            List<Tensor> weighted = new ArrayList<>();
            for (int part = 0; part < parts.size(); part++) {
                weighted.add(parts.get(part).mul(gate.slice(1, part, part + 1L)));
            }
            return new Joined(sumOf(weighted), gate);
        }
    }

    private static final class IdGate extends FusionLayer {
        IdGate(String name, Size size, ItemTowerOptions options) {
            super(name, size, options);
        }

        private int width() {
            return Math.max(1, size.dim() / 4);
        }

        @Override
        List<ParameterSpec> parameters() {
            List<ParameterSpec> specs =
                    new ArrayList<>(Layers.linearParameters(name + ".gate.1", size.dim(), width(), true));
            specs.addAll(Layers.linearParameters(name + ".gate.2", width(), size.dim(), true));
            return specs;
        }

        @Override
        Joined join(Weights weights, List<Tensor> parts, Tensor presence) {
            Tensor there = presence.slice(1, 0, size.contents());
            Tensor count = atLeastOne(there);
            Tensor content = sumOf(parts.subList(0, size.contents())).div(count);
            Tensor evenly = there.div(count);
            if (parts.size() == size.contents()) {
                return new Joined(content, evenly);
            }
            Tensor gate = gate(weights, content);
            Tensor id = presence.slice(1, size.contents(), size.parts());
            Tensor some = any(there);
            Tensor ofId = gate.mul(some).add(some.mul(-1).add(1)).mul(id);
            Tensor ofContent = ofId.mul(-1).add(1);
            Tensor rows = ofContent.mul(content).add(ofId.mul(parts.get(size.contents())));
            Tensor share = ofId.mean(1);
            Tensor others = evenly.mul(share.mul(-1).add(1));
            return new Joined(rows, others.concat(1, List.of(share)));
        }

        private Tensor gate(Weights weights, Tensor content) {
            Tensor hidden =
                    Layers.linear(weights, name + ".gate.1", unit(content)).relu();
            return Layers.linear(weights, name + ".gate.2", hidden.dropout(options.dropout()))
                    .sigmoid();
        }
    }

    private static final class SelfAttention extends FusionLayer {
        private static final double EPSILON = 1e-5;
        private final Attention attention;

        SelfAttention(String name, Size size, ItemTowerOptions options) {
            super(name, size, options);
            this.attention = new Attention(name + ".attention", size.dim(), options.heads(), true);
        }

        @Override
        List<ParameterSpec> parameters() {
            List<ParameterSpec> specs = new ArrayList<>(List.of(kinds()));
            specs.addAll(attention.parameters());
            specs.addAll(Layers.normParameters(name + ".norm", size.dim(), size.deviation()));
            return specs;
        }

        @Override
        Joined join(Weights weights, List<Tensor> parts, Tensor presence) {
            Tensor x = stacked(weights, parts);
            Attention.Memory memory = new Attention.Memory(x, x, Attention.bias(presence));
            Attention.Attended attended = attention.apply(weights, x, memory, options.dropout());
            Tensor mixed = x.add(attended.output().dropout(options.dropout()));
            Tensor normed = Layers.norm(weights, name + ".norm", mixed, EPSILON);
            Tensor evenly = presence.div(atLeastOne(presence));
            Tensor rows = normed.mul(evenly.reshape(0, -1, 1)).sum(1).reshape(0, size.dim());
            Tensor looks = attended.shares().mean(1).reshape(0, parts.size(), parts.size());
            Tensor shares = looks.mul(evenly.reshape(0, -1, 1)).sum(1).reshape(0, parts.size());
            return new Joined(rows, shares);
        }
    }

    private static final class CrossAttention extends FusionLayer {
        private final FusionBlock block;

        CrossAttention(String name, Size size, ItemTowerOptions options) {
            super(name, size, options);
            Attention attention = new Attention(name + ".attention", size.dim(), options.heads(), true);
            this.block = new FusionBlock(name, size.dim(), 2 * size.dim(), attention, options.dropout());
        }

        @Override
        List<ParameterSpec> parameters() {
            List<ParameterSpec> specs = new ArrayList<>(List.of(kinds()));
            specs.add(new ParameterSpec(name + ".query", List.of(1, 1, size.dim()), Initializer.normal(0.02)));
            specs.addAll(block.parameters(size.deviation()));
            return specs;
        }

        @Override
        Joined join(Weights weights, List<Tensor> parts, Tensor presence) {
            Tensor x = stacked(weights, parts);
            Attention.Memory memory = new Attention.Memory(x, x, Attention.bias(presence));
            Attention.Attended attended = block.apply(weights, weights.get(name + ".query"), memory);
            Tensor shares = attended.shares().mean(1).reshape(0, parts.size());
            return new Joined(attended.output().reshape(0, size.dim()), shares);
        }
    }
}
