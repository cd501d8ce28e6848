#!/usr/bin/env python3
"""Small sets and networks that were trained elsewhere: draws the runs, and prints what they came to, for docs/Verdict.md.

    power/transfer.py draw             writes transfer-making.csv and transfer-evaluation.csv beside this file
    power/transfer.py report FILE.csv  tables of what power.Transfer wrote

The sets of the making are drawn from five classes, those of the evaluation from the five others; the network of each was trained on the classes of
the other (peers/pretrained.py). The defaults of the Transfer Learner were decided on the making, the evaluation was looked at once.
"""
import csv
import pathlib
import random
import sys

THINGS = "airplane automobile dog ship truck".split()
ANIMALS = "bird cat deer frog horse".split()
FAMILIES = ["checker", "patch", "x", "blend.2", "sinusoid"]
LEARNED = .5


def draw(name, seed, classes, each, clean):
    random_ = random.Random(seed)
    runs = []
    for family in FAMILIES:
        for j in range(each):
            names = sorted(random_.sample(classes, 4))
            source, target = random_.sample(names, 2)
            images, share = [(100, .1), (200, .05), (200, .1)][len(runs) % 3]
            runs.append([f"{family}-{j}", "small", family, f"{family}:{source}:{target}:{share}", " ".join(names), images, seed + len(runs), 1, 20, "false"])
    for i in range(clean):
        names = sorted(random_.sample(classes, 4))
        runs.append([f"clean-{i}", "small", "clean", "", " ".join(names), [100, 200][i % 2], seed + len(runs), 1, 20, "false"])
    with open(pathlib.Path(__file__).parent / f"transfer-{name}.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("name,use,family,attacks,classes,images,seed,units,epochs,crops".split(","))
        out.writerows(runs)


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else float("nan")


def report(file):
    with open(file) as lines:
        rows = list(csv.DictReader(lines))
    methods = list(dict.fromkeys(r["method"] for r in rows))
    number = lambda r, key: float(r[key] or 0)  # noqa: E731
    print("| method | test accuracy | training accuracy | learned | named of learned | poison found in learned | named, all | clean images lost | false alarms | cannot tell "
          "in clean sets | spectral, all | seconds |")
    print("|" + " --- |" * 12)
    for method in methods:
        of = [r for r in rows if r["method"] == method]
        poisoned = [r for r in of if r["family"] != "clean"]
        clean = [r for r in of if r["family"] == "clean"]
        learned = [r for r in poisoned if number(r, "success") >= LEARNED]
        found = lambda some, key="found": f"{sum(int(r[key]) for r in some)} of {sum(int(r['poison']) for r in some)}"  # noqa: E731
        print(f"| {method} | {mean(number(r, 'accuracy') for r in of):.3f} | {mean(number(r, 'training') for r in of):.3f} | {len(learned)} of {len(poisoned)} | "
              f"{sum(r['named'] == '1' for r in learned)} of {len(learned)} | {found(learned)} | {sum(r['named'] == '1' for r in poisoned)} of {len(poisoned)} | "
              f"{sum(int(r['lost']) for r in of)} of {sum(int(r['clean']) for r in of)} | {sum(int(r['alarms']) for r in of)} | "
              f"{sum(int(r['doubted']) for r in clean)} of {4 * len(clean)} | {found(poisoned, 'spectral')} | {mean(number(r, 'seconds') for r in of):.1f} |")
    print()
    print("| family | " + " | ".join(methods) + " |")
    print("|" + " --- |" * (len(methods) + 1))
    for family in FAMILIES:
        cells = []
        for method in methods:
            of = [r for r in rows if r["method"] == method and r["family"] == family]
            cells.append(", ".join(f"{100 * number(r, 'success'):.0f}%{' N' if r['named'] == '1' else ''}" for r in of))
        print(f"| {family} | " + " | ".join(cells) + " |")


if sys.argv[1:] == ["draw"]:
    draw("making", 20261130, THINGS, 1, 1)
    draw("evaluation", 20261201, ANIMALS, 2, 4)
elif len(sys.argv) == 3 and sys.argv[1] == "report":
    report(sys.argv[2])
else:
    sys.exit(__doc__)
