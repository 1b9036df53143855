/**
 * Ways to hold interactions back for validation and test, each deterministic, each with a report of what it
 * holds back and what it does not prevent.
 */
@NullMarked
package io.github.recsys4j.split;

import org.jspecify.annotations.NullMarked;
