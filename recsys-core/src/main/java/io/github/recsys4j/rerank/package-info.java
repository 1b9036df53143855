/**
 * Small steps between finding items and showing them: a {@link io.github.recsys4j.rerank.ReRanker} takes scored
 * candidates and gives a list. Diversity, novelty, popularity and a minimum score are such steps; an application writes
 * its own as a lambda.
 */
@NullMarked
package io.github.recsys4j.rerank;

import org.jspecify.annotations.NullMarked;
