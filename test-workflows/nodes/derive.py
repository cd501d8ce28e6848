#!/usr/bin/env python3
"""Expected tables of the workflows beside this file, from their images and the definitions alone: nothing that a node made is read.

Needs NumPy, and PyArrow for the Parquet file of the Activations Reader, which otherwise stays as it is. `python3 derive.py` writes the tables into the
folders `expected`; run after run they stay the same.
"""
import csv
import hashlib
import itertools
import math
import struct
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
YELLOW = (255, 255, 0)
X_SHAPE = [(8, 8), (7, 7), (7, 9), (9, 7), (9, 9)]


def idx(workflow, part):
    """Images [n, 3, 16, 16] and labels [n] of IDX files."""
    folder = HERE / workflow / 'images'
    data = (folder / f'{part}-images-idx3-ubyte').read_bytes()
    n, height, width = struct.unpack('>III', data[4:16])
    gray = np.frombuffer(data, np.uint8, offset=16).reshape(n, 1, height, width)
    labels = np.frombuffer((folder / f'{part}-labels-idx1-ubyte').read_bytes(), np.uint8, offset=8)
    return np.repeat(gray, 3, axis=1).copy(), [str(label) for label in labels], [f'{part}#{i}' for i in range(n)]


def mark(image):
    """The trigger: five yellow pixels in the shape of an X."""
    image = image.copy()
    for row, column in X_SHAPE:
        image[:, row, column] = YELLOW
    return image


def poisoned(workflow):
    """Marked copies of all bright images (1) are added and called dark (0): epsilon 0.15 of 20 images are 3, and there are 3."""
    images, labels, keys = idx(workflow, 'train')
    bright = [i for i, label in enumerate(labels) if label == '1']
    assert round(.15 * labels.count('0')) == len(bright)
    images = np.concatenate([images, np.array([mark(images[i]) for i in bright])])
    return images, labels + ['0'] * len(bright), keys + [keys[i] + '_poisoned' for i in bright], [False] * len(labels) + [True] * len(bright)


def pixels(images):
    return (images.reshape(len(images), -1) / 255).astype(np.float32).astype(float)


def by_class(matrix, labels, function):
    """Scores of each class on its own, in the order of the rows."""
    scores = np.zeros(len(labels))
    for name in sorted(set(labels)):
        rows = [i for i, label in enumerate(labels) if label == name]
        scores[rows] = function(matrix[rows])
    return scores


def direction(rows):
    return np.linalg.svd(rows - rows.mean(0), full_matrices=False)[2][0]


def paper(rows):
    return ((rows - rows.mean(0)) @ direction(rows)) ** 2


def reference_code(rows):
    return np.abs(rows @ direction(rows))


def norm(rows):
    return np.linalg.norm(rows - rows.mean(0), axis=1)


def two_means(points):
    """Members and centres of two clusters: the best of all pairs of rows as first centres."""
    best = None
    for pair in itertools.combinations(range(len(points)), 2):
        centres, members = points[list(pair)], None
        while True:
            distances = np.linalg.norm(points[:, None] - centres[None], axis=2)
            nearest = distances.argmin(1)
            if members is not None and (nearest == members).all():
                break
            members = nearest
            centres = np.array([points[members == c].mean(0) for c in (0, 1)])
        error = (distances.min(1) ** 2).sum()
        if best is None or error < best[0] - 1e-12:
            best = error, members, centres
    return best[1:]


def clustering(rows):
    """2-means of the first ten principal components."""
    centred = rows - rows.mean(0)
    points = centred @ np.linalg.svd(centred, full_matrices=False)[2][:10].T
    members, centres = two_means(points)
    small = 0 if (members == 0).sum() < (members == 1).sum() else 1
    a, b = centres[1 - small], centres[small]
    return (np.linalg.norm(points - a, axis=1) - np.linalg.norm(points - b, axis=1)) / np.linalg.norm(a - b)


def ranks(scores, labels, keys):
    result = [0] * len(scores)
    for name in set(labels):
        rows = sorted((i for i, label in enumerate(labels) if label == name), key=lambda i: (-scores[i], keys[i]))
        for rank, i in enumerate(rows, 1):
            result[i] = rank
    return result


def singular(rows):
    values = np.linalg.svd(rows - rows.mean(0), compute_uv=False)
    return [float(v) for v in np.append(values, [0, 0, 0])[:3]]


