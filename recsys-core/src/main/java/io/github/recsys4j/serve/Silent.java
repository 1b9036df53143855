package io.github.recsys4j.serve;

/** Metrics that nobody reads. */
enum Silent implements ServingMetrics {
    INSTANCE;

    @Override
    public void time(Stage stage, long nanos) {}

    @Override
    public void count(Event event) {}

    @Override
    public void indexSize(long items) {}
}
