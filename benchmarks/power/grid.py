#!/usr/bin/env python3
"""Writes the runs of the verdict's grid, drawn with fixed seeds, so that nobody picked them.

making.csv      the method was made on these (limits: the families of TUNING and the sets of calibration)
evaluation.csv  drawn afresh; it was judged on these when it was done
limits.csv      kinds of poison that it was not made for
"""

import csv
import pathlib
import random

CLASSES = "airplane automobile bird cat deer dog frog horse ship truck".split()

# classes, images a class, units a group: the clean sets that poison is put into; each is also a clean run
BASES = [(3, 500, 1), (3, 500, 1), (2, 700, 1), (4, 500, 1), (2, 700, 1), (3, 600, 1), (2, 700, 1), (3, 500, 1), (2, 1000, 1), (3, 600, 1),
         (2, 500, 1), (3, 500, 1), (2, 700, 1), (2, 600, 3), (4, 500, 1), (5, 500, 1), (10, 500, 1), (2, 2000, 1)]

# families of the grid; those of TUNING were looked at while the method was made, the others were only evaluated
FAMILIES = ["l", "blend.2", "pixel", "x", "patch", "blend.1", "sinusoid", "m-way", "checker", "two targets", "one target"]
TUNING = ["l", "blend.2"]
SHARES = [.1, .05, .1, .05, .02, .1, .05, .02, .01]
# bases by share: poison of 1 and 2% needs larger sets to be more than a handful of images
BY_SHARE = {.1: [0, 1, 2, 3, 4, 7, 10, 11, 13, 15, 16], .05: [0, 1, 2, 4, 5, 6, 7, 9, 11, 12, 14], .02: [5, 6, 8, 9, 12, 17], .01: [8, 17]}
KINDS = ["x", "checker", "patch", "blend.2", "sinusoid", "l"]


def epochs(images):
    return 20 if images < 1000 else 14


def write(name, seed, first, judged):
    draw = random.Random(seed)

    def use(family):
        return "tuning" if family in TUNING and not judged else "evaluation"

    bases = []
    for i, (k, n, units) in enumerate(BASES):
        bases.append((" ".join(sorted(draw.sample(CLASSES, k))), n, first + i, units))
    runs = []
    for i, (classes, n, seed, units) in enumerate(bases):
        runs.append([f"base-{i:02d}", "evaluation", "clean", "", classes, n, seed, units, epochs(n), "false"])
    used = {}
    for family in FAMILIES:
        for j, share in enumerate(SHARES):
            candidates = BY_SHARE[share]
            base = min(draw.sample(candidates, len(candidates)), key=lambda b: used.get(b, 0) * bases[b][1] * len(bases[b][0].split()))
            used[base] = used.get(base, 0) + 1
            classes, n, seed, units = bases[base]
            names = classes.split()
            source, target = draw.sample(names, 2)
            attacks = [f"{family}:{source}:{target}:{share}"]
            if family == "two targets":
                kinds = draw.sample(KINDS, 2)
                if len(names) > 2:
                    other = draw.sample([c for c in names if c != target], 2)
                else:
                    other = [target, source]
                attacks = [f"{kinds[0]}:{source}:{target}:{share}", f"{kinds[1]}:{other[0]}:{other[1]}:{share}"]
            elif family == "one target":
                kinds = draw.sample(KINDS, 2)
                other = draw.choice([c for c in names if c != target])
                attacks = [f"{kinds[0]}:{source}:{target}:{share}", f"{kinds[1]}:{other}:{target}:{share}"]
            runs.append([f"{family.replace(' ', '-')}-{j}", use(family), family, " ".join(attacks), classes, n,
                         seed, units, epochs(n), "false"])
    for i in range(16):
        k = [2, 3, 4, 2][i % 4]
        runs.append([f"calibration-{i:02d}", "evaluation" if judged else "calibration", "clean", "", " ".join(sorted(draw.sample(CLASSES, k))), [500, 500, 400, 700][i % 4],
                     first + 400 + i, 1, 20, "false"])
    for i in range(42):
        k = [2, 3, 2, 4, 2, 3][i % 6]
        crops = i % 7 == 3
        passes = 5 if i % 7 == 5 else 20
        runs.append([f"clean-{i:02d}", "evaluation", "clean", "", " ".join(sorted(draw.sample(CLASSES, k))), [500, 400, 600, 400, 700, 500][i % 6],
                     first + 200 + i, 1, passes, str(crops).lower()])
    # the bases first, tuning and calibration next, the rest in turns
    first = [r for r in runs if r[0].startswith("base")]
    prior = [r for r in runs if r[1] != "evaluation"]
    rest = [r for r in runs if r not in first and r not in prior]
    draw.shuffle(prior)
    draw.shuffle(rest)
    save(name, first + prior + rest)


def limits():
    """What the method was not made for: every class a target, most of a class poison, labels that are right."""
    draw = random.Random(20261202)
    runs = []
    for i, (kinds, share) in enumerate([(["checker"], .05), (["checker"], .1), (["blend.2"], .1), (["x", "patch", "sinusoid", "l"], .1)]):
        names = sorted(draw.sample(CLASSES, 4))
        attacks = [f"{kinds[j % len(kinds)]}:{names[j]}:{names[(j + 1) % 4]}:{share}" for j in range(4)]
        runs.append([f"all-to-all-{i}", "limits", "all to all", " ".join(attacks), " ".join(names), 500, 2100 + i, 1, 20, "false"])
    for i, (kind, share) in enumerate([("checker", .34), ("checker", .6), ("blend.2", .34), ("sinusoid", .6)]):
        names = sorted(draw.sample(CLASSES, 3))
        source, target = draw.sample(names, 2)
        runs.append([f"much-{i}", "limits", "much", f"{kind}:{source}:{target}:{share}", " ".join(names), 500, 2200 + i, 1, 20, "false"])
    for i, (kind, share) in enumerate([("checker", .1), ("checker", .3), ("blend.2", .1), ("blend.2", .3), ("sinusoid", .3)]):
        names = sorted(draw.sample(CLASSES, 3))
        source, target = draw.sample(names, 2)
        runs.append([f"clean-label-{i}", "limits", "clean label", f"{kind}:{source}:{target}:{share}:clean-label", " ".join(names), 500, 2300 + i, 1, 20,
                     "false"])
    save("limits", runs)


def save(name, runs):
    with open(pathlib.Path(__file__).parent / (name + ".csv"), "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("name,use,family,attacks,classes,images,seed,units,epochs,crops".split(","))
        out.writerows(runs)


limits()
write("making", 20261130, 100, False)
write("evaluation", 20261201, 1100, True)
