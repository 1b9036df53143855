package io.github.recsys4j.model.network;

import java.util.List;

/** Layers that own a weight and a bias, by the name of the layer. */
final class Layers {
    private Layers() {}

    static List<ParameterSpec> linearParameters(String name, int in, int out, boolean bias) {
        Initializer initializer = Initializer.linear(in);
        ParameterSpec weight = new ParameterSpec(name + ".weight", List.of(in, out), initializer);
        return bias ? List.of(weight, new ParameterSpec(name + ".bias", List.of(out), initializer)) : List.of(weight);
    }

    static List<ParameterSpec> normParameters(String name, int dim) {
        return normParameters(name, dim, 1);
    }

    static List<ParameterSpec> normParameters(String name, int dim, double gamma) {
        return List.of(
                new ParameterSpec(name + ".weight", List.of(dim), Initializer.constant(gamma)),
                new ParameterSpec(name + ".bias", List.of(dim), Initializer.constant(0)));
    }

    static Tensor linear(Weights weights, String name, Tensor x) {
        return x.linear(weights.get(name + ".weight"), weights.get(name + ".bias"));
    }

    static Tensor norm(Weights weights, String name, Tensor x, double epsilon) {
        return x.layerNorm(weights.get(name + ".weight"), weights.get(name + ".bias"), epsilon);
    }
}
