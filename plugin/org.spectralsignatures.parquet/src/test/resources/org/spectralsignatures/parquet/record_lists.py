"""Writes the Parquet files of lists of the tests: python3 record_lists.py, with PyArrow 25.0.1. Row i holds what ParquetListsTest says."""
import os

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

here = os.path.dirname(os.path.abspath(__file__))
ROWS = 60


def values(i):
    if i % 7 == 3:
        return None
    if i % 7 == 5:
        return []
    return [None if i % 11 == 10 and j == 1 else i + j / 2 for j in range(i % 4 + 1)]


def whole(i):
    return [2**32 - 1 - i, i, 7]


table = pa.table({
    "row": pa.array(range(ROWS), pa.int32()),
    "single": pa.array([values(i) for i in range(ROWS)], pa.list_(pa.float32())),
    "double": pa.array([values(i) for i in range(ROWS)], pa.large_list(pa.float64())),
    "half": pa.array([[np.float16(i), np.float16(-0.1), np.float16(6e-8)] for i in range(ROWS)], pa.list_(pa.float16())),
    "fixed": pa.array([[i, i + 0.25, -i] for i in range(ROWS)], pa.list_(pa.float32(), 3)),
    "whole": pa.array([whole(i) for i in range(ROWS)], pa.list_(pa.uint32())),
    "large": pa.array([[2**64 - 1 - i, i] for i in range(ROWS)], pa.list_(pa.uint64())),
    "tiny": pa.array([[-i, i] for i in range(ROWS)], pa.list_(pa.int8())),
    "group": pa.array([{"inner": [float(i)]} for i in range(ROWS)], pa.struct([("inner", pa.list_(pa.float64()))])),
    "scalar": pa.array([np.float16(i) / 8 for i in range(ROWS)], pa.float16()),
    "nested": pa.array([[[1.0, 2.0], [3.0]]] * ROWS, pa.list_(pa.list_(pa.float64()))),
    "points": pa.array([[{"x": 1.0, "y": 2.0}]] * ROWS, pa.list_(pa.struct([("x", pa.float64()), ("y", pa.float64())]))),
    "map": pa.array([[("a", 1.0)]] * ROWS, pa.map_(pa.string(), pa.float64())),
    "words": pa.array([["a", "b"]] * ROWS, pa.list_(pa.string())),
})


def write(name, **options):
    pq.write_table(table, os.path.join(here, "lists-" + name + ".parquet"), store_schema=False, data_page_size=100, write_batch_size=10, row_group_size=25, **options)


write("v1-none", compression="none", data_page_version="1.0", use_compliant_nested_type=False)
write("v1-snappy", compression="snappy", data_page_version="1.0")
write("v2-zstd", compression="zstd", data_page_version="2.0")
write("v2-plain", compression="none", data_page_version="2.0", use_dictionary=False, write_page_checksum=True)
write("split", compression="zstd", data_page_version="2.0", use_dictionary=False, use_byte_stream_split=[
    "single.list.element", "double.list.element", "half.list.element", "fixed.list.element", "scalar"])
