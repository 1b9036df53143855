@NullMarked
package io.github.recsys4j.model.encoder;

import org.jspecify.annotations.NullMarked;
