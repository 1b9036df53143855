/** What the tests of every module share: contract suites, small data sets, and the way to the real data. */
@NullMarked
package io.github.recsys4j.testing;

import org.jspecify.annotations.NullMarked;
