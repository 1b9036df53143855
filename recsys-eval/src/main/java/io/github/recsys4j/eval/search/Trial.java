package io.github.recsys4j.eval.search;

/**
 * One measurement that a search asks for.
 *
 * @param number from 0, in the order in which the search asks
 * @param configuration the number of the trial that had these settings first: halving measures the good ones again
 *     with a larger budget, so that an objective may go on from what it has stored under this number
 * @param settings what to measure
 * @param budget how much to spend, in units that the caller chose, such as epochs or per cent of the data; 0 if the
 *     strategy has no budget
 * @param seed what every random choice of the trial is to be derived from; the same for equal configurations
 */
public record Trial(int number, int configuration, Settings settings, int budget, long seed) {}
