"""Writes the Parquet files of the tests: python3 record.py, with Hugging Face's datasets 5.0.1 and PyArrow 25.0.1. Image i has the gray value 10 * i."""
import io
import os

import numpy as np
import PIL.Image
import pyarrow as pa
import pyarrow.parquet as pq
from datasets import ClassLabel, Dataset, Features, Image, Value

here = os.path.dirname(os.path.abspath(__file__))
NAMES = ["cat", "dog", "schöner Ürsus", "ship"]


def png(i):
    file = io.BytesIO()
    PIL.Image.fromarray(np.full((3, 4, 3), 10 * i, np.uint8)).save(file, "PNG")
    return file.getvalue()


def image(i):
    return {"bytes": png(i), "path": "foto ü/%04d.png" % i}


def hub(name, images, labels):
    """A file as push_to_hub writes it."""
    os.makedirs(os.path.dirname(os.path.join(here, name)), exist_ok=True)
    features = Features({"image": Image(), "label": ClassLabel(names=NAMES)})
    Dataset.from_dict({"image": images, "label": labels}, features=features).to_parquet(os.path.join(here, name))


hub("hub/data/train-00000-of-00002.parquet", [image(i) for i in range(4)], [1, 0, 2, 0])
hub("hub/data/train-00001-of-00002.parquet", [image(i) for i in range(4, 7)], [1, 1, None])
hub("hub/data/test-00000-of-00001.parquet", [image(9), image(10)], [2, -1])


def broken(name, images, labels):
    """The same, with rows that datasets would mend or refuse."""
    features = Features({"image": Image(), "label": ClassLabel(names=NAMES)})
    pq.write_table(pa.table({"image": images, "label": labels}, schema=features.arrow_schema), os.path.join(here, name))


broken("hub/data/validation-00000-of-00001.parquet", [image(7), {"bytes": png(8)[:50], "path": "8.png"}, None, {"bytes": None, "path": "/etc/passwd"}], [0, 0, 1, 1])
broken("none.parquet", [], [])

Dataset.from_dict({"image": [image(1), image(2)], "fine_label": [1, 0], "coarse_label": [0, 0]}, features=Features(
    {"image": Image(), "fine_label": ClassLabel(names=["maple", "oak"]), "coarse_label": ClassLabel(names=["trees"])})).to_parquet(os.path.join(here, "two-labels.parquet"))
Dataset.from_dict({"picture": [image(1)], "mask": [image(2)], "label": [0]}, features=Features(
    {"picture": Image(), "mask": Image(), "label": ClassLabel(names=NAMES)})).to_parquet(os.path.join(here, "two-images.parquet"))


def plain(name, note=None, **columns):
    table = pa.table(columns)
    pq.write_table(table.replace_schema_metadata({"huggingface": note} if note else None), os.path.join(here, name))


plain("outside.parquet", '{"info": {"features": {"label": {"names": ["a", "b"], "_type": "ClassLabel"}}}}', image=[png(1), png(2)], label=[1, 7])
plain("text.parquet", img=[png(i) for i in range(3)], species=["Bär", "10", "2"], caption=["one", "two", "three"])
plain("numbers.parquet", image=[png(i) for i in range(3)], label=[10, 2, 10])
plain("real.parquet", image=[png(1)], label=[0.5])
plain("unlabelled.parquet", image=[png(1)], width=[4])
plain("no-image.parquet", file=["a.png"], label=[1])
