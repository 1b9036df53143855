/** A small made-up shop whose right answers are known, and the way from its files to recommendations. */
@NullMarked
package io.github.recsys4j.examples.quickstart;

import org.jspecify.annotations.NullMarked;
