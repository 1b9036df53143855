@NullMarked
package io.github.recsys4j.model.export;

import org.jspecify.annotations.NullMarked;
