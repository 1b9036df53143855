/**
 * What a recommender learns from: columnar interactions, the catalogue, and the vocabularies that turn the
 * application's ids into dense indices and back.
 */
@NullMarked
package io.github.recsys4j.data;

import org.jspecify.annotations.NullMarked;
