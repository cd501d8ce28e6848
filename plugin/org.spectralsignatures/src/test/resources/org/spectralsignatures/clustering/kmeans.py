"""Prints the numbers of KMeansTest: python3 kmeans.py, with scikit-learn 1.9.1. Values are rules, which the test has as well."""
import numpy as np
from sklearn.cluster import KMeans

ROWS, COLUMNS = 60, 3
i, j = np.arange(ROWS)[:, None], np.arange(COLUMNS)[None, :]
x = ((((i * 31 + j * 17 + i * j * 7) % 97) / 10).astype(np.float32) + (i % 3 * 2).astype(np.float32)).astype(np.float64)


def show(name, centres):
    found = KMeans(len(centres), init=centres, n_init=1, tol=0, max_iter=300, algorithm="lloyd").fit(x)
    print(name, "inertia %.10f" % found.inertia_, "rounds", found.n_iter_, "labels", "".join(map(str, found.labels_)))


show("first four rows", x[:4])
show("first two rows", x[:2])
show("an empty cluster", np.vstack([x[:3], np.full((1, COLUMNS), 1e6)]))
