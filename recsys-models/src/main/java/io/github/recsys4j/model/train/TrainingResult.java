package io.github.recsys4j.model.train;

import io.github.recsys4j.model.network.ParameterSet;

/**
 * What a run leaves behind.
 *
 * <p>Thread-safety: immutable.
 *
 * @param parameters of the best validated epoch, or of the last one where nothing was validated
 * @param history the curves
 */
public record TrainingResult(ParameterSet parameters, TrainingHistory history) {}
