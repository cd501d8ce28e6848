#!/usr/bin/python3
"""Lets the library and its peers take turns on this machine and prints how they compare.

Needs, besides `mvn -f benchmarks package`: Debian's python3-numpy, python3-scipy, python3-torch and python3-pil. It installs
nothing. Each round runs some steps of ours, then as many of the peer's; a ratio above 1 says that ours is faster.

    benchmarks/compare.py [--rounds N] [--only WORD] [--markdown FILE]
"""

import argparse
import io
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER / "peers"))
THREADS = len(os.sched_getaffinity(0))
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # neither side spins while the other works


class Ours:
    """The library, in a process of its own."""

    def __init__(self):
        target = FOLDER / "target"
        if not (target / "lib").is_dir():
            sys.exit("Build the benchmarks first: mvn -f benchmarks package")
        self.process = subprocess.Popen(
            ["java", "-Xmx4g", "-Djava.awt.headless=true", "-cp", f"{target}/classes:{target}/lib/*",
             "org.spectralsignatures.benchmarks.Worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, task, steps):
        self.process.stdin.write(f"{task} {steps}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"The worker failed at: {task}")
        return [float(word) for word in answer.split()]


def timed(action):
    """Steps of a peer that are timed here."""
    def run(steps):
        seconds = []
        for _ in range(steps):
            start = time.perf_counter()
            action()
            seconds.append(time.perf_counter() - start)
        return seconds
    return run


def activations(folder, rows=5500, columns=4096):
    """A matrix with the spectrum that activations have: a mean, a few strong directions, a long tail."""
    import numpy as np
    random = np.random.default_rng(1)
    scale = 10 * .93 ** np.arange(200)
    matrix = (random.standard_normal((rows, 200)) * scale) @ random.standard_normal((200, columns)) / 8
    matrix += np.abs(random.standard_normal(columns)) * 2 + random.standard_normal((rows, columns)) * .3
    file = folder / "activations.npy"
    np.save(file, matrix.astype(np.float32))
    return file


def photographs(folder, ending, count, width, height, **options):
    """Smooth images, as files of that ending."""
    import numpy as np
    from PIL import Image
    random = np.random.default_rng(1)
    images = folder / ending
    images.mkdir()
    for i in range(count):
        small = Image.fromarray(random.integers(0, 256, (6, 6, 3), dtype=np.uint8))
        small.resize((width, height), Image.BICUBIC).save(images / f"{i:05}.{ending}", **options)
    return images


def comparisons(folder):
    """Yields name, our task, peers by name, steps a round, images a step or None."""
    import numpy as np
    from pytorch_resnet import Peer
    from scipy.sparse.linalg import svds
    for units in (1, 3, 5):
        peers = {layout: Peer(units, layout == "channels_last", THREADS) for layout in ("NCHW", "channels_last")}
        yield (f"training step, {units} units a group, batch 128", f"train {units} 128",
               {f"PyTorch {k}": lambda n, p=p: p.train(128, n) for k, p in peers.items()}, 8, 128)
        yield (f"extraction of 4,096 values, {units} units a group, 1,000 images", f"extract {units} 1000",
               {f"PyTorch {k}": lambda n, p=p: [sum(p.extract(250, 4)) for _ in range(n)] for k, p in peers.items()}, 2, 1000)
    file = activations(folder)
    matrix = np.load(file)
    centred = matrix - matrix.mean(0)
    yield ("scores of 5,500 x 4,096, one direction", f"score {file} 1 1",
           {"scipy svds(k=1), float32, centred beforehand": timed(lambda: svds(centred, k=1)),
            "the same with centring": timed(lambda: svds(matrix - matrix.mean(0), k=1))}, 5, None)
    yield ("scores of 5,500 x 4,096, ten directions", f"score {file} 1 10",
           {"scipy svds(k=10), float32, centred beforehand": timed(lambda: svds(centred, k=10))}, 3, None)
    small = matrix[:1000].astype(np.float64)
    part = folder / "part.npy"
    np.save(part, matrix[:1000])
    yield ("scores of 1,000 x 4,096, one direction", f"score {part} 1 1",
           {"numpy.linalg.svd, float64 (the authors' way)": timed(lambda: np.linalg.svd(small - small.mean(0), full_matrices=False))}, 1, None)
    scores = np.random.default_rng(1).random(50000)
    labels = np.arange(50000) % 10

    def remove():
        kept = np.ones(50000, bool)
        for c in range(10):
            rows = np.flatnonzero(labels == c)
            kept[rows[np.argsort(-scores[rows], kind="stable")[:750]]] = False
    yield ("removal of the top 15% of 50,000 rows in 10 classes", "remove", {"NumPy argsort": timed(remove)}, 20, None)
    yield from picture_comparisons(folder)


def picture_comparisons(folder):
    import numpy as np
    from PIL import Image
    pixels = np.random.default_rng(1).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "png")
    encoded = buffer.getvalue()

    def inject():
        random = np.random.default_rng(1)
        for _ in random.choice(5000, 500, replace=False):
            image = np.array(Image.open(io.BytesIO(encoded)))
            image[[10, 10, 11, 12, 12], [15, 17, 16, 15, 17]] = (255, 255, 0)
            Image.fromarray(image).save(io.BytesIO(), "png")
    yield ("injection: 500 of 50,000 images chosen, decoded, marked, encoded as PNG", "inject", {"Pillow and NumPy": timed(inject)}, 5, 500)
    for kind in (("JPEG", "jpg", 2000, 32, 32, {"quality": 92}), ("PPM", "ppm", 1000, 50, 50, {}),
                 ("WebP", "webp", 200, 500, 400, {"quality": 80}), ("TIFF", "tif", 200, 500, 400, {})):
        name, ending, count, width, height, settings = kind
        images = photographs(folder, ending, count, width, height, **settings)
        files = [path.read_bytes() for path in sorted(images.iterdir())]

        def decode(files=files):
            for file in files:
                np.asarray(Image.open(io.BytesIO(file)).convert("RGB"))
        yield (f"decoding of {count:,} {name} files of {width} x {height}", f"decode {images}", {"Pillow": timed(decode)}, 3, count)


def quartiles(values):
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return middle, low, high


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", default="", help="run only comparisons whose name holds this")
    parser.add_argument("--markdown", type=pathlib.Path, help="write the table into this file, too")
    options = parser.parse_args()
    ours = Ours()
    lines = ["| task | ours | peer | peer's time | ratio (quartiles) |", "| --- | --- | --- | --- | --- |"]
    print("\n".join(lines), flush=True)
    with tempfile.TemporaryDirectory() as name:
        for title, task, peers, steps, images in comparisons(pathlib.Path(name)):
            if options.only not in title:
                continue
            ours.run(task, 40 if steps > 2 else 12)  # Java's compiler
            for run in peers.values():
                run(1)
            mine, theirs = [], {peer: [] for peer in peers}
            for _ in range(options.rounds):
                mine.append(statistics.median(ours.run(task, steps)))
                for peer, run in peers.items():
                    theirs[peer].append(statistics.median(run(steps)))
            for peer, seconds in theirs.items():
                middle, low, high = quartiles([t / m for t, m in zip(seconds, mine)])
                speed = f" ({images / statistics.median(mine):,.0f} images/s)" if images else ""
                line = (f"| {title} | {1e3 * statistics.median(mine):,.1f} ms{speed} | {peer} | "
                        f"{1e3 * statistics.median(seconds):,.1f} ms | {middle:.2f} ({low:.2f} to {high:.2f}) |")
                lines.append(line)
                print(line, flush=True)
    if options.markdown:
        options.markdown.write_text("\n".join(lines) + "\n")
    print(f"\n{time.strftime('%d %B %Y')}, {THREADS} cores, {platform.machine()}, {options.rounds} rounds")


if __name__ == "__main__":
    main()
