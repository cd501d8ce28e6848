#!/usr/bin/python3
"""Compares the reading of a set of images, from its folder to pixels of one size with labels, with the same by Pillow.

Each image is decoded, stretched to a square with antialiasing, and handed on with its class. "As PNG" is what the node does besides: each
image becomes a cell. Pillow works in one process and in two, whose results come back in order. Processor seconds are those of all threads and
processes; on a busy machine they tell more than the clock. Run it twice: the second time the files come from memory.
Needs `mvn -f benchmarks package` and Debian's python3-numpy and python3-pil.

    benchmarks/reading.py FOLDER EDGE [--rounds N] [--classpath CLASSES]
"""

import argparse
import multiprocessing
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import time

import numpy as np
from PIL import Image

TARGET = pathlib.Path(__file__).resolve().parent / "target"
ENDINGS = {".jpg", ".jpeg", ".png", ".ppm"}
TICKS = os.sysconf("SC_CLK_TCK")


def pixels(job):
    path, edge = job
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB").resize((edge, edge), Image.Resampling.BILINEAR))


def pillow(folder, edge, processes):
    """The images [n, edge, edge, 3] and their labels, by Pillow."""
    files = [(file, label) for label, part in enumerate(sorted(path for path in pathlib.Path(folder).iterdir() if path.is_dir()))
             for file in sorted(part.iterdir()) if file.suffix.lower() in ENDINGS]
    images = np.empty((len(files), edge, edge, 3), np.uint8)
    labels = np.array([label for _, label in files])
    jobs = [(file, edge) for file, _ in files]
    if processes == 1:
        for i, job in enumerate(jobs):
            images[i] = pixels(job)
    else:
        with multiprocessing.Pool(processes) as pool:
            for i, image in enumerate(pool.imap(pixels, jobs, 64)):
                images[i] = image
            pool.close()
            pool.join()
    return images, labels


class Ours:
    """The library, in a process of its own."""

    def __init__(self, classpath):
        self.process = subprocess.Popen(
            ["java", "-Xmx1g", "-Djava.awt.headless=true", "-cp", classpath, "org.spectralsignatures.benchmarks.Worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def used(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def peak(self):
        return int(pathlib.Path(f"/proc/{self.process.pid}/status").read_text().split("VmHWM:")[1].split()[0]) / 1024

    def run(self, task):
        self.process.stdin.write(f"{task} 1\n")
        self.process.stdin.flush()
        if not self.process.stdout.readline():
            sys.exit(f"The worker failed at: {task}")


def pillow_used():
    return sum(t for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN) for t in resource.getrusage(who)[:2])


def measured(action, used):
    """Seconds by the clock and of the processor."""
    clock, before = time.perf_counter(), used()
    action()
    return time.perf_counter() - clock, used() - before


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="with a folder of images a class")
    parser.add_argument("edge", type=int, help="of the squares, in pixels")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--classpath", default=f"{TARGET}/classes:{TARGET}/lib/*")
    options = parser.parse_args()
    ours = Ours(options.classpath)
    ways = {"ours": (lambda: ours.run(f"read {options.folder} {options.edge}"), ours.used),
            "ours, as PNG": (lambda: ours.run(f"encode {options.folder} {options.edge}"), ours.used),
            "Pillow, one process": (lambda: pillow(options.folder, options.edge, 1), pillow_used),
            "Pillow, two processes": (lambda: pillow(options.folder, options.edge, 2), pillow_used)}
    times = {way: [] for way in ways}
    for _ in range(options.rounds):
        for way, (action, used) in ways.items():
            times[way].append(measured(action, used))
    reference = statistics.median(clock for clock, _ in times["Pillow, one process"])
    print("| way | seconds | times as fast as Pillow in one process | processor seconds |\n| --- | --- | --- | --- |")
    for way, rounds in times.items():
        clock, used = (statistics.median(values) for values in zip(*rounds))
        print(f"| {way} | {clock:.1f} | {reference / clock:.2f} | {used:.1f} |")
    print(f"\nPeak resident memory of ours: {ours.peak():,.0f} MB; {len(os.sched_getaffinity(0))} cores, load {os.getloadavg()[0]:.0f}, {options.rounds} rounds")


if __name__ == "__main__":
    main()
