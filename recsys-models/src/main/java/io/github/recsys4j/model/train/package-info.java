/**
 * Training on libtorch through DJL, the only package that knows that engine. A host that only serves may leave it and
 * the engine's artifacts out.
 */
@NullMarked
package io.github.recsys4j.model.train;

import org.jspecify.annotations.NullMarked;
