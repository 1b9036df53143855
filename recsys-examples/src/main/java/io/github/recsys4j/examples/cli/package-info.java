/** The recsys command line. */
@NullMarked
package io.github.recsys4j.examples.cli;

import org.jspecify.annotations.NullMarked;
