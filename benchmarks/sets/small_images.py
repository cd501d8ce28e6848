"""Small labelled images, from which the sets are made: a folder with a folder of images a class, at any depth above them."""

import pathlib

import numpy as np
from PIL import Image

ENDINGS = {".jpg", ".jpeg", ".png", ".ppm", ".bmp"}


def classes(folder):
    """Files of each class, by name of the class, sorted: the last folder above a file is its class."""
    found = {}
    for file in sorted(pathlib.Path(folder).rglob("*")):
        if file.suffix.lower() in ENDINGS:
            found.setdefault(file.parent.name, []).append(file)
    if not found:
        raise SystemExit(f"There are no images below {folder}.")
    return found


def pixels(file):
    """Height x width x 3, bytes."""
    with Image.open(file) as image:
        return np.asarray(image.convert("RGB"))


def checker(side, cells=4):
    """A black and white checkerboard of side x side x 3 bytes."""
    index = np.arange(side) * cells // side
    board = (index[:, None] + index[None, :]) % 2 * 255
    return np.repeat(board[:, :, None], 3, axis=2).astype(np.uint8)