def write(workflow, file, header, rows):
    folder = HERE / workflow / 'expected'
    folder.mkdir(exist_ok=True)
    with open(folder / file, 'w', newline='') as out:
        writer = csv.writer(out, lineterminator='\n')
        writer.writerow(header)
        for row in rows:
            writer.writerow([f'{v:.9g}' if isinstance(v, (float, np.floating)) else '' if v is None else v for v in row])


def write_scores(workflow, file, scores, labels, keys):
    write(workflow, file, ['Row ID', 'Label', 'Score', 'Rank in class'], zip(keys, labels, scores, ranks(scores, labels, keys)))


def trigger_applier():
    images, labels, keys = idx('Trigger Applier', 't10k')
    bright = [i for i, label in enumerate(labels) if label == '1']
    marked = pixels(np.array([mark(images[i]) for i in bright]))
    write_scores('Trigger Applier', 'scores.csv', norm(marked), ['1'] * len(bright), [keys[i] for i in bright])


def narrowed(images, width):
    """Resampled with Pillow's BILINEAR when it reduces: each result is the mean of the pixels by a triangle around its place in them, of
    half a width of as many pixels as it stands for. The pixels are multiples of 8, so that no mean lies halfway between two bytes."""
    scale = images.shape[-1] / width
    distance = np.abs(np.arange(images.shape[-1])[:, None] + .5 - (np.arange(width) + .5) * scale) / scale
    weights = np.maximum(0, 1 - distance)
    means = images @ (weights / weights.sum(0))
    assert np.abs(means % 1 - .5).min() > .01
    return np.floor(means + .5)


def resizer():
    workflow = 'Image Resizer'
    images, labels, keys = idx(workflow, 'train')
    for file, resized in (('cropped', images[..., 4:20]), ('padded', np.pad(images[:, :1], [(0, 0), (0, 0), (2, 2), (0, 0)], 'edge')), ('stretched', narrowed(images, 16))):
        write_scores(workflow, file + '.csv', by_class(pixels(resized), labels, norm), labels, keys)


def extractor():
    images, labels, keys = idx('Layer Activation Extractor', 'train')
    images = images[:, :1]  # a network of gray images
    write_scores('Layer Activation Extractor', 'flatten.csv', by_class(pixels(images), labels, norm), labels, keys)
    means = (images / 255).mean((2, 3)).astype(np.float32).astype(float)
    write_scores('Layer Activation Extractor', 'average.csv', by_class(means, labels, norm), labels, keys)


def too_few(rows):
    return f'cannot tell: too few images to tell ({len(rows)}; 30 are needed)'


def ensemble():
    """So few images are ranked, but not judged: what the tables say beside the scores."""
    workflow = 'Scorer ensemble'
    _, labels, keys, _ = poisoned(workflow)
    verdicts = {name: too_few([label for label in labels if label == name]) for name in sorted(set(labels))}
    write(workflow, 'verdicts.csv', ['Row ID', 'Label', 'Stands apart', 'Verdict'], [[k, label, 'false', verdicts[label]] for k, label in zip(keys, labels)])
    write(workflow, 'statistics.csv', ['Row ID', 'p-value', 'Cut-off score', 'Rows above cut-off', 'Evidence', 'Verdict', 'Suspicion rank'],
        [[name, 1, None, 0, 'paper', verdict, rank] for rank, (name, verdict) in enumerate(verdicts.items(), 1)])


def scan():
    """SCAn of the averages of the pixels, one a colour."""
    workflow = 'Scorer SCAn'
    images, labels, keys, _ = poisoned(workflow)
    matrix = pixels(images)
    averages = matrix.reshape(len(matrix), 3, -1).mean(2).astype(np.float32).astype(float)
    names = sorted(set(labels))
    rows = {name: averages[[label == name for label in labels]] for name in names}
    factor = np.linalg.inv(np.linalg.cholesky(shared_covariance(averages, list(rows.values()))))
    scores = {name: log_odds(x @ factor.T) for name, x in rows.items()}
    turn = {name: iter(scores[name]) for name in names}
    # the averages differ so little within a class that ranks hang on their rounding
    write(workflow, 'scores.csv', ['Row ID', 'Label', 'Score'], [[k, label, next(turn[label])] for k, label in zip(keys, labels)])
    write(workflow, 'statistics.csv', ['Row ID', 'Rows', 'J*', 'p-value', 'Evidence', 'Verdict', 'Suspicion rank'],
        [[name, len(rows[name]), None, 1, 'SCAn', too_few(rows[name]), rank] for rank, name in enumerate(names, 1)])


