#!/usr/bin/python3
"""Draws small sets of traffic signs with fixed seeds: the sets of many classes on which the verdict was made, and those on which it was judged.

    benchmarks/sets/signs.py SMALL_IMAGES OUT making|evaluation [PATTERN]
        PATTERN: a regular expression, of the names of the sets that are drawn

Each set is one of gtsrb.py: 11 or 12 classes of 25 to 330 images in tracks of 30, some with classes that differ in their symbol alone; two sets for each
mark, and two clean ones. Each is a folder of OUT, with new images with the mark in Marked and its options in options.txt.
"""

import pathlib
import random
import re
import sys

import gtsrb
import small_images

FIRST_SEED = {"making": 500, "evaluation": 900}
LARGE = 1200


def options(draw, seed, mark):
    """What a set is drawn with; a clean one has no share of poison."""
    classes = draw.choice([11, 12])
    large = [label for label in range(classes) if gtsrb.COUNTS[label] >= LARGE]
    target = draw.choice(large)
    sources = draw.sample([label for label in range(classes) if label != target], draw.choice([1, 1, 3]))
    found = {"seed": seed, "classes": classes, "alike": draw.choice([0, 0, 3]), "fraction": .12, "target": target,
             "source": "+".join(map(str, sources)), "share": draw.choice([.15, .25]), "frames": draw.choice([1, 1, 6]), "mark": mark or gtsrb.MARKS[0]}
    if mark is None:
        found["share"] = 0
    return found


def runs(use):
    draw = random.Random(FIRST_SEED[use])
    for number, mark in enumerate([*gtsrb.MARKS, None] * 2):
        yield f"{mark or 'clean'}-{number:02d}", options(draw, FIRST_SEED[use] + number, mark)


def main():
    if len(sys.argv) not in (4, 5) or sys.argv[3] not in FIRST_SEED:
        sys.exit(__doc__)
    behind = [file for files in small_images.classes(sys.argv[1]).values() for file in files]
    for name, found in runs(sys.argv[3]):
        out = pathlib.Path(sys.argv[2]) / name
        if out.exists() or not re.fullmatch(sys.argv[4] if len(sys.argv) > 4 else ".*", name):
            continue
        arguments = [sys.argv[1], str(out)]
        for option, value in found.items():
            arguments += [f"--{option}", str(value)]
        if found["share"]:
            arguments += ["--marked", "100"]
        images, poison, _ = gtsrb.draw(gtsrb.parser().parse_args(arguments), behind)
        (out / "options.txt").write_text(" ".join(arguments[2:]) + "\n", encoding="utf-8")
        print(f"{name}: {images} images, {poison} of them poison")


if __name__ == "__main__":
    main()
