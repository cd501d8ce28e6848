"""Makes the networks of OnnxNetworkTest that newer programs write: python make_newer.py

Needs torch 2.13 (CPU), onnx 1.23, onnxscript 0.7 and keras 3.15; images and NAME.txt are as in make.py.
"""
import os
import warnings
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"
warnings.filterwarnings("ignore")

import keras
import numpy as np
import onnx
import torch

HERE = Path(__file__).parent
parts = (HERE / "make.py").read_text().split("torch.manual_seed(1)\n")
assert len(parts) == 2
exec(parts[0])  # the networks and images of make.py, not its files


def values(name, found):
    lines = []
    for tensor, y in found.items():
        y = y.flatten(2).mean(2) if y.dim() == 4 else y
        lines.append(tensor + "\t" + " ".join(f"{v:.8g}" for v in y.detach().numpy().ravel()))
    (HERE / (name + ".txt")).write_text("\n".join(lines) + "\n")


def export(name, model, images, opset, tensors, **how):
    found = {}
    modules = dict(model.named_modules())
    hooks = [modules[module].register_forward_hook(lambda _, __, y, tensor=tensor: found.__setitem__(tensor, y)) for tensor, module in tensors.items()]
    x = torch.tensor(images, dtype=torch.float32)
    with torch.no_grad():
        found["output"] = torch.softmax(model(x), 1)
    values(name, dict(found))
    for hook in hooks:
        hook.remove()
    file = str(HERE / (name + ".onnx"))
    torch.onnx.export(model, (x,), file, opset_version=opset, input_names=["input"], output_names=["output"], verbose=False, **how)
    written = onnx.load(file, load_external_data=False)
    assert [o.version for o in written.opset_import if not o.domain] == [opset]


def from_keras(name):
    """Images [n, h, w, c], transposed for each convolution, and padding that Keras calls same."""
    keras.utils.set_random_seed(3)
    inputs = keras.Input((18, 14, 3), name="input")
    x = keras.layers.Conv2D(6, 3, strides=2, padding="same", activation="relu")(inputs)
    x = keras.layers.BatchNormalization()(x)
    x = keras.layers.DepthwiseConv2D(3, padding="same")(x)
    x = keras.layers.ReLU(6.0)(x)
    x = keras.layers.Conv2D(8, 1)(x)
    x = keras.layers.GlobalAveragePooling2D()(x)
    model = keras.Model(inputs, keras.layers.Dense(3, activation="softmax")(x))
    random = np.random.default_rng(3)
    model.set_weights([np.abs(w) + .5 if "variance" in v.path else w + .2 * random.normal(size=w.shape) for v, w in zip(model.variables, model.get_weights())])
    x = (pixels(3, 18, 14).transpose(0, 2, 3, 1) / 255).astype(np.float32)
    values(name, {"output": torch.tensor(np.asarray(model.predict(x, verbose=0)))})
    model.export(str(HERE / (name + ".onnx")), format="onnx", verbose=False, opset_version=18)


COUNT = ({0: torch.export.Dim("n")},)
NEWER = {"getitem": "bn1", "max_pool2d": "maxpool", "relu_2": "layer1", "relu_4": "layer2"}
torch.manual_seed(5)
with torch.no_grad():
    network = randomised(ResNet())
images = imagenet(pixels(3, 24, 24))
export("beside", network, images, 18, NEWER, dynamo=True, dynamic_shapes=COUNT, external_data=True)
export("dynamo", network, images, 20, NEWER, dynamo=True, dynamic_shapes=COUNT, external_data=False)
export("script", network, images, 19, {"/layer1/relu_1/Relu_output_0": "layer1", "/layer2/relu_1/Relu_output_0": "layer2"}, dynamo=False,
    dynamic_axes={"input": {0: "n"}})
from_keras("keras")