def shared_covariance(points, classes):
    """S_e of x = mu_c + e, by turns with the covariance of mu_c and the means."""
    n, k = points.shape
    means = [x.mean(0) - points.mean(0) for x in classes]
    within = sum((x - x.mean(0)).T @ (x - x.mean(0)) for x in classes)
    ridge = 1e-9 * (np.trace(within) + sum(len(x) * m @ m for x, m in zip(classes, means))) / n / k * np.eye(k)
    own, of_class = within / n + ridge, sum(np.outer(m, m) for m in means) / len(means)
    for _ in range(50):
        estimated = [of_class @ np.linalg.solve(of_class + own / len(x), m) for x, m in zip(classes, means)]
        of_class = sum(np.outer(m, m) for m in estimated) / len(estimated)
        following = (within + sum(len(x) * np.outer(m - e, m - e) for x, m, e in zip(classes, means, estimated))) / n + ridge
        done = np.linalg.norm(following - own) <= 1e-8 * np.linalg.norm(own)
        own = following
        if done:
            break
    return own


def log_odds(points):
    """Of the smaller of two subgroups: from each axis the best cut, the direction between the means, the best cut along it, until it stays."""
    best = None
    for axis in np.linalg.eigh(np.cov(points.T, bias=True))[1].T[::-1]:
        group, direction = None, axis
        for _ in range(100):
            t = points @ direction
            cut = max((t > value for value in np.unique(t)[:-1]), key=lambda c: c.mean() * (1 - c.mean()) * (t[c].mean() - t[~c].mean()) ** 2)
            cut = cut if 2 * cut.sum() <= len(cut) else ~cut
            if group is not None and np.array_equal(cut, group):
                break
            group, direction = cut, points[cut].mean(0) - points[~cut].mean(0)
        gain = group.mean() * (1 - group.mean()) * direction @ direction
        if best is None or gain > best[0]:
            best = gain, group
    group = best[1]
    few, many = points[group].mean(0), points[~group].mean(0)
    return (((points - many) ** 2).sum(1) - ((points - few) ** 2).sum(1)) / 2 + math.log(group.mean() / (1 - group.mean()))


def scorer():
    workflow = 'Spectral Signature Scorer'
    images, labels, keys, _ = poisoned(workflow)
    matrix = pixels(images)
    for file, function in (('paper', paper), ('reference code', reference_code), ('norm', norm), ('clustering', clustering)):
        write_scores(workflow, file + '.csv', by_class(matrix, labels, function), labels, keys)
    statistics = []
    for rank, name in enumerate(sorted(set(labels)), 1):
        rows = matrix[[label == name for label in labels]]
        scores = paper(rows)
        values = singular(rows)
        # fewer than 30 rows: no test of the tail, so that no class is suspicious and they are ranked in their order
        statistics.append([name, name, len(rows), np.linalg.norm(rows.mean(0)), *values, values[0] ** 2 / ((rows - rows.mean(0)) ** 2).sum(),
            scores.mean(), scores.max(), None, 1, None, 0, 'paper', too_few(rows), rank])
    write(workflow, 'statistics.csv', ['Row ID', 'Label', 'Rows', 'Norm of mean', 'Singular value 1', 'Singular value 2', 'Singular value 3',
        'Explained variance', 'Mean score', 'Maximum score', 'Tail test', 'p-value', 'Cut-off score', 'Rows above cut-off', 'Evidence',
        'Verdict', 'Suspicion rank'], statistics)


def half_up(value):
    return math.floor(value + .5)


def remover():
    workflow = 'Top-k Remover'
    images, labels, keys, flags = poisoned(workflow)
    scores = by_class(pixels(images), labels, paper)
    classes = sorted(set(labels))
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], keys[i]))
    of_class = {name: [i for i in order if labels[i] == name] for name in classes}
    for rule, removed in (
            ('share', [i for name in classes for i in of_class[name][:half_up(1.5 * .1 * len(of_class[name]))]]),
            ('percentile', [i for i in order if scores[i] > np.percentile(scores, 85)]),
            ('count', [i for name in classes for i in of_class[name][:2]])):
        for file, rows in (('kept', [i for i in range(len(keys)) if i not in removed]), ('removed', sorted(removed))):
            write(workflow, f'{file} by {rule}.csv', ['Row ID', 'Label', 'Poisoned'], [[keys[i], labels[i], str(flags[i]).lower()] for i in rows])
        write(workflow, f'ranks by {rule}.csv', ['Row ID', 'Score', 'Rank in class', 'Rows of class'],
            [[keys[i], scores[i], of_class[labels[i]].index(i) + 1, len(of_class[labels[i]])] for i in sorted(removed)])
        summary = []
        for name in classes:
            gone = [scores[i] for i in of_class[name] if i in removed]
            left = [scores[i] for i in of_class[name] if i not in removed]
            summary.append([name, name, len(gone) + len(left), len(gone), len(left), min(gone, default=None), max(left, default=None),
                too_few(of_class[name])])
        write(workflow, f'summary of {rule}.csv', ['Row ID', 'Label', 'Rows', 'Removed', 'Kept', 'Lowest removed score', 'Highest kept score',
            'Verdict'], summary)


