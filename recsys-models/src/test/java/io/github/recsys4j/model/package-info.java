@NullMarked
package io.github.recsys4j.model;

import org.jspecify.annotations.NullMarked;
