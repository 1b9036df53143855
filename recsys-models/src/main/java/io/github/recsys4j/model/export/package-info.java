/**
 * Writes a trained network down as an ONNX model: the same definition that is trained, interpreted a second time.
 */
@NullMarked
package io.github.recsys4j.model.export;

import org.jspecify.annotations.NullMarked;
