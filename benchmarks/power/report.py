#!/usr/bin/env python3
"""Prints what the grid's runs came to, as tables for docs/Verdict.md.

    power/report.py GRID.csv DIR
        DIR: folder of the results of train, audit and, as far as they were run, clean and peers.py.

A backdoor counts as learned if at least half of the marked test images are taken for its target, a run if one of its backdoors is.
"""
import csv
import pathlib
import sys

LEARNED = .5
LEFT = .05
NEAR = .03


def properties(file):
    if not file.exists():
        return {}
    pairs = (line.strip().split("=", 1) for line in open(file) if "=" in line)
    return {k: float(v) for k, v in pairs if not v.startswith("[")}


class Run:
    """A line of the grid with its results."""

    def __init__(self, line, folder):
        self.name, self.family = line["name"], line["family"]
        self.attacks = [a.split(":") for a in line["attacks"].split()]
        facts = properties(folder / "train.properties")
        self.after = properties(folder / "clean.properties")
        self.success = [facts.get(f"first.success{k}", 0) for k in range(len(self.attacks))]
        self.never = [facts.get(f"never.success{k}") for k in range(len(self.attacks))]
        self.facts = facts
        self.learned = [k for k, s in enumerate(self.success) if s >= LEARNED]
        with open(folder / "verdicts.csv") as file:
            self.verdicts = {r["class"]: r["verdict"] for r in csv.DictReader(file)}
        gone = {line.strip() for line in open(folder / "removed.csv")}
        with open(folder / "rows.csv") as file:
            rows = [(r["key"], int(r["attack"])) for r in csv.DictReader(file)]
        self.poison = [sum(a == k for _, a in rows) for k in range(len(self.attacks))]
        self.found = [sum(a == k and key in gone for key, a in rows) for k in range(len(self.attacks))]
        self.clean = sum(a < 0 for _, a in rows)
        self.lost = sum(a < 0 and key in gone for key, a in rows)

    def target(self, k):
        return self.attacks[k][2]

    def says(self, k, words):
        return self.verdicts[self.target(k)].startswith(words)

    def named(self):
        return all(self.says(k, "poisoned") for k in self.learned)

    def left(self):
        poison = sum(self.poison[k] for k in self.learned)
        return 1 - sum(self.found[k] for k in self.learned) / poison

    def false_alarms(self):
        targets = {self.target(k) for k in range(len(self.attacks))}
        return sum(v.startswith("poisoned") for c, v in self.verdicts.items() if c not in targets)

    def near_never(self):
        """Within three points of the network that never saw poison; None where it is not known."""
        values = [(self.after.get(f"after.success{k}"), self.never[k]) for k in self.learned]
        if any(a is None or n is None for a, n in values):
            return None
        return all(a <= n + NEAR for a, n in values)


def share(part, whole):
    return f"{part} of {whole}" + (f" ({100 * part / whole:.0f}%)" if whole else "")


