"""One network in PyTorch on images of one size, as `Sizes` of the benchmarks measures ours; prints its arguments and what it measured."""

import statistics
import sys
import time

import torch
from pytorch_resnet import Unit
from torch import nn
from torch.nn import functional as F

CLASSES = 10
WARM_UP_SECONDS = 2
VGG16 = (2, 2, 3, 3, 3)
LONGEST_AS_IT_IS = 64


def stem(filters, side):
    """What both residual networks begin with."""
    if side <= LONGEST_AS_IT_IS:
        return nn.Conv2d(3, filters, 3, 1, 1, bias=False)
    return nn.Sequential(nn.Conv2d(3, filters, 7, 2, 3, bias=False), nn.MaxPool2d(3, 2, 1))


class ProjectedUnit(nn.Module):
    """A pre-activation residual unit whose shortcut is a convolution where the shape changes."""

    def __init__(self, channels, filters, stride):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(channels)
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.shortcut = nn.Conv2d(channels, filters, 1, stride, bias=False) if stride > 1 else None

    def forward(self, x):
        activated = F.relu(self.norm1(x))
        return self.conv2(F.relu(self.norm2(self.conv1(activated)))) + (self.shortcut(activated) if self.shortcut else x)


def paper(units, side):
    layers, channels = [stem(16, side)], 16
    for group in range(3):
        for unit in range(units):
            layers.append(Unit(channels, 16 << group, 2 if group and not unit else 1, not group and not unit))
            channels = 16 << group
    return layers, [nn.BatchNorm2d(channels, eps=1e-3), nn.LeakyReLU(.1)], channels


def resnet18(filters, side):
    layers, channels = [stem(filters, side)], filters
    for group in range(4):
        for unit in range(2):
            layers.append(ProjectedUnit(channels, filters << group, 2 if group and not unit else 1))
            channels = filters << group
    return layers, [nn.BatchNorm2d(channels), nn.ReLU()], channels


def vgg16(filters, side):
    layers, channels = [], 3
    for group, convolutions in enumerate(VGG16):
        for _ in range(convolutions):
            wider = filters * min(8, 1 << group)
            layers += [nn.Conv2d(channels, wider, 3, 1, 1, bias=False), nn.BatchNorm2d(wider, eps=1e-3), nn.ReLU()]
            channels = wider
        if group < len(VGG16) - 1:
            layers.append(nn.MaxPool2d(2))
    return layers, [], channels


def resident(field):
    with open("/proc/self/status", encoding="ascii") as lines:
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith(field))


def warm_up(step):
    end = time.perf_counter() + WARM_UP_SECONDS
    while time.perf_counter() < end:
        step()


def median(steps, step):
    seconds = []
    for _ in range(steps):
        start = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def main():
    name, number, side, batch, steps, threads = sys.argv[1], *map(int, sys.argv[2:])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    before = resident("VmRSS")
    layers, last, channels = {"resnet": paper, "resnet18": resnet18, "vgg16": vgg16}[name](number, side)
    representation = nn.Sequential(*layers).to(memory_format=torch.channels_last)
    network = nn.Sequential(representation, *last, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, CLASSES)).to(memory_format=torch.channels_last)
    optimiser = torch.optim.SGD(network.parameters(), lr=.01, momentum=.9, weight_decay=2e-4)
    images = torch.randn(batch, 3, side, side).contiguous(memory_format=torch.channels_last)
    labels = torch.arange(batch) % CLASSES

    def train():
        optimiser.zero_grad()
        F.cross_entropy(network(images), labels).backward()
        optimiser.step()

    def extract():
        with torch.no_grad():
            representation(images)
    warm_up(train)
    training = median(steps, train) / batch
    peak = resident("VmHWM") - before
    network.eval()
    warm_up(extract)
    print(*sys.argv[1:6], training, median(steps, extract) / batch, peak)


if __name__ == "__main__":
    main()
