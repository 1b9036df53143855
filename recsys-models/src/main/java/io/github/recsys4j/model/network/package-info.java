/**
 * Each network, written once against {@link io.github.recsys4j.model.network.Tensor}: the training backend runs a
 * network eagerly with gradients, the export recorder turns the same calls into ONNX nodes.
 */
@NullMarked
package io.github.recsys4j.model.network;

import org.jspecify.annotations.NullMarked;
