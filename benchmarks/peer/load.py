"""Loads a MovieLens-style ratings CSV into per-user item sequences with polars and with typed pandas.

Usage: python3 benchmarks/peer/load.py RATINGS.csv [RUNS]     prints one JSON object: seconds of each run per library
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
        seconds = []
        for _ in range(runs):
            start = time.perf_counter()
            users = load(path)
            seconds.append(round(time.perf_counter() - start, 3))
        result[load.__name__.removeprefix("with_")] = {"users": users, "seconds": seconds}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
