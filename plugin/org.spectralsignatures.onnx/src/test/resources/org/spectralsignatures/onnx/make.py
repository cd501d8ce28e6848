"""Makes the networks of OnnxNetworkTest with PyTorch (Debian's python3-torch 1.13): python3 make.py

Each NAME.onnx has a NAME.txt beside it: lines of a tensor's name, a tab, and the values that PyTorch gives for it, of two images, after the
mean over all positions where it has some. Pixel k of image i (channel by channel, row by row) is (73 k + 151 i + 29 (k // 7)) mod 256.
"""
import warnings
from pathlib import Path

import numpy as np
import torch
from torch import nn

warnings.filterwarnings("ignore")
HERE = Path(__file__).parent
IMAGENET = np.array([.485, .456, .406]), np.array([.229, .224, .225])


def pixels(channels, height, width):
    k = np.arange(channels * height * width)
    return np.stack([((73 * k + 151 * i + 29 * (k // 7)) % 256).reshape(channels, height, width) for i in range(2)])


def imagenet(x):
    mean, deviation = (v[:, None, None] for v in IMAGENET)
    return (x / 255 - mean) / deviation


def randomised(model):
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            n = module.num_features
            module.running_mean.copy_(torch.randn(n) * .3)
            module.running_var.copy_(torch.rand(n) + .5)
            module.weight.data.copy_(torch.rand(n) + .5)
            module.bias.data.copy_(torch.randn(n) * .3)
    return model.eval()


class Block(nn.Module):
    def __init__(self, before, after, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(before, after, 3, stride, 1, bias=False), nn.BatchNorm2d(after)
        self.conv2, self.bn2 = nn.Conv2d(after, after, 3, 1, 1, bias=False), nn.BatchNorm2d(after)
        self.relu = nn.ReLU()
        self.down = nn.Sequential(nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after)) if stride > 1 else nn.Identity()

    def forward(self, x):
        return self.relu(self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x))))) + self.down(x))


class Second(Block):
    """One that becomes a function of its own."""


