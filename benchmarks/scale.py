#!/usr/bin/python3
"""How time and memory of scoring and removal grow with rows, width and classes.

Each line is a fresh process with 512 MB of Java heap. Memory is the peak of what the process holds beyond the mapped file
(anonymous resident memory, as Linux counts it). Needs `mvn -f benchmarks package` and Debian's python3-numpy.

    benchmarks/scale.py [--largest-gigabytes N]
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

import numpy as np

FOLDER = pathlib.Path(__file__).resolve().parent
CASES = [(5000, 64, 10), (50000, 64, 10), (500000, 64, 10),
         (5000, 4096, 10), (50000, 4096, 10),
         (5000, 16384, 10),
         (50000, 64, 2), (50000, 64, 100), (50000, 64, 1000), (50000, 4096, 1)]


def write(file, rows, columns, classes):
    """Rows of each class around a mean of its own, with a decaying spectrum, written in pieces."""
    random = np.random.default_rng(1)
    directions = random.standard_normal((40, columns)).astype(np.float32) / 8
    scale = (10 * .93 ** np.arange(40)).astype(np.float32)
    target = np.lib.format.open_memmap(file, mode="w+", dtype=np.float32, shape=(rows, columns), version=(1, 0))
    for first in range(0, rows, 5000):
        n = min(5000, rows - first)
        part = (random.standard_normal((n, 40), dtype=np.float32) * scale) @ directions
        part += random.standard_normal((n, columns), dtype=np.float32) * np.float32(.3)
        part += ((np.arange(first, first + n) * classes // rows) % 7).astype(np.float32)[:, None]
        target[first:first + n] = part
    target.flush()


class Peak(threading.Thread):
    """Watches a process."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid = pid
        self.anonymous = 0

    def run(self):
        while True:
            try:
                status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
                self.anonymous = max(self.anonymous, int(status.split("RssAnon:")[1].split()[0]))
            except (OSError, IndexError):
                return
            time.sleep(.02)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest-gigabytes", type=float, default=2, help="leave out larger files")
    options = parser.parse_args()
    print("| rows | width | classes | file, MB | first run, s | second run, s | ns a value | memory beyond the file, MB |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
    for rows, columns, classes in CASES:
        size = rows * columns * 4 / 1e6
        if size > 1000 * options.largest_gigabytes:
            continue
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "activations.npy"
            write(file, rows, columns, classes)
            target = FOLDER / "target"
            process = subprocess.Popen(
                ["java", "-Xmx512m", "-cp", f"{target}/classes:{target}/lib/*", "org.spectralsignatures.benchmarks.Worker"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "OMP_WAIT_POLICY": "PASSIVE"})
            peak = Peak(process.pid)
            peak.start()
            answer, _ = process.communicate(f"score {file} {classes} 1 2\n")
            if process.returncode:
                sys.exit("The worker failed.")
            first, second = map(float, answer.split())
            print(f"| {rows:,} | {columns:,} | {classes:,} | {size:,.0f} | {first:.2f} | {second:.2f} | "
                  f"{1e9 * second / rows / columns:.1f} | {peak.anonymous / 1024:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
