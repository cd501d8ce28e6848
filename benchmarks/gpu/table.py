"""The table of check.sh: python3 table.py FLOAT32.csv TF32.csv TORCH.csv; also runs where there is no PyTorch, then without its columns."""
import csv
import sys
from pathlib import Path


def rows(file):
    return list(csv.reader(Path(file).read_text(errors="replace").splitlines())) if Path(file).is_file() else []


def ours(file):
    return {(r[0], r[1]): r[2] for r in rows(file) if len(r) == 3}


def main():
    plain, tf32 = ours(sys.argv[1]), ours(sys.argv[2])
    torch = {(r[0], r[1], r[2]): r[3] for r in rows(sys.argv[3]) if len(r) == 4}

    def ratio(mine, *key):
        theirs = torch.get(key, "")
        return f"{float(mine) / float(theirs):.2f} ({float(theirs):,.0f})" if mine and theirs else "-"

    print("training, images a second    float32  x eager     (PyTorch)     TF32  x eager     (PyTorch)  x compile   (PyTorch)")
    for (name, batch), value in plain.items():
        if name.startswith("resnet"):
            fast = tf32.get((name, batch), "")
            show = [f"{float(v):,.0f}" if v else "-" for v in (value, fast)]
            print(f"{name + ', batch ' + batch:<26} {show[0]:>9}  {ratio(value, name, batch, 'float32'):<21} {show[1]:>9}  {ratio(fast, name, batch, 'tf32'):<21}"
                  f"  {ratio(fast, name, batch, 'compile')}")
    for name, text, target in (("extraction", "extraction of {:,} images, s", "5 for 50,000"), ("scores", "scores of {:,} x 4,096, s", "0.3 for 50,000")):
        for (found, images), value in plain.items():
            if found == name:
                print(f"{text.format(int(images)):<34} {value or 'not measured'} (target {target})")


if __name__ == "__main__":
    main()
