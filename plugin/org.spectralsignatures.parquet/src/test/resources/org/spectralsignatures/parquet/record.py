"""Writes the Parquet files of the tests: python3 record.py, with PyArrow 25.0.1. Row i holds what ParquetTableTest says."""
import os

import pyarrow as pa
import pyarrow.parquet as pq

here = os.path.dirname(os.path.abspath(__file__))
ROWS = 50

image = pa.array([None if i % 5 == 3 else {"bytes": None if i % 5 == 4 else b"image %d " % i * (i % 7), "path": "Ü%d.png" % i} for i in range(ROWS)],
                 pa.struct([("bytes", pa.binary()), ("path", pa.string())]))
table = pa.table({
    "image": image,
    "label": pa.array([None if i % 7 == 0 else i % 3 - 1 for i in range(ROWS)], pa.int64()),
    "name": pa.array(["name %d" % (i % 4) for i in range(ROWS)]),
    "small": pa.array(range(ROWS), pa.int32()),
    "even": pa.array([i % 2 == 0 for i in range(ROWS)]),
    "list": pa.array([[1.0] * (i % 3) for i in range(ROWS)]),
    "real": pa.array([0.5 * i for i in range(ROWS)]),
    "day": pa.array(range(ROWS), pa.date32()),
}, schema=pa.schema([
    ("image", image.type), ("label", pa.int64()), ("name", pa.string()), pa.field("small", pa.int32(), nullable=False), ("even", pa.bool_()),
    ("list", pa.list_(pa.float64())), ("real", pa.float64()), ("day", pa.date32())]))


def write(name, of=table, **options):
    pq.write_table(of, os.path.join(here, name + ".parquet"), store_schema=False, **options)


for version in "1.0", "2.0":
    for codec in "none", "snappy", "gzip", "zstd", "brotli", "lz4":
        write("v%s-%s" % (version[0], codec), compression=codec, data_page_version=version, data_page_size=100, write_batch_size=10, row_group_size=20)
write("plain", compression="none", use_dictionary=False, write_page_checksum=True)
write("deltas", use_dictionary=False, data_page_version="2.0",
      column_encoding={"label": "DELTA_BINARY_PACKED", "image.bytes": "DELTA_LENGTH_BYTE_ARRAY", "real": "BYTE_STREAM_SPLIT"})
write("prefixes", pa.table({"name": table["name"]}), use_dictionary=False, column_encoding={"name": "DELTA_BYTE_ARRAY"})
write("empty", table.slice(0, 0))
