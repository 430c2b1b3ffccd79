"""Prints the rows of a rollout as JSON."""

import json
import sys

import pyarrow.parquet as pq

print(json.dumps(pq.read_table(sys.argv[1]).drop_columns(["masks"]).to_pylist()))
