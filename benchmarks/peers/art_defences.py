"""Runs the defences of ART (Adversarial Robustness Toolbox) on the activations and labels that Scorers wrote, and holds ours against them.

    art_defences.py ART DIR
        ART: a checkout of github.com/Trusted-AI/adversarial-robustness-toolbox; DIR: activations.npy, rows.csv and scores.csv.
        Needs python3-numpy, python3-scipy, python3-sklearn and python3-tqdm.

ART asks its classifier for activations only: the one here hands out the file. Reported are SpectralSignatureDefense (scores, and the
rows above the class's 85th percentile) and ActivationDefence (ten principal components, two clusters, the smaller one is suspect).
"""
import csv
import sys
import time
import warnings

import numpy as np

QUANTILE = .85


class Stored:
    """What ART's defences use of a classifier."""

    layer_names = ["representation"]

    def __init__(self, activations, classes):
        self.activations = activations
        self.nb_classes = classes

    def get_activations(self, x, layer, batch_size):
        return self.activations


def defences(art):
    """ART's two classes, from its checkout."""
    sys.path.insert(0, art)
    warnings.simplefilter("ignore")
    from art.defences.detector.poison import ActivationDefence, SpectralSignatureDefense
    return SpectralSignatureDefense, ActivationDefence


def timed(task):
    start = time.perf_counter()
    result = task()
    return result, time.perf_counter() - start


def spectral_signature(defence, classifier, labels, ours):
    """Score of each row: ART's own function, class by class; then the rows that its detect_poison flags."""
    theirs = np.empty(len(labels))
    for c in range(classifier.nb_classes):
        theirs[labels == c] = defence.spectral_signature_scores(classifier.activations[labels == c])[:, 0]
    one_hot = np.eye(classifier.nb_classes)[labels]
    detector = defence(classifier, labels, one_hot, expected_pp_poison=(1 - QUANTILE) / 1.5, eps_multiplier=1.5)
    (_, clean), seconds = timed(detector.detect_poison)
    flagged = np.array(clean) == 0
    above = np.zeros(len(labels), bool)
    for c in range(classifier.nb_classes):
        of_class = ours[labels == c]
        above[labels == c] = of_class >= np.quantile(of_class, QUANTILE)
    print(f"| SpectralSignatureDefense | scores: {np.abs(theirs - ours).max() / np.abs(theirs).max():.1e} largest relative difference "
          f"| {flagged.sum()} | {above.sum()} | {(flagged & above).sum()} | {seconds:.2f} |")


def activation_clustering(defence, classifier, labels, ours):
    """The rows in each class's smaller cluster."""
    one_hot = np.eye(classifier.nb_classes)[labels]
    detector = defence(classifier, labels, one_hot)
    np.random.seed(1)
    (found, _), seconds = timed(lambda: detector.cluster_activations(nb_clusters=2, nb_dims=10, reduce="PCA"))
    small = np.zeros(len(labels), bool)
    for c, members in enumerate(found):
        members = np.asarray(members)
        small[labels == c] = members == np.bincount(members, minlength=2).argmin()
    near = ours > 0
    print(f"| ActivationDefence | same cluster: {(small == near).mean():.2%} of the rows "
          f"| {small.sum()} | {near.sum()} | {(small & near).sum()} | {seconds:.2f} |")


def main(art, folder):
    spectral, clustering = defences(art)
    activations = np.load(folder + "/activations.npy")
    names = [line.strip() for line in open(folder + "/rows.csv")]
    classes = sorted(set(names))
    labels = np.array([classes.index(n) for n in names])
    with open(folder + "/scores.csv") as f:
        rows = list(csv.DictReader(f))
    classifier = Stored(activations, len(classes))
    print("| ART | agreement | flagged by ART | by ours | by both | ART's seconds |")
    print("| --- | --- | --- | --- | --- | --- |")
    spectral_signature(spectral, classifier, labels, np.array([float(r["REFERENCE_CODE"]) for r in rows]))
    activation_clustering(clustering, classifier, labels, np.array([float(r["ACTIVATION_CLUSTERING"]) for r in rows]))


if __name__ == "__main__":
    main(*sys.argv[1:])
