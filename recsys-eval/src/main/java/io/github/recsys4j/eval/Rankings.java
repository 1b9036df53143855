package io.github.recsys4j.eval;

import java.util.List;

/**
 * What a recommender answered, case by case.
 *
 * @param items one array of at most k item indices per case, best first
 * @param answeredByPopularity how many cases its popularity fallback answered
 */
record Rankings(List<int[]> items, int answeredByPopularity) {}
