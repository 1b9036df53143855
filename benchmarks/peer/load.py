"""Loads a MovieLens-style ratings CSV into per-user item sequences with polars and with typed pandas.

The peer of LoadBenchmark: the same file, the same number of threads, and a result of the same meaning (each user's
movies in order of time, equal times in the order of the file), though without the ratings that LoadBenchmark keeps.

Usage: POLARS_MAX_THREADS=2 python3 benchmarks/peer/load.py RATINGS.csv [RUNS]

Prints one JSON object: wall and processor seconds of each run per library. A library that is not installed is left
out.
"""

import json
import sys
import time


def with_polars(path):
    import polars as pl

    frame = pl.read_csv(
        path,
        schema={"userId": pl.Int32, "movieId": pl.Int32, "rating": pl.Float32, "timestamp": pl.Int64},
    )
    sequences = (
        frame.sort("userId", "timestamp", maintain_order=True).group_by("userId", maintain_order=True).agg("movieId")
    )
    return sequences.height


def with_pandas(path):
    import pandas as pd

    frame = pd.read_csv(
        path, dtype={"userId": "int32", "movieId": "int32", "rating": "float32", "timestamp": "int64"}
    )
    frame = frame.sort_values(["userId", "timestamp"], kind="stable")
    users = frame["userId"].to_numpy()
    items = frame["movieId"].to_numpy()
    starts = [0, *((users[1:] != users[:-1]).nonzero()[0] + 1), len(users)]
    sequences = [items[a:b] for a, b in zip(starts, starts[1:])]
    return len(sequences)


def main():
    path, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5
    result = {}
    for load in (with_polars, with_pandas):
        seconds, processor = [], []
        try:
            for _ in range(runs):
                wall, cpu = time.perf_counter(), time.process_time()
                users = load(path)
                seconds.append(round(time.perf_counter() - wall, 3))
                processor.append(round(time.process_time() - cpu, 3))
        except ImportError:
            continue
        name = load.__name__.removeprefix("with_")
        result[name] = {"users": users, "seconds": seconds, "processor_seconds": processor}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
