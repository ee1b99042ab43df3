"""Reads rows.parquet and rows.csv with pandas, polars and the module csv.

Usage: read_back.py FOLDER COLUMN...
Prints a JSON object: for each reader, the types and the values of these columns.
"""

import csv
import json
import sys
from pathlib import Path

import numpy
import pandas
import polars


def plain(value):
    """Returns a value in the form that JSON has: lists, texts, numbers and null."""
    if isinstance(value, (list, numpy.ndarray)):
        return [plain(element) for element in value]
    return None if pandas.isna(value) else value


def contents(types, columns):
    return {
        "types": [str(name) for name in types],
        "columns": [[plain(value) for value in column] for column in columns],
    }


def of_pandas(frame, names):
    return contents([frame[name].dtype for name in names], [frame[name].tolist() for name in names])


def of_polars(frame, names):
    return contents(frame.select(names).dtypes, [frame[name].to_list() for name in names])


def of_csv(file, names):
    with open(file, encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, strict=True))
    return contents(["str"] * len(names), [[row[name] for row in rows] for name in names])


def main():
    folder = Path(sys.argv[1])
    names = sys.argv[2:]
    parquet = folder / "rows.parquet"
    text = folder / "rows.csv"
    print(
        json.dumps(
            {
                "pandas Parquet": of_pandas(pandas.read_parquet(parquet), names),
                "polars Parquet": of_polars(polars.read_parquet(parquet), names),
                "csv": of_csv(text, names),
                "pandas CSV": of_pandas(
                    pandas.read_csv(text, dtype=str, keep_default_na=False), names
                ),
                "polars CSV": of_polars(
                    polars.read_csv(text, infer_schema=False).fill_null(""), names
                ),
            }
        )
    )


main()
