package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How a gradient changes the parameters: settings only, with the formulas and defaults of PyTorch 2.
 *
 * <p>Thread-safety: immutable.
 */
public sealed interface Optimizer {

    /** {@return the base learning rate, greater than 0; the {@link Schedule} changes it from step to step} */
    double learningRate();

    /** {@return Adam with learning rate 0.001 and PyTorch's defaults} */
    static Adam adam() {
        return new Adam(1e-3, 0.9, 0.999, 1e-8, 0);
    }

    /** {@return AdamW with learning rate 0.001, weight decay 0.01 and PyTorch's defaults} */
    static AdamW adamW() {
        return new AdamW(1e-3, 0.9, 0.999, 1e-8, 0.01);
    }

    /**
     * Stochastic gradient descent with momentum.
     *
     * @param learningRate the base learning rate, greater than 0
     * @param momentum in {@code [0, 1)}; 0 is plain descent
     * @return the settings, without Nesterov's form and without weight decay
     */
    static Sgd sgd(double learningRate, double momentum) {
        return new Sgd(learningRate, momentum, 0, false, 0);
    }

    /**
     * Adam: steps scaled by bias-corrected first and second moments; {@code epsilon} is added after the
     * correction, {@code p -= lr * (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)}.
     *
     * @param learningRate the base learning rate, greater than 0
     * @param beta1 decay of the first moment, in {@code [0, 1)}
     * @param beta2 decay of the second moment, in {@code [0, 1)}
     * @param epsilon added to the denominator, greater than 0
     * @param weightDecay L2: this times the parameter is added to the gradient; at least 0
     * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, Adam, ICLR 2015</a>
     */
    record Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
            implements Optimizer {
        /**
         * Checks the ranges.
         *
         * @param learningRate the base learning rate
         * @param beta1 decay of the first moment
         * @param beta2 decay of the second moment
         * @param epsilon added to the denominator
         * @param weightDecay L2 weight
         */
        public Adam {
            Checks.moments(learningRate, beta1, beta2);
            Checks.positive("epsilon", epsilon);
            Checks.notNegative("weightDecay", weightDecay);
        }

        /**
         * {@return the same with another learning rate}
         *
         * @param rate greater than 0
         */
        public Adam withLearningRate(double rate) {
            return new Adam(rate, beta1, beta2, epsilon, weightDecay);
        }

        /**
         * {@return the same with another decay of the second moment}
         *
         * @param beta in {@code [0, 1)}; SASRec uses 0.98
         */
        public Adam withBeta2(double beta) {
            return new Adam(learningRate, beta1, beta, epsilon, weightDecay);
        }
    }

    /**
     * Adam with decoupled weight decay: {@code p *= 1 - lr * weightDecay} before the step of {@link Adam}.
     *
     * @param learningRate the base learning rate, greater than 0
     * @param beta1 decay of the first moment, in {@code [0, 1)}
     * @param beta2 decay of the second moment, in {@code [0, 1)}
     * @param epsilon added to the denominator, greater than 0
     * @param weightDecay at least 0
     * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter, Decoupled Weight Decay, ICLR 2019</a>
     */
    record AdamW(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
            implements Optimizer {
        /**
         * Checks the ranges.
         *
         * @param learningRate the base learning rate
         * @param beta1 decay of the first moment
         * @param beta2 decay of the second moment
         * @param epsilon added to the denominator
         * @param weightDecay decoupled decay
         */
        public AdamW {
            Checks.moments(learningRate, beta1, beta2);
            Checks.positive("epsilon", epsilon);
            Checks.notNegative("weightDecay", weightDecay);
        }

        /**
         * {@return the same with another learning rate}
         *
         * @param rate greater than 0
         */
        public AdamW withLearningRate(double rate) {
            return new AdamW(rate, beta1, beta2, epsilon, weightDecay);
        }

        /**
         * {@return the same with another weight decay}
         *
         * @param decay at least 0
         */
        public AdamW withWeightDecay(double decay) {
            return new AdamW(learningRate, beta1, beta2, epsilon, decay);
        }
    }

    /**
     * Stochastic gradient descent: {@code buffer = momentum * buffer + (1 - dampening) * g} (the first step takes
     * {@code g} whole), then {@code p -= lr * buffer}, or {@code p -= lr * (g + momentum * buffer)} with Nesterov.
     *
     * @param learningRate the base learning rate, greater than 0
     * @param momentum in {@code [0, 1)}
     * @param dampening in {@code [0, 1]}; must be 0 with Nesterov
     * @param nesterov whether the step looks ahead; needs momentum
     * @param weightDecay L2: this times the parameter is added to the gradient; at least 0
     */
    record Sgd(double learningRate, double momentum, double dampening, boolean nesterov, double weightDecay)
            implements Optimizer {
        /**
         * Checks the ranges.
         *
         * @param learningRate the base learning rate
         * @param momentum share of the last step that is kept
         * @param dampening share of the gradient that is left out of the buffer
         * @param nesterov whether the step looks ahead
         * @param weightDecay L2 weight
         */
        public Sgd {
            Checks.positive("learningRate", learningRate);
            Checks.fraction("momentum", momentum);
            checkArgument(dampening >= 0 && dampening <= 1, "dampening must be in [0, 1], got %s", dampening);
            checkArgument(
                    !nesterov || (momentum > 0 && dampening == 0),
                    "nesterov needs momentum above 0 and dampening 0, got momentum %s and dampening %s",
                    momentum,
                    dampening);
            Checks.notNegative("weightDecay", weightDecay);
        }

        /** {@return the same with Nesterov's look-ahead} */
        public Sgd withNesterov() {
            return new Sgd(learningRate, momentum, dampening, true, weightDecay);
        }

        /**
         * {@return the same with another weight decay}
         *
         * @param decay at least 0
         */
        public Sgd withWeightDecay(double decay) {
            return new Sgd(learningRate, momentum, dampening, nesterov, decay);
        }
    }
}
