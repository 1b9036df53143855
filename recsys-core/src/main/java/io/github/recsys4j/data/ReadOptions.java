package io.github.recsys4j.data;

import io.github.recsys4j.ProgressListener;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How files are to be read. */
record ReadOptions(
        ReadLimits limits, Optional<ColumnNames> columns, Optional<TimeUnit> timeUnit, ProgressListener progress) {}
