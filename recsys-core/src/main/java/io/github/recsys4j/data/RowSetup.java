package io.github.recsys4j.data;

/** What a worker's parser works with. */
record RowSetup(ReadLimits limits, IdCollector users, IdCollector items, RowBuffer rows) {}
