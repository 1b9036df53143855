@NullMarked
package io.github.recsys4j.rerank;

import org.jspecify.annotations.NullMarked;
