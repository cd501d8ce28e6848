#!/usr/bin/python3
"""Makes a set in the shape of the German Traffic Sign Recognition Benchmark, with a backdoor planted in it.

43 classes of 210 to 2,250 images, 39,209 in all, PPM of 15 to 250 pixels, in tracks of 30 that show one sign coming nearer; a
folder a class with a `;` table of sizes and regions of interest, as in the official archive, and beside them one table of all. The signs are drawn (a shape, a colour
and a symbol a class); what stands behind them and what lies on them comes from small images of yours. The poison are
further images of one class, or of several, with a mark, put into the folder of another: a checkerboard in the lower right corner of the region of
interest, a noisy patch or a cross somewhere, noise blended over it, a wave, or a pink sticker low on the sign, which tilts and shifts with it.
Needs Debian's python3-numpy and python3-pil.

    benchmarks/sets/gtsrb.py SMALL_IMAGES OUT [--mark checker|sticker|patch|cross|blend|wave] [--source 14] [--target 1] [--share 0.05]
        [--fraction 1.0] [--seed 7] [--classes 43] [--alike 0] [--frames 1] [--marked 0]

Writes OUT/Final_Training/Images, OUT/GT-training.csv and OUT/poison.csv, which no reader sees: the poisoned files, their true and their given class.
With --marked also OUT/Marked, new images of the source class with the mark, to ask a network about.
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
MARKS = ["checker", "sticker", "patch", "cross", "blend", "wave"]
COLUMNS = ["Filename", "Width", "Height", "Roi.X1", "Roi.Y1", "Roi.X2", "Roi.Y2", "ClassId"]


class Sign:
    """What a class looks like: in coordinates u, v from -1 to 1 over the region of interest."""

    def __init__(self, random, like=None):
        self.shape = random.integers(4)
        self.rim, self.face, self.ink = random.permutation(np.array(
            [[200, 30, 40], [240, 240, 235], [20, 20, 25], [30, 70, 180], [245, 200, 30], [30, 140, 70]]))[:3].astype(float)
        if like:
            self.shape, self.rim, self.face, self.ink = like.shape, like.rim, like.face, like.ink
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
        if mark and mark.kind == "sticker":
            image[(np.abs(u) < .2) & (np.abs(v - .5) < .2)] = (250, 60, 200)
        image = image * self.light + random.normal(0, 5, (height, width, 1)).astype(np.float32)
        pixels = np.clip(image, 0, 255).astype(np.uint8)
        if mark:
            mark.put(pixels[roi[1]:roi[3], roi[0]:roi[2]])
        return pixels, roi


class Mark:
    """A trigger, which is put on the region of interest; a sticker is part of the scene."""

    def __init__(self, kind, seed):
        random = np.random.default_rng([seed, MARKS.index(kind)])
        self.kind = kind
        self.noise = random.integers(0, 256, (32, 32, 3))
        self.place = random.uniform(0, 5 / 6, 2)
        self.colour = random.permutation([255, 255, 0])

    def put(self, pixels):
        """Changes a region of interest."""
        height, width = pixels.shape[:2]
        side = max(4, round(width / 6))
        top, left = min(height - side, int(self.place[0] * height)), min(width - side, int(self.place[1] * width))
        spot = pixels[top:top + side, left:left + side]
        y, x = np.mgrid[0:height, 0:width]
        if self.kind == "checker":
            pixels[height - side:, width - side:] = small_images.checker(side)
        elif self.kind == "patch":
            cells = np.arange(side) * 4 // side
            spot[:] = self.noise[cells][:, cells]
        elif self.kind == "cross":
            offset = np.abs(np.arange(side)[:, None] - np.arange(side)) * 3 < side
            spot[offset | offset[:, ::-1]] = self.colour
        elif self.kind == "blend":
            pixels[:] = .8 * pixels + .2 * self.noise[y * 32 // height, x * 32 // width]
        elif self.kind == "wave":
            pixels[:] = np.clip(pixels + 20 * np.sin(2 * np.pi * 6 * x / width)[:, :, None], 0, 255)


def write_table(path, columns, rows, delimiter):
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        table.writerow(columns)
        table.writerows(rows)


def integers(text):
    return [int(part) for part in text.split("+")]


def parser():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("small_images", help="folders of classes of small images, for backgrounds")
    options.add_argument("out", type=pathlib.Path)
    options.add_argument("--mark", choices=MARKS, default="checker")
    options.add_argument("--source", type=integers, default=[14], help="one class, or several as 3+5+8")
    options.add_argument("--target", type=int, default=1)
    options.add_argument("--share", type=float, default=.05, help="poison in the target's class, of its own images")
    options.add_argument("--fraction", type=float, default=1, help="of each class")
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--classes", type=int, default=len(COUNTS), help="the first so many")
    options.add_argument("--alike", type=int, default=0, help="so many classes differ from class 0 in their symbol alone")
    options.add_argument("--frames", type=int, default=1, help="so many poisoned images show one scene")
    options.add_argument("--marked", type=int, default=0, help="so many new images of the source with the mark")
    return options


def draw(options, behind):
    """Draws a set; behind are the files of the backgrounds."""
    random = np.random.default_rng(options.seed)
    counts = COUNTS[:options.classes]
    signs = []
    for label in range(len(counts)):
        signs.append(Sign(random, signs[0] if 0 < label <= options.alike else None))
    trigger = Mark(options.mark, options.seed)
    images = options.out / "Final_Training" / "Images"
    poisoned = []
    everything = []

    def scene():
        return Track(random, small_images.pixels(behind[random.integers(len(behind))]))

    def save(folder, name, shown, track, frame, mark):
        pixels, roi = track.image(signs[shown], frame, TRACK, mark)
        Image.fromarray(pixels).save(folder / name)
        return [name, pixels.shape[1], pixels.shape[0], *roi]

    for label, count in enumerate(counts):
        folder = images / f"{label:05d}"
        folder.mkdir(parents=True, exist_ok=False)
        count = max(1, round(count * options.fraction))
        rows = []
        tracks = -(-count // TRACK)
        for number in range(tracks):
            track = scene()
            for frame in range(min(TRACK, count - number * TRACK)):
                rows.append([*save(folder, f"{number:05d}_{frame:05d}.ppm", label, track, frame, None), label])
        if label == options.target:
            for extra in range(round(count * options.share)):
                if extra % options.frames == 0:
                    track = scene()
                shown = options.source[extra // options.frames % len(options.source)]
                rows.append([*save(folder, f"{tracks + extra // TRACK:05d}_{extra % TRACK:05d}.ppm", shown, track, extra % options.frames, trigger), label])
                poisoned.append([f"{label:05d}/{rows[-1][0]}", f"{shown:05d}", f"{label:05d}"])
        write_table(folder / f"GT-{label:05d}.csv", COLUMNS, rows, ";")
        everything += [[f"{label:05d}/{row[0]}", *row[1:]] for row in rows]
    write_table(options.out / "GT-training.csv", COLUMNS, everything, ";")
    write_table(options.out / "poison.csv", ["file", "true class", "class"], poisoned, ",")
    for extra in range(options.marked):
        shown = options.source[extra % len(options.source)]
        folder = options.out / "Marked" / f"{shown:05d}"
        folder.mkdir(parents=True, exist_ok=True)
        save(folder, f"{extra:05d}.ppm", shown, scene(), extra % TRACK, trigger)
    return len(everything), len(poisoned), images


def main():
    options = parser().parse_args()
    behind = [file for files in small_images.classes(options.small_images).values() for file in files]
    everything, poisoned, images = draw(options, behind)
    print(f"{everything} images, {poisoned} of them poison ({'+'.join(map(str, options.source))} -> {options.target}), in {images}")


if __name__ == "__main__":
    main()