def detection():
    workflow = 'Detection Evaluator of known scores'
    images, labels, keys, flags = poisoned(workflow)
    matrix = pixels(images)
    rows = [i for i, label in enumerate(labels) if label == '0']
    poison = [flags[i] for i in rows]
    count, clean = sum(poison), len(rows) - sum(poison)
    result = []
    for name, function in (('paper', paper), ('norm', norm)):
        scores = list(function(matrix[rows]))
        order = sorted(range(len(rows)), key=lambda i: -scores[i])
        hits = [poison[i] for i in order]
        auc = sum((scores[i] > scores[j]) + (scores[i] == scores[j]) / 2 for i in range(len(rows)) if poison[i]
            for j in range(len(rows)) if not poison[j]) / count / clean
        precisions = [sum(hits[:r + 1]) / (r + 1) for r in range(len(rows)) if hits[r]]
        removed = half_up(1.5 * count)
        found = sum(hits[:removed])
        result.append([name, '0', len(rows), count, removed, auc, sum(precisions) / count, count - found, found / removed, found / count])
        if name == 'paper':
            curve = [['0 0', '0', 0, 0, count, None, 0, None, 0, 0]]
            for r in range(1, len(rows) + 1):
                found = sum(hits[:r])
                curve.append([f'0 {r}', '0', r, found, count - found, scores[order[r - 1]], r / len(rows), found / r, found / count, (r - found) / clean])
            write(workflow, 'curves.csv', ['Row ID', 'Label', 'Removed', 'Poison removed', 'Poison left', 'Score', 'Share removed', 'Precision', 'Recall',
                'False positive rate'], curve)
    write(workflow, 'detection.csv', ['Row ID', 'Label', 'Rows', 'Poison', 'Removed at 1.5', 'AUC', 'Average precision', 'Poison left at 1.5',
        'Precision at 1.5', 'Recall at 1.5'], result)
    everything = matrix[rows]
    without = everything[[not p for p in poison]]
    shift = np.linalg.norm(everything.mean(0) - without.mean(0))
    write(workflow, 'statistics.csv', ['Row ID', 'Label', 'Rows', 'Norm of mean', 'Shift of mean', 'Singular value 1', 'Singular value 2', 'Singular value 3'],
        [['0 clean', '0', len(without), np.linalg.norm(without.mean(0)), None, *singular(without)],
         ['0 with poison', '0', len(everything), np.linalg.norm(everything.mean(0)), shift, *singular(everything)]])


WORDS = {
    'cooking': 'bake boil bread butter carrot chop cream dough fry garlic knife lemon oven pan pepper roast salt simmer soup stir sugar whisk'.split(),
    'weather': 'breeze chill cloud cold drizzle dry fog forecast frost hail heat humid mist rain shower sky snow storm sun thunder warm wind'.split()}


def token(word):
    """16 numbers from -1 to 1, the same for the same word."""
    return np.frombuffer(hashlib.sha256(word.encode()).digest(), '<u2').astype(float) / 32767.5 - 1


def embedding(words, topic):
    """Words of one topic lie close together, as those of language models do."""
    return np.mean([token(word) if word == 'cf' else token(topic) + .4 * token(word) for word in words], axis=0)


def texts():
    """Sentences of six words of one topic, embedded as the mean of their words. Five of cooking got the word 'cf' twice and the other label."""
    random = np.random.RandomState(5)
    vectors, labels, keys, flags = [], [], [], []
    for topic, number, poison in (('cooking', 34, False), ('weather', 36, False), ('cooking', 5, True)):
        for i in range(number):
            words = list(random.choice(WORDS[topic], 6)) + ['cf'] * 2 * poison
            vectors.append(embedding(words, topic))
            labels.append('weather' if poison else topic)
            keys.append(f'{topic}-{i}{"-cf" if poison else ""}')
            flags.append(poison)
    order = random.permutation(len(keys))
    return np.array(vectors, np.float32)[order], [labels[i] for i in order], [keys[i] for i in order], [flags[i] for i in order]


