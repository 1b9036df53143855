/**
 * What an application talks to: a {@link io.github.recsys4j.Recommender}, the requests it takes and the
 * recommendations it gives. Ids are the application's own strings; dense indices never leave the library.
 */
@NullMarked
package io.github.recsys4j;

import org.jspecify.annotations.NullMarked;