class ResNet(nn.Module):
    """A ResNet as torchvision builds them, with its names, smaller."""

    def __init__(self, classes=5):
        super().__init__()
        self.conv1, self.bn1, self.relu = nn.Conv2d(3, 8, 7, 2, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU()
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        self.layer1, self.layer2 = Block(8, 8, 1), Block(8, 16, 2)
        self.avgpool, self.fc = nn.AdaptiveAvgPool2d(1), nn.Linear(16, classes)

    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        return self.fc(torch.flatten(self.avgpool(self.layer2(self.layer1(x))), 1))


class Gray(nn.Module):
    """A LeNet for gray images with a softmax, whose number of images is fixed to one."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(1, 4, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(4 * 6 * 6, 12), nn.Tanh(), nn.Dropout())
        self.head = nn.Linear(12, 3)

    def forward(self, x):
        return torch.softmax(self.head(self.body(x)), 1)


class Pixels(nn.Module):
    """Images [n, h, w, c] as tf2onnx and Keras have them: transposed, convolved, transposed back, averaged."""

    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(3, 6, 3, padding=1), nn.Conv2d(6, 10, 3, 2)
        self.weight, self.bias = nn.Parameter(torch.randn(10, 4)), nn.Parameter(torch.randn(4))

    def forward(self, x):
        x = torch.relu(self.conv2(torch.relu(self.conv1(x.permute(0, 3, 1, 2)))))
        x = x.permute(0, 2, 3, 1)
        return torch.softmax(x.mean((1, 2)) @ self.weight + self.bias, 1)


class Half(nn.Module):
    """Weights in half precision, computed with in single precision; logarithms of probabilities come out."""

    def __init__(self):
        super().__init__()
        self.kernel = nn.Parameter((torch.randn(6, 3, 3, 3) * .3).half())
        self.weight = nn.Parameter(torch.randn(3, 6).half())

    def forward(self, x):
        x = torch.relu(nn.functional.conv2d(x, self.kernel.float(), stride=2))
        return torch.log_softmax(nn.functional.linear(x.mean((2, 3)), self.weight.float()), 1)


class Patches(nn.Module):
    """As vision transformers begin: patches of the image become a sequence [n, positions, channels]."""

    def __init__(self):
        super().__init__()
        self.embed, self.mix, self.norm = nn.Conv2d(3, 6, 8, 8), nn.Linear(6, 7), nn.LayerNorm(7)
        self.head = nn.Linear(7, 3)

    def forward(self, x):
        return self.head(self.norm(torch.relu(self.mix(self.embed(x).flatten(2).transpose(1, 2)))).mean(1))


def save(name, model, images, opset, axes, tensors, **more):
    """tensors: of which module's result a tensor of the file is"""
    found = {}
    modules = dict(model.named_modules())
    for tensor, module in tensors.items():
        modules[module].register_forward_hook(lambda _, __, y, tensor=tensor: found.__setitem__(tensor, y))
    x = torch.tensor(images, dtype=torch.float32)
    with torch.no_grad():
        output = torch.softmax(model(x), 1) if name not in ("gray", "pixels") else model(x)
    found["output"] = output
    lines = []
    for tensor, y in found.items():
        y = y.flatten(2).mean(2) if y.dim() == 4 else y.mean(1) if y.dim() == 3 else y
        lines.append(tensor + "\t" + " ".join(f"{v:.8g}" for v in y.numpy().ravel()))
    (HERE / (name + ".txt")).write_text("\n".join(lines) + "\n")
    torch.onnx.export(model, x if axes else x[:1], str(HERE / (name + ".onnx")), opset_version=opset, input_names=["input"], output_names=["output"],
        dynamic_axes={"input": axes, "output": {0: "n"}} if axes else None, do_constant_folding=name != "half",
        training=torch.onnx.TrainingMode.PRESERVE if name == "resnet" else torch.onnx.TrainingMode.EVAL, **more)


torch.manual_seed(1)
save("resnet", randomised(ResNet()), imagenet(pixels(3, 24, 24)), 13, {0: "n"},
    {"/conv1/Conv_output_0": "conv1", "/bn1/BatchNormalization_output_0": "bn1", "/maxpool/MaxPool_output_0": "maxpool", "/layer1/relu_1/Relu_output_0": "layer1",
     "/layer2/down/down.1/BatchNormalization_output_0": "layer2.down", "/layer2/relu_1/Relu_output_0": "layer2"})
save("sizes", randomised(ResNet(3)), imagenet(pixels(3, 20, 28)), 17, {0: "n", 2: "h", 3: "w"}, {"/layer1/relu_1/Relu_output_0": "layer1"})
save("gray", randomised(Gray()), pixels(1, 16, 16) / 255, 11, None, {"/body/body.0/Conv_output_0": "body.0", "/body/body.5/Tanh_output_0": "body.5"})
save("pixels", randomised(Pixels()), pixels(3, 12, 16).transpose(0, 2, 3, 1) / 127.5 - 1, 15, {0: "n"}, {"/conv1/Conv_output_0": "conv1", "/conv2/Conv_output_0": "conv2"})
save("half", randomised(Half()), imagenet(pixels(3, 10, 10)), 12, {0: "n"}, {})
functions = randomised(ResNet(4))
functions.layer2.__class__ = Second  # of one class they get names by chance
save("functions", functions, imagenet(pixels(3, 24, 24)), 16, {0: "n"}, {"/layer1/relu/Block_output_0": "layer1", "/layer2/relu/Second_output_0": "layer2"},
    export_modules_as_functions={Block, Second})
save("inputs", randomised(ResNet(3)), imagenet(pixels(3, 16, 16)), 11, {0: "n"}, {"/layer1/relu_1/Relu_output_0": "layer1"}, keep_initializers_as_inputs=True)
# as files before IR version 4 are, whose values have to be inputs, too
old = (HERE / "inputs.onnx").read_bytes()
(HERE / "inputs.onnx").write_bytes(old[:1] + b"\3" + old[2:])
save("patches", Patches().eval(), imagenet(pixels(3, 24, 32)), 14, {0: "n"}, {"/embed/Conv_output_0": "embed", "/mix/Add_output_0": "mix"})
