"""Makes the files of Hdf5FileTest with h5py 3: python make.py"""
from pathlib import Path

import h5py
import numpy as np

HERE = Path(__file__).parent


def fill(file):
    file.attrs["short"] = np.bytes_("fixed")
    file.attrs["long"] = "é" * 3_000
    file.attrs["number"] = 3
    file.attrs["texts"] = ["a", "b"]
    group = file.create_group("groups/inner")
    group.attrs["name"] = "inner"
    values = np.arange(6).reshape(2, 3) / 4 - .5
    for kind in ("<f2", "<f4", "<f8", ">f4"):
        group[kind] = values.astype(kind)
    group["single"] = np.float32(1.5)
    group["empty"] = np.zeros((0, 3), np.float32)
    group["whole"] = np.arange(3)
    many = file.create_group("many")
    for i in range(60):
        many[f"array {i}"] = np.float32([i])
    file["link"] = h5py.SoftLink("/groups")
    file["outside/elsewhere"] = h5py.ExternalLink("/etc/passwd", "/")


with h5py.File(HERE / "old.h5", "w") as file:
    fill(file)
with h5py.File(HERE / "new.h5", "w", libver="latest") as file:
    group = file.create_group("groups/inner")
    group.attrs["name"] = "inner"
    group["<f4"] = (np.arange(6).reshape(2, 3) / 4 - .5).astype("<f4")
    compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    compact.set_layout(h5py.h5d.COMPACT)
    h5py.h5d.create(group.id, b"compact", h5py.h5t.IEEE_F32LE, h5py.h5s.create_simple((2, 3)), compact).write(h5py.h5s.ALL, h5py.h5s.ALL,
        (np.arange(6, dtype=np.float32).reshape(2, 3) / 4 - .5))
with h5py.File(HERE / "chunks.h5", "w") as file:
    file.create_dataset("packed", data=np.zeros((20, 20), np.float32), compression="gzip")
with h5py.File(HERE / "dense.h5", "w", libver="latest") as file:
    for i in range(12):
        file[f"array {i}"] = np.float32([i])
