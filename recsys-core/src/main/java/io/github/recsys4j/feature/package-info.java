/**
 * From content to vectors: frozen encoders turn an item's image, text or sound into a vector, a cache keeps each vector
 * under what it was made from, and a matrix lines the vectors up with a vocabulary of items.
 *
 * <p>An {@link io.github.recsys4j.feature.Encoder} is pre-trained or computed by a fixed rule and never trained here;
 * what learns from its vectors is a tower.
 */
@NullMarked
package io.github.recsys4j.feature;

import org.jspecify.annotations.NullMarked;
