package io.github.recsys4j.model.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Changes parameters in place by their gradients, with the formulas of PyTorch 2 and state that can be saved.
 *
 * <p>Every tensor is updated whole: a table of a hundred thousand rows of 128 costs some ten passes over 50 MB a
 * step. The state lives in the manager that was given and ends with it. Not thread-safe.
 */
abstract class TorchOptimizer {
    private final Map<String, NDArray> state = new LinkedHashMap<>();
    private final NDManager manager;
    private long steps;

    private TorchOptimizer(NDManager manager) {
        this.manager = manager;
    }

    static TorchOptimizer of(Optimizer settings, NDManager manager) {
        if (settings instanceof Optimizer.Adam adam) {
            return new AdaptiveMoments(manager, adam.beta1(), adam.beta2(), adam.epsilon(), adam.weightDecay(), false);
        }
        if (settings instanceof Optimizer.AdamW adam) {
            return new AdaptiveMoments(manager, adam.beta1(), adam.beta2(), adam.epsilon(), adam.weightDecay(), true);
        }
        return new Descent(manager, (Optimizer.Sgd) settings);
    }

    /**
     * Does one step.
     *
     * @param parameters what is changed, by name
     * @param gradients one for each parameter; their content is used up
     * @param learningRate of this step
     */
    final void step(Map<String, NDArray> parameters, Map<String, NDArray> gradients, double learningRate) {
        steps++;
        parameters.forEach((name, parameter) -> {
            try (NDArray sameMemory = parameter.stopGradient()) {
                update(name, sameMemory, gradientOf(name, gradients), learningRate);
            }
        });
    }

    private static NDArray gradientOf(String name, Map<String, NDArray> gradients) {
        NDArray gradient = gradients.get(name);
        if (gradient == null) {
            throw new IllegalStateException("parameter " + name + " has no gradient, known are " + gradients.keySet());
        }
        return gradient;
    }

    abstract void update(String name, NDArray parameter, NDArray gradient, double learningRate);

    final long steps() {
        return steps;
    }

    /** {@return a tensor of the state, zeros before its first use} */
    final NDArray state(String kind, String name, NDArray like) {
        return state.computeIfAbsent(kind + "/" + name, key -> manager.zeros(like.getShape(), like.getDataType()));
    }

    /** {@return the state's values by name} */
    final Map<String, float[]> save() {
        Map<String, float[]> saved = new LinkedHashMap<>();
        state.forEach((name, values) -> saved.put(name, values.toFloatArray()));
        return saved;
    }

    /** Takes back what {@link #save} gave, after so many steps. */
    final void restore(Map<String, float[]> saved, Map<String, NDArray> parameters, long stepsDone) {
        steps = stepsDone;
        saved.forEach((key, values) -> {
            NDArray like = parameters.get(key.substring(key.indexOf('/') + 1));
            if (like == null) {
                throw new IllegalStateException("optimizer state " + key + " belongs to no parameter");
            }
            state.put(key, manager.create(values, like.getShape()));
        });
    }

    private static final class AdaptiveMoments extends TorchOptimizer {
        private final double beta1;
        private final double beta2;
        private final double epsilon;
        private final double weightDecay;
        private final boolean decoupled;

        AdaptiveMoments(
                NDManager manager, double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled) {
            super(manager);
            this.beta1 = beta1;
            this.beta2 = beta2;
            this.epsilon = epsilon;
            this.weightDecay = weightDecay;
            this.decoupled = decoupled;
        }

        @Override
        void update(String name, NDArray parameter, NDArray gradient, double learningRate) {
            decay(parameter, gradient, learningRate);
            NDArray first = state("m", name, parameter);
            NDArray second = state("v", name, parameter);
            double correction1 = 1 - Math.pow(beta1, (double) steps());
            double correction2 = Math.sqrt(1 - Math.pow(beta2, (double) steps()));
            try (NDArray squared = gradient.square()) {
                second.muli(beta2).addi(squared.muli(1 - beta2));
            }
            first.muli(beta1).addi(gradient.muli(1 - beta1));
            try (NDArray root = second.sqrt();
                    NDArray move = first.div(root.divi(correction2).addi(epsilon))) {
                parameter.subi(move.muli(learningRate / correction1));
            }
        }

        private void decay(NDArray parameter, NDArray gradient, double learningRate) {
            if (weightDecay > 0 && decoupled) {
                parameter.muli(1 - learningRate * weightDecay);
            } else if (weightDecay > 0) {
                addDecay(parameter, gradient, weightDecay);
            }
        }
    }

    private static final class Descent extends TorchOptimizer {
        private final Optimizer.Sgd settings;

        Descent(NDManager manager, Optimizer.Sgd settings) {
            super(manager);
            this.settings = settings;
        }

        @Override
        void update(String name, NDArray parameter, NDArray gradient, double learningRate) {
            if (settings.weightDecay() > 0) {
                addDecay(parameter, gradient, settings.weightDecay());
            }
            if (settings.momentum() == 0) {
                parameter.subi(gradient.muli(learningRate));
                return;
            }
            NDArray buffer = state("momentum", name, parameter);
            double share = steps() == 1 ? 1 : 1 - settings.dampening();
            try (NDArray scaled = gradient.mul(share)) {
                buffer.muli(settings.momentum()).addi(scaled);
            }
            try (NDArray move = buffer.mul(settings.nesterov() ? settings.momentum() : 1)) {
                parameter.subi((settings.nesterov() ? move.addi(gradient) : move).muli(learningRate));
            }
        }
    }

    private static void addDecay(NDArray parameter, NDArray gradient, double weightDecay) {
        try (NDArray decay = parameter.mul(weightDecay)) {
            gradient.addi(decay);
        }
    }

    /** Scales gradients down to a global norm, by {@code min(1, norm / (total + 1e-6))}; returns the total. */
    static double clip(Iterable<NDArray> gradients, double norm) {
        double squares = 0;
        for (NDArray gradient : gradients) {
            try (NDArray squared = gradient.square();
                    NDArray sum = squared.sum()) {
                squares += sum.getFloat();
            }
        }
        double total = Math.sqrt(squares);
        double factor = norm / (total + 1e-6);
        if (factor < 1) {
            gradients.forEach(gradient -> gradient.muli(factor));
        }
        return total;
    }
}
