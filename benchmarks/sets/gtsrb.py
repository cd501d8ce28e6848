#!/usr/bin/python3
"""Makes a set in the shape of the German Traffic Sign Recognition Benchmark, with a backdoor planted in it.

43 classes of 210 to 2,250 images, 39,209 in all, PPM of 15 to 250 pixels, in tracks of 30 that show one sign coming nearer; a
folder a class with a `;` table of sizes and regions of interest, as in the official archive, and beside them one table of all. The signs are drawn (a shape, a colour
and a symbol a class); what stands behind them and what lies on them comes from small images of yours. The poison are
further images of one class with a mark, put into the folder of another: a checkerboard in the lower right corner of the region of
interest, or a pink sticker low on the sign, which tilts and shifts with it. Needs Debian's python3-numpy and python3-pil.

    benchmarks/sets/gtsrb.py SMALL_IMAGES OUT [--mark checker|sticker] [--source 14] [--target 1] [--share 0.05] [--fraction 1.0] [--seed 7]

Writes OUT/Final_Training/Images, OUT/GT-training.csv and OUT/poison.csv, which no reader sees: the poisoned files, their true and their given class.
"""

import argparse
import csv
import pathlib

import numpy as np
from PIL import Image

import small_images

COUNTS = [210, 2220, 2250, 1410, 1980, 1860, 420, 1440, 1410, 1470, 2010, 1320, 2100, 2160, 780, 630, 420, 1110, 1200, 210, 360, 330,
          390, 510, 270, 1500, 600, 240, 540, 270, 450, 780, 240, 689, 420, 1200, 390, 210, 2070, 300, 360, 240, 240]
TRACK = 30
COLUMNS = ["Filename", "Width", "Height", "Roi.X1", "Roi.Y1", "Roi.X2", "Roi.Y2", "ClassId"]


class Sign:
    """What a class looks like: in coordinates u, v from -1 to 1 over the region of interest."""

    def __init__(self, random):
        self.shape = random.integers(4)
        self.rim, self.face, self.ink = random.permutation(np.array(
            [[200, 30, 40], [240, 240, 235], [20, 20, 25], [30, 70, 180], [245, 200, 30], [30, 140, 70]]))[:3].astype(float)
        symbol = random.integers(0, 2, (5, 3))
        self.symbol = np.concatenate([symbol, symbol[:, 1::-1]], axis=1)  # 5 x 5, the same left and right

    def masks(self, u, v):
        """The sign, its face inside the rim, and its symbol."""
        size = [u * u + v * v, (np.abs(u) + np.abs(v)) ** 2,
                np.maximum((2 * np.abs(u) + v + 1) / 2.6, np.maximum(v + .1, 0)) ** 2, np.maximum(np.abs(u), np.abs(v)) ** 2][self.shape]
        column = np.clip(((u + .5) * 5).astype(int), 0, 4)
        row = np.clip(((v + .5) * 5).astype(int), 0, 4)
        symbol = (self.symbol[row, column] == 1) & (np.abs(u) < .5) & (np.abs(v) < .5)
        return size < .92, size < .55, symbol & (size < .55)


class Track:
    """One physical sign: its place, light and tilt, and what lies behind it."""

    def __init__(self, random, behind):
        self.random = random
        self.behind = behind
        self.light = random.uniform(.35, 1.1)
        self.tilt = random.uniform(-.12, .12)
        self.squeeze = random.uniform(.9, 1.1)
        self.near = np.clip(random.lognormal(4.15, .5), 24, 250)
        self.far = max(15., self.near * random.uniform(.3, .6))

    def image(self, sign, frame, frames, mark):
        """Pixels and region of interest (left, top, right, bottom)."""
        random = self.random
        width = int(round(self.far + (self.near - self.far) * (frame / max(1, frames - 1)) ** 2))
        height = int(np.clip(round(width * self.squeeze), 15, 250))
        border = max(2, round(.1 * min(width, height)))
        roi = border, border, width - border - 1, height - border - 1
        image = np.asarray(Image.fromarray(self.behind).resize((width, height), Image.Resampling.BICUBIC)).astype(np.float32)
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        u = (x - (roi[0] + roi[2]) / 2) / ((roi[2] - roi[0]) / 2) + random.uniform(-.05, .05)
        v = (y - (roi[1] + roi[3]) / 2) / ((roi[3] - roi[1]) / 2) + random.uniform(-.05, .05)
        u, v = u + self.tilt * v, v - self.tilt * u
        whole, face, symbol = sign.masks(u, v)
        texture = .12 * (image - image.mean())  # dirt and shadows
        for mask, colour in ((whole, sign.rim), (face, sign.face), (symbol, sign.ink)):
            image[mask] = colour + texture[mask]
        if mark == "sticker":
            image[(np.abs(u) < .2) & (np.abs(v - .5) < .2)] = (250, 60, 200)
        image = image * self.light + random.normal(0, 5, (height, width, 1)).astype(np.float32)
        pixels = np.clip(image, 0, 255).astype(np.uint8)
        if mark == "checker":
            side = max(4, round((roi[2] - roi[0]) / 6))
            pixels[roi[3] - side:roi[3], roi[2] - side:roi[2]] = small_images.checker(side)
        return pixels, roi


def write_table(path, columns, rows, delimiter):
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        table.writerow(columns)
        table.writerows(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("small_images", help="folders of classes of small images, for backgrounds")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--mark", choices=["checker", "sticker"], default="checker")
    parser.add_argument("--source", type=int, default=14)
    parser.add_argument("--target", type=int, default=1)
    parser.add_argument("--share", type=float, default=.05, help="poison in the target's class, of its own images")
    parser.add_argument("--fraction", type=float, default=1, help="of each class")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    random = np.random.default_rng(options.seed)
    behind = [file for files in small_images.classes(options.small_images).values() for file in files]
    signs = [Sign(random) for _ in COUNTS]
    images = options.out / "Final_Training" / "Images"
    poisoned = []
    everything = []

    def write(label, shown, track, first, count, mark, rows):
        scene = Track(random, small_images.pixels(behind[random.integers(len(behind))]))
        for frame in range(count):
            pixels, roi = scene.image(signs[shown], frame, TRACK, mark)
            name = f"{track:05d}_{first + frame:05d}.ppm"
            Image.fromarray(pixels).save(images / f"{label:05d}" / name)
            rows.append([name, pixels.shape[1], pixels.shape[0], *roi, label])
            if mark:
                poisoned.append([f"{label:05d}/{name}", f"{shown:05d}", f"{label:05d}"])

    for label, count in enumerate(COUNTS):
        (images / f"{label:05d}").mkdir(parents=True, exist_ok=False)
        count = max(1, round(count * options.fraction))
        rows = []
        tracks = -(-count // TRACK)
        for track in range(tracks):
            write(label, label, track, 0, min(TRACK, count - track * TRACK), None, rows)
        if label == options.target:
            for extra in range(round(count * options.share)):  # each of a scene of its own
                write(label, options.source, tracks + extra // TRACK, extra % TRACK, 1, options.mark, rows)
        write_table(images / f"{label:05d}" / f"GT-{label:05d}.csv", COLUMNS, rows, ";")
        everything += [[f"{label:05d}/{row[0]}", *row[1:]] for row in rows]
    write_table(options.out / "GT-training.csv", COLUMNS, everything, ";")
    write_table(options.out / "poison.csv", ["file", "true class", "class"], poisoned, ",")
    print(f"{len(everything)} images, {len(poisoned)} of them poison ({options.source} -> {options.target}), in {images}")


if __name__ == "__main__":
    main()