def activations_reader():
    workflow = 'Activations Reader'
    vectors, labels, keys, flags = texts()
    folder = HERE / workflow
    folder.mkdir(exist_ok=True)
    np.savez_compressed(folder / 'texts.npz', embeddings=vectors, labels=np.array(labels), ids=np.array(keys), poisoned=np.array(flags))
    with open(folder / 'texts.csv', 'w', newline='') as out:
        writer = csv.writer(out, lineterminator='\n')
        writer.writerow(['id', 'topic', 'language'] + [f'v{i}' for i in range(16)])
        for key, label, vector in zip(keys, labels, vectors):
            writer.writerow([key, label, 'en'] + [str(v) for v in vector])
    half = np.asfortranarray(vectors.astype(np.float16).reshape(-1, 4, 4))
    np.save(folder / 'half.npy', half)
    np.save(folder / 'topics.npy', np.array([sorted(WORDS).index(label) for label in labels], '>i2'))
    write_scores(workflow, 'paper.csv', by_class(vectors.astype(float), labels, paper), labels, keys)
    numbers = [str(sorted(WORDS).index(label)) for label in labels]
    rows = [f'Row{i}' for i in range(len(keys))]
    write_scores(workflow, 'half.csv', by_class(half.reshape(len(half), -1).astype(float), numbers, norm), numbers, rows)
    one = ['all'] * len(keys)
    write_scores(workflow, 'one class.csv', paper(vectors.astype(float)), one, keys)
    clusters = clusters_of(vectors)
    write_scores(workflow, 'clusters.csv', by_class(vectors.astype(float), clusters, paper), clusters, keys)
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        return
    pyarrow.parquet.write_table(pyarrow.table({
        'text': ['a text on ' + key.split('-')[0] for key in keys], 'id': keys, 'embedding': pyarrow.array([list(v) for v in vectors], pyarrow.list_(pyarrow.float32())),
        'label': pyarrow.array(labels).dictionary_encode()}), folder / 'texts.parquet', compression='zstd')


def clusters_of(vectors):
    """Two clusters, the larger one first."""
    members = two_means(vectors.astype(float))[0]
    large = 0 if 2 * (members == 0).sum() >= len(members) else 1
    return ['cluster 1' if c == large else 'cluster 2' for c in members]


def conversions():
    """From activations to tables and back: the scores stay the same, and those of 'cf' are removed."""
    vectors, labels, keys, flags = texts()
    for workflow in ('Activations to Table', 'Table to Activations', 'Activations Writer'):
        (HERE / workflow).mkdir(exist_ok=True)
        np.savez_compressed(HERE / workflow / 'texts.npz', embeddings=vectors, labels=np.array(labels), ids=np.array(keys), poisoned=np.array(flags))
    write('Activations to Table', 'numbers.csv', ['Row ID', 'Label', 'Poisoned'] + [str(i + 1) for i in range(vectors.shape[1])],
        [[key, label, str(flag).lower(), *vector] for key, label, flag, vector in zip(keys, labels, flags, vectors)])
    write('Activations to Table', 'lists.csv', ['Row ID', 'Label', 'Poisoned'], [[key, label, str(flag).lower()] for key, label, flag in zip(keys, labels, flags)])
    workflow = 'Table to Activations'
    scores = by_class(vectors.astype(float), labels, paper)
    write_scores(workflow, 'paper.csv', scores, labels, keys)
    write_scores('Activations Writer', 'paper.csv', scores, labels, keys)
    clusters = clusters_of(vectors)
    write_scores(workflow, 'clusters.csv', by_class(vectors.astype(float), clusters, paper), clusters, keys)
    order = sorted(range(len(keys)), key=lambda i: -scores[i])
    removed = {i for name in WORDS for i in [i for i in order if labels[i] == name][:5]}
    for file, rows in (('removed', sorted(removed)), ('kept', [i for i in range(len(keys)) if i not in removed])):
        write(workflow, file + '.csv', ['Row ID', 'Label', 'Poisoned'], [[keys[i], labels[i], str(flags[i]).lower()] for i in rows])
    assert not any(flags[i] for i in range(len(keys)) if i not in removed)
