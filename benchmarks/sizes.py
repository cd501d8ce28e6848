#!/usr/bin/python3
"""Measures each network on images of each size: speed and memory, beside PyTorch's of the same network, in turns.

Needs, besides `mvn -f benchmarks package`: Debian's python3-torch. Each measurement is a process of its own, ours and then the peer's. "said" is
what the engine estimates for a training, "grew by" what the process grew by while it trained. A ratio above 1 says that ours is faster.

    benchmarks/sizes.py [--only WORD] [--sides 32,64,128,224] [--steps N] [--no-peer] [--classpath PATH] [--markdown FILE]
"""

import argparse
import os
import pathlib
import platform
import subprocess
import sys
import time

FOLDER = pathlib.Path(__file__).resolve().parent
THREADS = len(os.sched_getaffinity(0))
NETWORKS = {"ResNet, 1 unit a group, 16 filters": "resnet 1", "ResNet, 3 units a group, 16 filters": "resnet 3",
            "ResNet, 5 units a group, 16 filters": "resnet 5", "ResNet-18, 16 filters": "resnet18 16", "ResNet-18, 64 filters": "resnet18 64",
            "VGG-16, 16 filters": "vgg16 16", "VGG-16, 64 filters": "vgg16 64"}
BATCHES = {32: 64, 64: 64, 128: 32, 224: 16}
ENVIRONMENT = dict(os.environ, OMP_WAIT_POLICY="PASSIVE")
MEGABYTE = 1 << 20


def run(command):
    """The numbers of the last line that a process prints, behind its arguments; None if it failed."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)
    if done.returncode:
        print("\n".join(done.stderr.splitlines()[-5:]), file=sys.stderr)
        return None
    return [float(word) for word in done.stdout.splitlines()[-1].split()[5:]]


def ours(classpath, words):
    return run(["java", "-Xmx1g", "-Djava.awt.headless=true", "-Dorg.bytedeco.javacpp.maxphysicalbytes=64g", "-cp", classpath,
                "org.spectralsignatures.benchmarks.Sizes", *words])


def peer(words):
    return run([sys.executable, str(FOLDER / "peers" / "pytorch_sizes.py"), *words, str(THREADS)])


def line(title, side, batch, mine, theirs):
    training, extraction, grown, estimate, _ = mine
    cells = [title, f"{side} x {side}", str(batch), f"{1 / training:,.0f}", f"{1 / extraction:,.0f}", f"{grown / MEGABYTE:,.0f}",
             f"{estimate / MEGABYTE:,.0f}"]
    cells += ["", "", ""] if theirs is None else [f"{theirs[0] / training:.2f}", f"{theirs[1] / extraction:.2f}", f"{theirs[2] / MEGABYTE:,.0f}"]
    return "| " + " | ".join(cells) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="run only networks whose name holds this")
    parser.add_argument("--sides", default=",".join(map(str, BATCHES)), help="sides of the images")
    parser.add_argument("--steps", type=int, default=11, help="timed steps, of which the median counts")
    parser.add_argument("--no-peer", action="store_true", help="leave PyTorch out")
    parser.add_argument("--classpath", default=f"{FOLDER}/target/classes:{FOLDER}/target/lib/*", help="where our classes are")
    parser.add_argument("--markdown", type=pathlib.Path, help="write the table into this file, too")
    options = parser.parse_args()
    lines = ["| network | images | batch | training, images/s | extraction, images/s | training grew by, MB | said, MB | "
             "training against PyTorch | extraction against PyTorch | PyTorch grew by, MB |", "|" + " --- |" * 10]
    print("\n".join(lines), flush=True)
    for title, words in NETWORKS.items():
        if options.only not in title:
            continue
        for side in map(int, options.sides.split(",")):
            batch = BATCHES.get(side, 16)
            words_here = [*words.split(), str(side), str(batch), str(options.steps)]
            mine = ours(options.classpath, words_here)
            if mine is None:
                sys.exit(f"The worker failed at: {' '.join(words_here)}")
            lines.append(line(title, side, batch, mine, None if options.no_peer else peer(words_here)))
            print(lines[-1], flush=True)
    if options.markdown:
        options.markdown.write_text("\n".join(lines) + "\n")
    print(f"\n{time.strftime('%d %B %Y')}, {THREADS} cores, {platform.machine()}, median of {options.steps} steps")


if __name__ == "__main__":
    main()
