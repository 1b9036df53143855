/** The quickstart and the recsys command line. */
@NullMarked
package io.github.recsys4j.examples;

import org.jspecify.annotations.NullMarked;
