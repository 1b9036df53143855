@NullMarked
package io.github.recsys4j.model.runtime;

import org.jspecify.annotations.NullMarked;