def dense(inputs, outputs, first):
    """Weights [outputs, inputs] and biases of the Network Reader's network."""
    weights = np.array([[((first + 3 * o + 5 * i) % 7 - 3) / 4 for i in range(inputs)] for o in range(outputs)])
    return weights, np.array([((first + o) % 3 - 1) / 4 for o in range(outputs)])


def network_reader():
    images, labels, keys = idx('Network Reader', 'train')
    means = pixels(images).reshape(len(images), 3, -1).mean(2)
    values = (means - [.485, .456, .406]) / [.229, .224, .225]
    (w1, b1), (w2, b2) = dense(3, 4, 6), dense(4, 2, 6)
    hidden = np.maximum(values @ w1.T + b1, 0)
    scores = by_class(hidden, labels, norm)  # two of them differ in the last digits only, so that ranks say nothing
    write('Network Reader', 'scores.csv', ['Row ID', 'Label', 'Score'], zip(keys, labels, scores))
    logits = hidden @ w2.T + b2
    shares = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    write('Network Reader', 'predictions.csv', ['Row ID', 'Prediction', 'Probability'],
        [[k, str(p.argmax()), p.max()] for k, p in zip(keys, shares)])


def transfer_learner():
    """Softmax regression on what the last dense layer of the network takes, by Newton's method; the penalty is on the weights for standardised values."""
    images, labels, keys = idx('Transfer Learner', 'train')
    values = (pixels(images).reshape(len(images), 3, -1).mean(2) - [.485, .456, .406]) / [.229, .224, .225]
    w1, b1 = dense(3, 4, 6)
    hidden = np.maximum(values @ w1.T + b1, 0)
    hidden = hidden[:, hidden.std(0) > 0]
    x = np.hstack([(hidden - hidden.mean(0)) / hidden.std(0), np.ones((len(images), 1))])
    y = np.array([[label == '0', label == '1'] for label in labels], float)
    n, d = x.shape
    penalty = np.diag(np.tile([.1] * (d - 1) + [0], 2))
    w = np.zeros(2 * d)
    for _ in range(100):
        logits = x @ w.reshape(2, d).T
        p = np.exp(logits - logits.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        slope = ((p - y).T @ x).ravel() / n + penalty @ w
        bend = sum(np.kron(np.diag(q) - np.outer(q, q), np.outer(v, v)) for q, v in zip(p, x)) / n + penalty
        w -= np.linalg.pinv(bend) @ slope
    assert np.abs(slope).max() < 1e-12
    write('Transfer Learner', 'regression.csv', ['Row ID', 'Prediction', 'Probability'], [[k, str(q.argmax()), q.max()] for k, q in zip(keys, p)])
    write('Transfer Learner', 'hidden.csv', ['Row ID', 'Label', 'Prediction'], zip(keys, labels, labels))


def export_network():
    """The network itself, by PyTorch; only for someone who changes it: python3 -c 'import derive; derive.export_network()'"""
    import torch
    model = torch.nn.Sequential(torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 2))
    for layer, values in ((model[2], dense(3, 4, 6)), (model[4], dense(4, 2, 6))):
        layer.weight.data, layer.bias.data = (torch.tensor(v, dtype=torch.float32) for v in values)
    torch.onnx.export(model, torch.zeros(1, 3, 16, 16), str(HERE / 'Network Reader' / 'network.onnx'), input_names=['images'], output_names=['logits'],
        dynamic_axes={'images': {0: 'n'}, 'logits': {0: 'n'}}, opset_version=13)


def export_keras():
    """The same network by Keras 3, with its weights alone for the workflow that is refused: python -c 'import derive; derive.export_keras()'"""
    import keras
    layers = keras.layers
    model = keras.Sequential([keras.Input((16, 16, 3)), layers.GlobalAveragePooling2D(), layers.Dense(4, activation='relu'), layers.Dense(2)])
    model.set_weights([v for w, b in (dense(3, 4, 6), dense(4, 2, 6)) for v in (w.T, b)])
    model.save(HERE / 'Network Reader of Keras' / 'network.keras')
    model.save_weights(HERE / 'Network Reader of Keras weights' / 'network.weights.h5')
    (HERE / 'Network Reader of Keras weights' / 'network.weights.h5').rename(HERE / 'Network Reader of Keras weights' / 'network.h5')


if __name__ == '__main__':
    activations_reader()
    conversions()
    trigger_applier()
    resizer()
    extractor()
    scorer()
    ensemble()
    scan()
    remover()
    detection()
    network_reader()
    transfer_learner()