def families(runs):
    print("| family | learned | named | poison found | clean images lost | attack after as never poisoned | not learned | of these \"nothing found\" |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for family in sorted({r.family for r in runs}) + [None]:
        of = [r for r in runs if family in (None, r.family)]
        yes, no = [r for r in of if r.learned], [r for r in of if not r.learned]
        near = [r.near_never() for r in yes if r.near_never() is not None]
        quiet = sum(any(r.says(k, "nothing") for k in range(len(r.attacks))) for r in no)
        print(f"| {family or '**all**'} | {len(yes)} | {sum(r.named() for r in yes)} | {sum(sum(r.found) for r in yes)} of {sum(sum(r.poison) for r in yes)} "
              f"| {sum(r.lost for r in yes)} of {sum(r.clean for r in yes):,} | {sum(near)} of {len(near)} | {len(no)} | {quiet} |")


def targets(runs, clean):
    yes, no = [r for r in runs if r.learned], [r for r in runs if not r.learned]
    near = [r.near_never() for r in yes if r.near_never() is not None]
    quiet = sum(any(r.says(k, "nothing") for k in range(len(r.attacks))) for r in no)
    print("\n| target | reached |\n| --- | --- |")
    print(f"| the poisoned classes are named, at least 95% | {share(sum(r.named() for r in yes), len(yes))} |")
    print(f"| attack success after the cleaning within 3 points of the never-poisoned network, at least 90% | {share(sum(near), len(near))} |")
    print(f"| poison left at most 5%, at least 90% | {share(sum(r.left() <= LEFT for r in yes), len(yes))} |")
    lost, images = sum(r.lost for r in runs + clean), sum(r.clean for r in runs + clean)
    print(f"| clean images lost, at most 1% | {lost} of {images:,} ({100 * lost / max(1, images):.3f}%); "
          f"{sum(r.lost > .01 * r.clean for r in runs + clean)} sets above |")
    print(f"| clean sets with a class called poisoned, at most 1 in 60 | {sum(r.false_alarms() > 0 for r in clean)} of {len(clean)} |")
    print(f"| classes that are no target called poisoned in poisoned sets | {sum(r.false_alarms() for r in runs)} |")
    print(f"| sets not learned that say \"nothing found\", at most 10% | {share(quiet, len(no))} |")
    tells = sum(v.startswith("cannot") for r in clean for v in r.verdicts.values())
    print(f"| clean sets: classes that say \"cannot tell\" | {share(tells, sum(len(r.verdicts) for r in clean))} |")
    drops = [r.facts["never.accuracy"] - r.after["after.accuracy"] for r in yes if "never.accuracy" in r.facts and r.after]
    if drops:
        print(f"| clean accuracy after the cleaning, points below the never-poisoned network | {100 * sum(drops) / len(drops):.1f} on average, "
              f"{100 * max(drops):.1f} at most |")


def peers(runs, folder):
    if not (folder / "peers.csv").exists():
        return
    with open(folder / "peers.csv") as file:
        lines = list(csv.DictReader(file))
    of = {r.name: r for r in runs if r.learned}
    print("\n| peer | poison found | clean images lost | runs where ours finds at least as much and loses no more |\n| --- | --- | --- | --- |")
    mine = list(of.values())
    whole = f"of {sum(sum(r.poison) for r in mine):,}"
    print(f"| ours, told nothing | {sum(sum(r.found) for r in mine):,} {whole} | {sum(r.lost for r in mine)} | |")
    for peer in dict.fromkeys(line["peer"] for line in lines):
        own = [(of[line["run"]], int(line["found"]), int(line["lost"])) for line in lines if line["peer"] == peer and line["run"] in of]
        ahead = sum(sum(r.found) >= f and r.lost <= x for r, f, x in own)
        print(f"| {peer} | {sum(f for _, f, _ in own):,} of {sum(sum(r.poison) for r, _, _ in own):,} | {sum(x for _, _, x in own):,} "
              f"| {share(ahead, len(own))} |")


def misses(runs, clean):
    print("\nMisses:\n")
    for r in runs:
        notes = []
        if r.learned and not r.named():
            notes.append("not named")
        if r.learned and r.left() > LEFT:
            notes.append(f"{100 * r.left():.0f}% of the poison left")
        if r.learned and r.near_never() is False:
            notes.append("attack after " + ", ".join(f"{100 * r.after[f'after.success{k}']:.0f}% (never poisoned {100 * r.never[k]:.0f}%)" for k in r.learned))
        if r.lost > .01 * r.clean:
            notes.append(f"{r.lost} of {r.clean} clean images lost")
        if r.false_alarms():
            notes.append("another class called poisoned")
        if not r.learned and any(r.says(k, "nothing") for k in range(len(r.attacks))):
            notes.append("not learned, \"nothing found\"")
        if notes:
            print(f"- *{r.name}* ({' '.join(':'.join(a) for a in r.attacks)}; {sum(r.poison)} poisons in {r.clean}; success "
                  f"{', '.join(f'{100 * s:.0f}%' for s in r.success)}): {'; '.join(notes)}. {' / '.join(r.verdicts[r.target(k)] for k in range(len(r.attacks)))}")
    for r in clean:
        if r.false_alarms():
            print(f"- *{r.name}*: {r.verdicts}")


def main(grid, folder):
    folder = pathlib.Path(folder)
    with open(grid) as file:
        lines = list(csv.DictReader(file))
    done = [Run(line, folder / line["name"]) for line in lines if (folder / line["name"] / "removed.csv").exists()]
    print(f"{len(done)} of {len(lines)} runs\n")
    runs, clean = [r for r in done if r.attacks], [r for r in done if not r.attacks]
    families(runs)
    targets(runs, clean)
    peers(runs, folder)
    misses(runs, clean)


if __name__ == "__main__":
    main(*sys.argv[1:])
