#!/usr/bin/python3
"""Compares a set that a Labelled Image Writer cleaned with the set it came from, byte for byte, and counts the planted poison in it.

    benchmarks/sets/check.py ORIGINAL CLEANED POISON.csv

ORIGINAL is the folder that was read, CLEANED the one that was written as copies or links, with its parts `train` and `quarantine`, POISON.csv the
list that the set was made with. Ends with status 1 if an image is missing, stands twice or has other bytes.
"""

import csv
import hashlib
import pathlib
import sys

import small_images


def digests(folder):
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).digest()
            for file in folder.rglob("*") if file.suffix.lower() in small_images.ENDINGS}


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    original, cleaned, poison_list = map(pathlib.Path, sys.argv[1:])
    with open(poison_list, encoding="utf-8") as file:
        poison = {row["file"] for row in csv.DictReader(file)}
    before = digests(original)
    kept = digests(cleaned / "train" if (cleaned / "train").is_dir() else cleaned)
    removed = digests(cleaned / "quarantine")
    lost = before.keys() - kept.keys() - removed.keys()
    extra = (kept.keys() | removed.keys()) - before.keys()
    changed = [key for part in (kept, removed) for key, digest in part.items() if before.get(key, digest) != digest]
    print(f"{len(before)} images: {len(kept)} kept, {len(removed)} removed; {len(lost)} missing, {len(extra)} that were not there, "
          f"{len(kept.keys() & removed.keys())} in both, {len(changed)} with other bytes")
    print(f"{len(poison)} poisoned: {len(poison & removed.keys())} removed, {len(poison & kept.keys())} left; "
          f"{len(removed.keys() - poison)} clean images removed")
    sys.exit(1 if lost or extra or changed or kept.keys() & removed.keys() else 0)


if __name__ == "__main__":
    main()
