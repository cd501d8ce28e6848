"""A network trained elsewhere on other classes, as ONNX: python3 pretrained.py CIFAR FILE.onnx CLASS CLASS ... [--images N] [--epochs N]

CIFAR is a folder with folders train/CLASS of image files. The network is a small ResNet with three groups of a unit each (16, 32, 64 filters; torchvision's
order: convolution, normalisation, rectifier), trained by one cycle of the learning rate with crops and mirrored images, as people do who
want a network that classifies well. Needs Debian's python3-torch and python3-pil; with one thread some ten minutes for five classes of 3,000 images.
"""
import argparse
import time
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.nn import functional as F

MEAN, DEVIATION = (torch.tensor(v)[None, :, None, None] for v in ((.485, .456, .406), (.229, .224, .225)))
SIDE = 32


class Unit(nn.Module):
    def __init__(self, before, after, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(before, after, 3, stride, 1, bias=False), nn.BatchNorm2d(after)
        self.conv2, self.bn2 = nn.Conv2d(after, after, 3, 1, 1, bias=False), nn.BatchNorm2d(after)
        self.down = nn.Sequential(nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after)) if before != after else nn.Identity()

    def forward(self, x):
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))) + self.down(x))


class ResNet(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU())
        self.units = nn.Sequential(Unit(16, 16, 1), Unit(16, 32, 2), Unit(32, 64, 2))
        self.pool, self.dense = nn.AdaptiveAvgPool2d(1), nn.Linear(64, classes)

    def forward(self, x):
        return self.dense(torch.flatten(self.pool(self.units(self.stem(x))), 1))


def read(folder, classes, most):
    files = [(p, c) for c, name in enumerate(classes) for p in sorted((folder / name).iterdir())[:most]]
    pixels = np.stack([np.asarray(Image.open(p).convert("RGB")) for p, _ in files])
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).contiguous(), torch.tensor([c for _, c in files])


def prepared(pixels):
    return (pixels.float() / 255 - MEAN) / DEVIATION


def augmented(x):
    """Moved by up to two pixels and mirrored half of the time, each image by itself."""
    n = len(x)
    padded = F.pad(x, (2, 2, 2, 2))
    rows = torch.randint(0, 5, (n,))[:, None] + torch.arange(SIDE)
    columns = torch.randint(0, 5, (n,))[:, None] + torch.arange(SIDE)
    columns = torch.where(torch.rand(n)[:, None] < .5, columns.flip(1), columns)
    return padded[torch.arange(n)[:, None, None], :, rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)


def accuracy(model, x, y):
    model.eval()
    with torch.no_grad():
        return float(np.mean([(model(prepared(x[i:i + 250])).argmax(1) == y[i:i + 250]).float().mean() for i in range(0, len(x), 250)]))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("cifar", type=Path)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("classes", nargs="+")
    arguments.add_argument("--images", type=int, default=3000)
    arguments.add_argument("--epochs", type=int, default=10)
    given = arguments.parse_args()
    torch.manual_seed(1)
    x, y = read(given.cifar / "train", given.classes, given.images)
    model = ResNet(len(given.classes))
    steps = given.epochs * (len(x) // 128)
    optimiser = torch.optim.SGD(model.parameters(), .1, .9, weight_decay=5e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, .1, steps)
    for epoch in range(given.epochs):
        start = time.time()
        model.train()
        order = torch.randperm(len(x))
        total = 0.
        for i in range(len(x) // 128):
            rows = order[i * 128:(i + 1) * 128]
            loss = F.cross_entropy(model(augmented(prepared(x[rows]))), y[rows])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"epoch {epoch + 1}: loss {total / (len(x) // 128):.3f}, {time.time() - start:.0f} s", flush=True)
    print(f"test accuracy {accuracy(model, *read(given.cifar / 'test', given.classes, 10 ** 6)):.3f}")
    model.eval()
    torch.onnx.export(model, torch.zeros(1, 3, SIDE, SIDE), str(given.file), input_names=["images"], output_names=["logits"], opset_version=13,
        dynamic_axes={"images": {0: "n"}, "logits": {0: "n"}})


if __name__ == "__main__":
    main()
