"""The paper's network in PyTorch, the yardstick for training and extraction."""

import time

import torch
from torch import nn
from torch.nn import functional as F

FILTERS = 16
CLASSES = 10


class Unit(nn.Module):
    """A pre-activation residual unit; the shortcut averages and pads where the shape changes."""

    def __init__(self, channels, filters, stride, activates_first):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(channels, eps=1e-3, momentum=.1)
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(filters, eps=1e-3, momentum=.1)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.stride = stride
        self.extra = filters - channels
        self.activates_first = activates_first

    def forward(self, x):
        activated = F.leaky_relu(self.norm1(x), .1)
        shortcut = activated if self.activates_first else x
        if self.stride == 2:
            shortcut = F.avg_pool2d(shortcut, 2)
        if self.extra:
            shortcut = F.pad(shortcut, (0, 0, 0, 0, self.extra // 2, self.extra // 2))
        branch = self.conv2(F.leaky_relu(self.norm2(self.conv1(activated)), .1))
        return branch + shortcut


class ResNet(nn.Module):
    """Three groups of units with filters 16, 32, 64."""

    def __init__(self, units):
        super().__init__()
        self.stem = nn.Conv2d(3, FILTERS, 3, 1, 1, bias=False)
        layers = []
        channels = FILTERS
        for group in range(3):
            for unit in range(units):
                filters = FILTERS << group
                layers.append(Unit(channels, filters, 2 if group and not unit else 1, not group and not unit))
                channels = filters
        self.units = nn.Sequential(*layers)
        self.norm = nn.BatchNorm2d(channels, eps=1e-3, momentum=.1)
        self.dense = nn.Linear(channels, CLASSES)

    def representation(self, x):
        """The output of the last unit."""
        return self.units(self.stem(x))

    def forward(self, x):
        return self.dense(F.leaky_relu(self.norm(self.representation(x)), .1).mean((2, 3)))


class Peer:
    """Steps on random images, timed one by one."""

    def __init__(self, units, channels_last, threads):
        torch.set_num_threads(threads)
        torch.manual_seed(1)
        self.format = torch.channels_last if channels_last else torch.contiguous_format
        self.network = ResNet(units).to(memory_format=self.format)
        self.optimiser = torch.optim.SGD(self.network.parameters(), lr=.1, momentum=.9, weight_decay=2e-4)

    def images(self, count):
        return torch.randn(count, 3, 32, 32).contiguous(memory_format=self.format)

    def train(self, batch, steps):
        """Seconds for each step."""
        self.network.train()
        images = self.images(batch)
        labels = torch.arange(batch) % CLASSES
        seconds = []
        for _ in range(steps):
            start = time.perf_counter()
            self.optimiser.zero_grad()
            F.cross_entropy(self.network(images), labels).backward()
            self.optimiser.step()
            seconds.append(time.perf_counter() - start)
        return seconds

    def extract(self, batch, steps):
        """Seconds for each batch of flattened representations."""
        self.network.eval()
        images = self.images(batch)
        seconds = []
        with torch.no_grad():
            for _ in range(steps):
                start = time.perf_counter()
                self.network.representation(images).contiguous().flatten(1).numpy().copy()
                seconds.append(time.perf_counter() - start)
        return seconds
