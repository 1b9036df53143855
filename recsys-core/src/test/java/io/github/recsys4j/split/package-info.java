@NullMarked
package io.github.recsys4j.split;

import org.jspecify.annotations.NullMarked;
