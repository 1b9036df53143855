/** Recommenders that are trained in this JVM, saved as ONNX and served through ONNX Runtime. */
@NullMarked
package io.github.recsys4j.model;

import org.jspecify.annotations.NullMarked;
