"""The formulas of the scorers in NumPy and SciPy, double precision throughout, to hold ours against.

    scorers.py compare ACTIVATIONS.npy ROWS.csv SCORES.csv
        ROWS.csv: label of each row of the activations; SCORES.csv: one column a method, as Scores writes them.
    scorers.py example DIR
        Writes the small example of the unit test, DIR/activations.csv (label, values) and DIR/expected.csv.
"""
import csv
import sys

import numpy as np
from scipy.cluster.vq import kmeans2
from scipy.linalg import expm, sqrtm

EPSILON = .1


def svd(x):
    """Mean, right singular vectors as rows, principal components (signs so that the largest entry is positive)."""
    mean = x.mean(axis=0)
    _, _, v = np.linalg.svd(x - mean, full_matrices=False)
    v = v * np.sign(v[np.arange(len(v)), np.abs(v).argmax(axis=1)])[:, None]
    return mean, v, (x - mean) @ v.T


def paper(x, k=1):
    return (svd(x)[2][:, :k] ** 2).sum(axis=1)


def reference_code(x, k=1):
    return np.linalg.norm(x @ svd(x)[1][:k].T, axis=1)


def l2_norm(x):
    return np.linalg.norm(x - x.mean(axis=0), axis=1)


def activation_clustering(x, k=10, starts=50):
    points = svd(x)[2][:, :k]
    best = None
    for seed in range(starts):
        centres, member = kmeans2(points, 2, minit="++", iter=100, seed=seed)
        error = ((points - centres[member]) ** 2).sum()
        if best is None or error < best[0]:
            best = error, centres, member
    _, centres, member = best
    small = 1 if 2 * (member == 1).sum() <= len(points) else 0
    a, b = centres[1 - small], centres[small]
    far = np.linalg.norm(points - a, axis=1) - np.linalg.norm(points - b, axis=1)
    return far / np.linalg.norm(a - b)


def mahalanobis(points, rows):
    d = points - points[rows].mean(axis=0)
    return np.einsum("ij,jk,ik->i", d, np.linalg.inv(np.cov(points[rows].T, bias=True).reshape(d.shape[1], -1)), d)


def mcd(points, h):
    """Concentration steps from two starts; the smallest determinant wins."""
    median = np.median(points, axis=0)
    deviation = np.median(np.abs(points - median), axis=0)
    best = None
    for distance in (points[:, 0] ** 2, (((points - median) / deviation) ** 2).sum(axis=1)):
        rows = np.sort(np.argsort(distance, kind="stable")[:h])
        for _ in range(30):
            following = np.sort(np.argsort(mahalanobis(points, rows), kind="stable")[:h])
            if (following == rows).all():
                break
            rows = following
        determinant = np.linalg.slogdet(np.cov(points[rows].T, bias=True).reshape(points.shape[1], -1))[1]
        if best is None or determinant < best[0]:
            best = determinant, rows
    return best[1]


def que(points, rows, alpha=4):
    """QUE scores of all points, whitened by the moments of some, and tr(S Q) / tr(Q)."""
    k = points.shape[1]
    covariance = np.cov(points[rows].T, bias=True).reshape(k, k)
    white = (points - points[rows].mean(axis=0)) @ np.linalg.inv(np.real(sqrtm(covariance)))
    spread = np.cov(white.T, bias=True).reshape(k, k)
    q = expm(alpha * (spread - np.eye(k)) / (np.linalg.norm(spread, 2) - 1))
    q /= np.trace(q)
    return np.einsum("ij,jk,ik->i", white, q, white), np.trace(spread @ q)


def spectre(x, most=64):
    n = len(x)
    points = svd(x)[2]
    most = min(most, points.shape[1], n // 5)
    best = None
    for k in dict.fromkeys(int(round((1 + (np.sqrt(most) - 1) * i / 9) ** 2)) for i in range(10)):
        if k == 1:
            scores = points[:, 0] ** 2
        else:
            scores = que(points[:, :k], mcd(points[:, :k], n - int(round(2 * EPSILON * n))))[0]
        kept = np.argsort(scores, kind="stable")[:n - int(round(1.5 * EPSILON * n))]
        quality = que(points[:, :most], kept)[1]
        if best is None or quality > best[0]:
            best = quality, scores
    return best[1]


METHODS = {"PAPER": paper, "REFERENCE_CODE": reference_code, "L2_NORM": l2_norm,
           "ACTIVATION_CLUSTERING": activation_clustering, "SPECTRE": spectre}


def by_class(method, x, labels):
    scores = np.empty(len(x))
    for label in sorted(set(labels)):
        rows = labels == label
        scores[rows] = METHODS[method](x[rows].astype(np.float64))
    return scores


def ranks(x):
    return np.argsort(np.argsort(x))


def compare(activations, rows, scores):
    x = np.load(activations, mmap_mode="r")
    labels = np.array([line.strip() for line in open(rows)])
    with open(scores) as f:
        ours = list(csv.DictReader(f))
    print("| method | largest relative difference | Spearman correlation of the ranks, lowest of the classes |")
    print("| --- | --- | --- |")
    for method in METHODS:
        expected = by_class(method, x, labels)
        got = np.array([float(row[method]) for row in ours])
        difference = np.abs(got - expected).max() / np.abs(expected).max()
        spearman = min(np.corrcoef(ranks(got[labels == c]), ranks(expected[labels == c]))[0, 1] for c in set(labels))
        print(f"| {method} | {difference:.1e} | {spearman:.9f} |")


def example(folder):
    random = np.random.default_rng(1)
    basis = random.normal(size=(12, 12))
    rows = []
    for label, n, poison in (("a", 90, 9), ("b", 70, 0)):
        x = random.normal(size=(n + poison, 12)) * np.geomspace(3, .3, 12)
        x[n:, 7] += 6 * np.geomspace(3, .3, 12)[7]
        x = x @ basis + random.normal(size=12)
        rows += [(label, *map("{:.3f}".format, row)) for row in x]
    with open(folder + "/activations.csv", "w", newline="") as f:
        csv.writer(f, lineterminator="\n").writerows(rows)
    labels = np.array([row[0] for row in rows])
    # as the file of activations holds them
    x = np.array([[float(v) for v in row[1:]] for row in rows]).astype(np.float32)
    with open(folder + "/expected.csv", "w", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(METHODS)
        out.writerows(zip(*(map(repr, by_class(m, x, labels).tolist()) for m in METHODS)))


if __name__ == "__main__":
    {"compare": compare, "example": example}[sys.argv[1]](*sys.argv[2:])
