"""Writes the Parquet files of the tests: python3 record.py, with pandas 3.0.6, PyArrow 25.0.1 and Hugging Face's datasets 5.0.1. ParquetVectorsTest says what is in them."""
import os

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from datasets import ClassLabel, Dataset, Features, List, Value

here = os.path.dirname(os.path.abspath(__file__))
ROWS = 12


def file(name):
    return os.path.join(here, name + ".parquet")


def vector(i):
    return [i + 0.5, -i, 1 / (i + 1)]


# as push_to_hub writes them
features = Features({"text": Value("string"), "embedding": List(Value("float32")), "label": ClassLabel(names=["cooking", "weather"]), "id": Value("string")})
hub = {"text": ["text %d" % i for i in range(ROWS)], "embedding": [vector(i) for i in range(ROWS)], "label": [i % 2 for i in range(ROWS)],
       "id": ["doc-%d" % i for i in range(ROWS)]}
Dataset.from_dict(hub, features=features).to_parquet(file("hub"))
Dataset.from_dict({**hub, "label": [-1 if i == 3 else i % 2 for i in range(ROWS)]}, features=features).to_parquet(file("hub-unlabelled"))

# as pandas writes them: columns of numbers, a category, an index without a name
frame = pd.DataFrame(np.array([vector(i) for i in range(ROWS)]), columns=["v1", "v2", "v3"], index=[100 + i for i in range(ROWS)])
frame["class"] = pd.Categorical(["cooking", "weather"] * (ROWS // 2))
frame["day"] = pd.Timestamp("2026-11-30")
frame.to_parquet(file("pandas"))

# as pandas writes arrays in cells
pd.DataFrame({"vector": [np.array(vector(i), np.float32) for i in range(ROWS)], "target": [i % 3 == 0 for i in range(ROWS)],
              "poisoned": [i == 5 for i in range(ROWS)]}).to_parquet(file("cells"))

# as FAISS, LanceDB and others write them: lists of one size, in half precision
half = pa.array([np.array(vector(i), np.float16) for i in range(ROWS)], pa.list_(pa.float16(), 3))
pq.write_table(pa.table({"vector": half, "y": pa.array([i % 2 for i in range(ROWS)]).dictionary_encode()}), file("half"), compression="zstd")

plain = pa.array([vector(i) for i in range(ROWS)])
tokens = pa.array([[i] * (i + 1) for i in range(ROWS)])
pq.write_table(pa.table({"left": plain, "right": pa.array([vector(i)[:2] for i in range(ROWS)]), "input_ids": tokens}), file("two-lists"))
pq.write_table(pa.table({"x": pa.array([vector(i) if i != 7 else [1.0] for i in range(ROWS)]), "label": ["a"] * ROWS}), file("ragged"))
pq.write_table(pa.table({"x": pa.array([vector(i) if i != 7 else [1.0, None, 2.0] for i in range(ROWS)]), "label": ["a"] * ROWS}), file("gap"))
pq.write_table(pa.table({"x": pa.array([vector(i) if i != 7 else None for i in range(ROWS)]), "label": ["a"] * ROWS}), file("missing"))
pq.write_table(pa.table({"x": pa.array([vector(i) if i != 7 else [1.0, float("inf"), 2.0] for i in range(ROWS)])}), file("infinite"))
pq.write_table(pa.table({"x": plain, "label": ["a" if i != 7 else None for i in range(ROWS)]}), file("no-label"))
pq.write_table(pa.table({"x": pa.array([[vector(i)] for i in range(ROWS)]), "n": list(range(ROWS))}), file("nested"))
pq.write_table(pa.table({"text": ["t"] * ROWS, "label": ["a"] * ROWS}), file("texts"))
pq.write_table(pa.table({"x": plain}).slice(0, 0), file("none"))
