/**
 * Frozen encoders: pictures, texts and sounds become vectors. Exported networks run through ONNX Runtime with the
 * preprocessing of their training code; the built-in encoders need no download.
 */
@NullMarked
package io.github.recsys4j.model.encoder;

import org.jspecify.annotations.NullMarked;
