"""A ResNet-18 for 224 x 224 pixels through the nodes, beside PyTorch: python3 onnx_resnet18.py FOLDER [IMAGES]

Makes the network (random weights, as torchvision builds it) with PyTorch, exports it as ONNX, makes images in two classes, and runs the workflow
'Network Reader' on them: extractor, predictor and the paper's scores. Prints how far the scores are from those that NumPy makes of PyTorch's
activations, and the time of the extractor beside PyTorch's for the same images (both with decoding of PNG). Needs PyTorch, NumPy and Pillow.
"""
import csv
import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn

ROOT = Path(__file__).resolve().parents[2]
MEAN, DEVIATION = (torch.tensor(v)[:, None, None] for v in ((.485, .456, .406), (.229, .224, .225)))
BATCH = 5


def block(before, after, stride):
    class Block(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv1, self.bn1 = nn.Conv2d(before, after, 3, stride, 1, bias=False), nn.BatchNorm2d(after)
            self.conv2, self.bn2 = nn.Conv2d(after, after, 3, 1, 1, bias=False), nn.BatchNorm2d(after)
            self.down = nn.Sequential(nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after)) if before != after else nn.Identity()

        def forward(self, x):
            return torch.relu(self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x))))) + self.down(x))

    return Block()


class ResNet18(nn.Module):
    def __init__(self, classes=2):
        super().__init__()
        self.conv1, self.bn1, self.maxpool = nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.MaxPool2d(3, 2, 1)
        widths = [64, 64, 128, 256, 512]
        self.layers = nn.Sequential(*[nn.Sequential(block(a, b, 1 if a == b else 2), block(b, b, 1)) for a, b in zip(widths, widths[1:])])
        self.avgpool, self.fc = nn.AdaptiveAvgPool2d(1), nn.Linear(512, classes)

    def representation(self, x):
        x = self.maxpool(torch.relu(self.bn1(self.conv1(x))))
        return torch.flatten(self.avgpool(self.layers(x)), 1)

    def forward(self, x):
        return self.fc(self.representation(x))


def make_images(folder, count):
    random = np.random.default_rng(1)
    for i in range(count):
        coarse = Image.fromarray(random.integers(0, 256, (7, 7, 3), dtype=np.uint8)).resize((224, 224), Image.BILINEAR)
        noisy = np.clip(np.asarray(coarse, int) + random.integers(-20, 20, (224, 224, 3)), 0, 255).astype(np.uint8)
        target = folder / ('a', 'b')[i % 2] / f'{i:04d}.png'
        target.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(noisy).save(target)


def activations(model, files):
    rows = []
    with torch.no_grad():
        for first in range(0, len(files), BATCH):
            images = [torch.tensor(np.asarray(Image.open(f).convert('RGB'))).permute(2, 0, 1) / 255 for f in files[first:first + BATCH]]
            rows.append(model.representation((torch.stack(images) - MEAN) / DEVIATION).numpy())
    return np.concatenate(rows)


def paper(rows):
    centred = rows.astype(float) - rows.astype(float).mean(0)
    return (centred @ np.linalg.svd(centred, full_matrices=False)[2][0]) ** 2


def main():
    folder, count = Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 200
    torch.manual_seed(1)
    torch.set_num_threads(2)
    model = ResNet18().eval()
    make_images(folder / 'images', count)
    network = folder / 'resnet18.onnx'
    torch.onnx.export(model, torch.zeros(1, 3, 224, 224), str(network), input_names=['images'], output_names=['logits'],
        dynamic_axes={'images': {0: 'n'}, 'logits': {0: 'n'}}, opset_version=17)
    files = {f'{f.parent.name}/{f.name}': f for f in sorted((folder / 'images').glob('*/*.png'))}
    run = subprocess.run([str(ROOT / 'run'), str(ROOT / 'test-workflows/nodes/Network Reader'), f'-option=1,path,{folder / "images"},String',
        f'-option=2,file,{network},String', '-option=4,variant,PAPER,String', '-out', str(folder / 'out')], capture_output=True, text=True)
    print(run.stdout)
    ours = float(re.search(r'done +Layer Activation Extractor \(#3\) +([\d.]+) s', run.stdout).group(1))
    activations(model, list(files.values())[:2 * BATCH])
    start = time.perf_counter()
    matrix = activations(model, list(files.values()))
    theirs = time.perf_counter() - start
    np.save(folder / 'pytorch.npy', matrix)
    expected = {}
    for name in ('a', 'b'):
        rows = [i for i, key in enumerate(files) if key.startswith(name + '/')]
        expected.update(zip([list(files)[i] for i in rows], paper(matrix[rows])))
    with open(folder / 'out/Spectral Signature Scorer (#4)/Scores.csv', newline='') as scores:
        found = {row['Row ID']: float(row['Score']) for row in csv.DictReader(scores)}
    assert found.keys() == expected.keys()
    largest = max(expected.values())
    print(f'scores: at most {max(abs(found[k] - expected[k]) for k in expected) / largest:.1e} of the largest apart')
    print(f'{count} images: node {ours:.1f} s, PyTorch {theirs:.1f} s, ratio {theirs / ours:.2f}')


if __name__ == '__main__':
    main()
