/** Benchmarks with a claim: each checks its result and states the limit beside its time. */
@NullMarked
package io.github.recsys4j.benchmark;

import org.jspecify.annotations.NullMarked;
