/**
 * Runs ONNX models in the host's process, on the CPU or a CUDA device: the only package that knows ONNX Runtime.
 */
@NullMarked
package io.github.recsys4j.model.runtime;

import org.jspecify.annotations.NullMarked;
