#!/usr/bin/env python3
"""Runs the peers on the activations that the grid kept, with what they need told to them, and writes DIR/peers.csv.

    power/peers.py ART DIR
        ART: a checkout of github.com/Trusted-AI/adversarial-robustness-toolbox; DIR: folder of the grid's results.
        Needs python3-numpy, python3-scipy, python3-sklearn and python3-tqdm.

paper      the paper's Algorithm 1: the images of each class with the highest scores, 1.5 times as many as the most poisoned class has poisons
ART-SS     ART's SpectralSignatureDefense, expected_pp_poison the poisoned share of that class, eps_multiplier 1.5
ART-AC     ART's ActivationDefence, ten principal components, the smaller of two clusters of each class (it takes no epsilon)
SCAn       the smaller subgroup of the classes that are poisoned in truth (told which, as its own test compares many classes), on the averages over
           positions; covariance shared by the classes; formulas of Tang et al. 2021, section 4
"""
import csv
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "peers"))
from art_defences import Stored, defences  # noqa: E402

MULTIPLE = 1.5


def squares(rows, covariance):
    return np.einsum("ij,ij->i", rows, np.linalg.solve(covariance, rows.T).T)


def best_cut(values):
    """Two sets of values with the largest variance between them; true for the upper one."""
    order = np.argsort(values)
    n = len(values)
    below = np.cumsum(values[order])[:-1]
    sizes = np.arange(1, n)
    between = sizes * (n - sizes) * (below / sizes - (values.sum() - below) / (n - sizes)) ** 2
    upper = np.zeros(n, bool)
    upper[order[1 + between.argmax():]] = True
    return upper


def smaller_subgroup(rows, covariance):
    """Of two groups with the shared covariance, from each of three axes, the split of the largest likelihood ratio; true for the smaller one."""
    white = np.linalg.solve(np.linalg.cholesky(covariance), (rows - rows.mean(0)).T).T
    best, highest = None, -1.
    for axis in np.linalg.svd(white, full_matrices=False)[2][:3]:
        few = None
        for _ in range(100):
            cut = best_cut(white @ axis)
            cut = cut if 2 * cut.sum() <= len(cut) else ~cut
            if few is not None and np.array_equal(cut, few):
                break
            few = cut
            axis = white[few].mean(0) - white[~few].mean(0)
        share = few.mean()
        ratio = share * (1 - share) * ((white[few].mean(0) - white[~few].mean(0)) ** 2).sum()
        if ratio > highest:
            best, highest = few, ratio
    return best


def scan(pooled, labels, poisoned_classes):
    within = sum(np.cov(pooled[labels == c].T, bias=True) * (labels == c).sum() for c in np.unique(labels)) / len(labels)
    within += 1e-9 * np.trace(within) / len(within) * np.eye(len(within))
    out = np.zeros(len(labels), bool)
    for c in poisoned_classes:
        out[np.flatnonzero(labels == c)[smaller_subgroup(pooled[labels == c], within)]] = True
    return out


def paper(flat, labels, count):
    out = np.zeros(len(labels), bool)
    for c in np.unique(labels):
        rows = np.flatnonzero(labels == c)
        centred = flat[rows] - flat[rows].mean(0)
        values, vectors = np.linalg.eigh(centred @ centred.T)
        scores = values[-1] * vectors[:, -1] ** 2
        out[rows[np.argsort(-scores, kind="stable")[:round(MULTIPLE * count)]]] = True
    return out


def art_spectral(defence, flat, labels, share):
    classifier = Stored(flat, labels.max() + 1)
    detector = defence(classifier, labels, np.eye(labels.max() + 1)[labels], expected_pp_poison=share, eps_multiplier=MULTIPLE)
    return np.array(detector.detect_poison()[1]) == 0


def art_clustering(defence, flat, labels):
    classifier = Stored(flat, labels.max() + 1)
    detector = defence(classifier, labels, np.eye(labels.max() + 1)[labels])
    np.random.seed(1)
    out = np.zeros(len(labels), bool)
    for c, members in enumerate(detector.cluster_activations(nb_clusters=2, nb_dims=10, reduce="PCA")[0]):
        members = np.asarray(members)
        out[labels == c] = members == np.bincount(members, minlength=2).argmin()
    return out


def main(art, folder):
    spectral, clustering = defences(art)
    with open(pathlib.Path(folder) / "peers.csv", "w", newline="") as file:
        write = csv.writer(file, lineterminator="\n")
        write.writerow(["run", "peer", "found", "lost"])
        for run in sorted(pathlib.Path(folder).iterdir()):
            if not (run / "removed.csv").exists():
                continue
            with open(run / "rows.csv") as lines:
                rows = list(csv.DictReader(lines))
            labels = np.array([int(r["label"]) for r in rows])
            poison = np.array([int(r["attack"]) >= 0 for r in rows])
            if not poison.any():
                continue
            flat = np.load(run / "flat.npy").astype(np.float32)
            # the representation is 64 channels at 8 x 8 positions
            pooled = flat.reshape(len(flat), 64, -1).mean(2).astype(float)
            counts = np.bincount(labels[poison], minlength=labels.max() + 1)
            worst = counts.argmax()
            peers = {"paper": paper(flat, labels, counts[worst]),
                     "ART-SS": art_spectral(spectral, flat, labels, counts[worst] / (labels == worst).sum()),
                     "ART-AC": art_clustering(clustering, flat, labels),
                     "SCAn": scan(pooled, labels, np.flatnonzero(counts))}
            for name, out in peers.items():
                write.writerow([run.name, name, (out & poison).sum(), (out & ~poison).sum()])
            file.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
