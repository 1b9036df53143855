/** Tests of the house itself: the arrows between modules and packages, and the list of public types. */
@NullMarked
package io.github.recsys4j.architecture;

import org.jspecify.annotations.NullMarked;
