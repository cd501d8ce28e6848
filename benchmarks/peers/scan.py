#!/usr/bin/env python3
"""Writes the recorded example of SCAn for ScanScorerTest: small activations, and scores and statistics by the formulas in NumPy.

Nothing of the library is read. Usage: scan.py FOLDER, which is plugin/org.spectralsignatures/src/test/resources/org/spectralsignatures/scoring.
"""
import sys
from pathlib import Path

import numpy as np

CLASSES, ROWS, COLUMNS, POISON = 5, 60, 6, 9


def activations():
    """Five classes around means of their own, mixed by one matrix; nine rows of class b lie beyond in a direction of small variance."""
    rng = np.random.default_rng(20210811)
    mix = rng.normal(size=(COLUMNS, COLUMNS)) * np.array([4, 3, 2, 1, .5, .25])[:, None]
    rows = []
    for c in range(CLASSES):
        own = rng.normal(size=(ROWS, COLUMNS))
        if c == 1:
            own[-POISON:, 5] += 6
        rows.append(5 * rng.normal(size=COLUMNS) + own @ mix)
    return np.round(np.concatenate(rows), 4).astype(np.float32).astype(float), np.repeat(np.arange(CLASSES), ROWS)


def shared_covariance(x, labels):
    """S_e of x = mu_c + e, by turns with S_mu and the means."""
    n, k = x.shape
    sizes = np.array([np.sum(labels == c) for c in range(CLASSES)])
    means = np.array([x[labels == c].mean(0) for c in range(CLASSES)])
    within = sum((x[labels == c] - means[c]).T @ (x[labels == c] - means[c]) for c in range(CLASSES))
    means = means - x.mean(0)
    ridge = 1e-9 * (np.trace(within) + np.sum(sizes * np.sum(means ** 2, 1))) / n / k
    own = within / n + ridge * np.eye(k)
    of_class = means.T @ means / CLASSES
    for _ in range(50):
        estimated = np.array([of_class @ np.linalg.solve(of_class + own / sizes[c], means[c]) for c in range(CLASSES)])
        rest = means - estimated
        of_class = estimated.T @ estimated / CLASSES
        following = (within + (rest * sizes[:, None]).T @ rest) / n + ridge * np.eye(k)
        done = np.linalg.norm(following - own) <= 1e-8 * np.linalg.norm(own)
        own = following
        if done:
            break
    return own


def squares(rows, centre, inverse):
    """Squared Mahalanobis distance of each row."""
    return np.einsum('ij,jk,ik->i', rows - centre, inverse, rows - centre)


def subgroups(rows, covariance):
    """Rows of the smaller subgroup and J: from each of three axes the best cut, the direction between the means, again, until it stays."""
    white = np.linalg.solve(np.linalg.cholesky(covariance), rows.T).T
    best = None, -1.
    for axis in np.linalg.eigh(np.cov(white.T, bias=True))[1].T[::-1][:3]:
        direction, few = axis, None
        for _ in range(100):
            t = white @ direction
            cuts = [t > value for value in np.unique(t)[:-1]]
            cut = max(cuts, key=lambda c: c.mean() * (1 - c.mean()) * (t[c].mean() - t[~c].mean()) ** 2)
            cut = cut if 2 * cut.sum() <= len(cut) else ~cut
            if few is not None and np.array_equal(cut, few):
                break
            few = cut
            direction = white[few].mean(0) - white[~few].mean(0)
        inverse = np.linalg.inv(covariance)
        ratio = squares(rows, rows.mean(0), inverse).mean() - sum(squares(rows[g], rows[g].mean(0), inverse).sum() for g in (few, ~few)) / len(rows)
        best = max(best, (few, ratio), key=lambda b: b[1])
    return best


def main(folder):
    x, labels = activations()
    covariance = shared_covariance(x, labels)
    inverse = np.linalg.inv(covariance)
    scores, ratios = np.zeros(len(x)), []
    for c in range(CLASSES):
        rows = x[labels == c]
        few, ratio = subgroups(rows, covariance)
        ratios.append(ratio)
        odds = few.mean() / (1 - few.mean())
        scores[labels == c] = (squares(rows, rows[~few].mean(0), inverse) - squares(rows, rows[few].mean(0), inverse)) / 2 + np.log(odds)
    deviation = 1.4826 * np.median(np.abs(ratios - np.median(ratios)))
    names = 'abcde'
    folder = Path(folder)
    folder.joinpath('scan-activations.csv').write_text(''.join(f'{names[c]},' + ','.join(f'{v:.4f}' for v in row) + '\n' for c, row in zip(labels, x)))
    folder.joinpath('scan-scores.csv').write_text('score\n' + ''.join(f'{s!r}\n' for s in scores.tolist()))
    folder.joinpath('scan-statistics.csv').write_text('class,J,J*\n' + ''.join(
        f'{names[c]},{r!r},{(r - np.median(ratios)) / deviation!r}\n'.replace('np.float64(', '').replace(')', '') for c, r in enumerate(ratios)))


if __name__ == '__main__':
    main(sys.argv[1])
