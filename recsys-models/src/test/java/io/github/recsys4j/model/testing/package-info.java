/** Fixtures of published networks in the layout of ours. */
@NullMarked
package io.github.recsys4j.model.testing;

import org.jspecify.annotations.NullMarked;
