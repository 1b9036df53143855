/**
 * What serving needs around a recommender: {@link io.github.recsys4j.serve.LiveRecommender} follows what users do as
 * they do it, {@link io.github.recsys4j.serve.RecommenderSlot} changes models under load,
 * {@link io.github.recsys4j.serve.Experiment} compares them, {@link io.github.recsys4j.serve.BulkJob} answers for
 * everybody, and a {@link io.github.recsys4j.serve.HistoryStore} keeps histories.
 */
@NullMarked
package io.github.recsys4j.serve;

import org.jspecify.annotations.NullMarked;
