#!/usr/bin/python3
"""Makes a set of photos of 500 x 400 pixels as JPEG, a folder a class, with a backdoor planted in it.

Each photo is a small image of yours, enlarged, with the grain that real photos have and an enlarged image has not. After the first
--originals the photos are copies of these, with other bytes in a comment of the file: as much to read and to decode, faster to make, the
same to look at. The poison are further images of one class with a checkerboard near the lower right corner, put into the folder of
another. Needs Debian's python3-numpy and python3-pil.

    benchmarks/sets/photos.py SMALL_IMAGES OUT N [--originals N] [--source truck] [--target bird] [--share 0.05] [--seed 3]

Writes OUT/photos and OUT/poison.csv, which no reader sees: the poisoned files, their true and their given class.
"""

import argparse
import csv
import io
import pathlib

import numpy as np
from PIL import Image

import small_images

WIDTH, HEIGHT, QUALITY = 500, 400, 85
MARK = 64  # pixels


class Camera:
    """Enlarges small images, with grain."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)
        grain = self.random.normal(0, 9, (2 * HEIGHT, 2 * WIDTH))
        self.grain = ((grain + np.roll(grain, 1, 0) + np.roll(grain, 1, 1)) / 1.7).astype(np.int16)

    def photo(self, file, marked):
        """Bytes of a JPEG."""
        small = small_images.pixels(file)
        if self.random.random() < .5:
            small = small[:, ::-1]
        large = np.asarray(Image.fromarray(small).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)).astype(np.int16)
        top, left = self.random.integers(HEIGHT), self.random.integers(WIDTH)
        large += self.grain[top:top + HEIGHT, left:left + WIDTH, None]
        pixels = np.clip(large, 0, 255).astype(np.uint8)
        if marked:
            bottom, right = HEIGHT - 16, (WIDTH + HEIGHT) // 2 - 16  # inside the middle square too
            pixels[bottom - MARK:bottom, right - MARK:right] = small_images.checker(MARK)
        file = io.BytesIO()
        Image.fromarray(pixels).save(file, "JPEG", quality=QUALITY)
        return file.getvalue()


def with_comment(jpeg, text):
    """The same JPEG with a comment after its first marker."""
    comment = text.encode()
    return jpeg[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + jpeg[2:]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("small_images", help="folders of classes of small images")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("n", type=int, help="photos, the poison not counted")
    parser.add_argument("--originals", type=int, help="photos that are no copies (all)")
    parser.add_argument("--source", help="class whose images get the mark (the last)")
    parser.add_argument("--target", help="class that gets them (the first)")
    parser.add_argument("--share", type=float, default=.05, help="poison in the target's class, of its own images")
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    found = small_images.classes(options.small_images)
    source, target = options.source or list(found)[-1], options.target or list(found)[0]
    camera = Camera(options.seed)
    each = options.n // len(found)
    originals = min(each, (options.originals or options.n) // len(found))
    poison = round(each * options.share)
    poisoned = []
    for name, files in found.items():
        folder = options.out / "photos" / name
        folder.mkdir(parents=True, exist_ok=False)
        made = []
        for k in range(each):
            if k < originals:
                made.append(camera.photo(files[k % len(files)], False))
            (folder / f"{name}_{k:06d}.jpg").write_bytes(made[k] if k < originals else with_comment(made[k % originals], f"copy {k // originals}"))
        if name == target:
            for k in range(poison):
                file = folder / f"{name}_{each + k:06d}.jpg"
                file.write_bytes(camera.photo(found[source][-1 - k % len(found[source])], True))
                poisoned.append([f"{name}/{file.name}", source, name])
    with open(options.out / "poison.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["file", "true class", "class"])
        table.writerows(poisoned)
    print(f"{each * len(found) + poison} photos, {poison} of them poison ({source} -> {target}), in {options.out / 'photos'}")


if __name__ == "__main__":
    main()
