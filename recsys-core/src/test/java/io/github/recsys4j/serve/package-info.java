@NullMarked
package io.github.recsys4j.serve;

import org.jspecify.annotations.NullMarked;
