"""Makes the networks of KerasNetworkTest with Keras 3.15 (backend: tensorflow-cpu 2.21, or any): python make.py

Each file has a NAME.txt beside it, as in ../make.py: of two images what Keras gives for each layer whose result is one tensor, after the mean over all
positions where it has some. Files whose names end in 2 are as Keras 2 writes them: the network of Keras 3, described as Keras 2 does it.
"""
import json
import os
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import keras
import numpy as np
from keras import layers as L

HERE = Path(__file__).parent


def pixels(height, width, channels=3):
    k = np.arange(channels * height * width)
    return np.stack([((73 * k + 151 * i + 29 * (k // 7)) % 256).reshape(channels, height, width) for i in range(2)]).transpose(0, 2, 3, 1)


def randomised(model, seed):
    random = np.random.default_rng(seed)

    def value(variable):
        name, shape = variable.path.split("/")[-1], variable.shape
        if "variance" in name or name == "gamma":
            return random.uniform(.5, 1.5, shape)
        if name in ("kernel", "depthwise_kernel", "pointwise_kernel"):
            fan = max(1, np.prod(shape[:-2]) * (1 if shape[-1] <= 2 and "depthwise" in variable.path else shape[-2]))
            return random.normal(size=shape) * np.sqrt(1.5 / fan)
        return random.normal(size=shape) * .3
    model.set_weights([value(v).astype(np.float32) if v.dtype == "float32" else np.ones(v.shape) for v in model.weights])
    for layer in model.layers:
        if isinstance(layer, L.Normalization):
            layer.finalize_state()
    return model


def named_layers(model, prefix=""):
    """Names that layers have here, with their results."""
    for layer in model.layers:
        if isinstance(layer, (L.InputLayer, L.Dropout, L.RandomFlip)):
            continue
        if not isinstance(layer, keras.Model):
            yield prefix + layer.name, layer


def values(name, model, images):
    kept = {}
    for key, layer in named_layers(model):
        kept[key] = layer.output
    outputs = keras.Model(model.inputs, kept).predict(images, verbose=0)
    lines = []
    for key in list(kept) + ["output"]:
        y = np.asarray(outputs[key] if key != "output" else model.predict(images, verbose=0))
        y = y.mean((1, 2)) if y.ndim == 4 else y
        lines.append(key + "\t" + " ".join(f"{v:.8g}" for v in y.ravel()))
    (HERE / (name + ".txt")).write_text("\n".join(lines) + "\n")


def mobile(rectifier="hard_silu", gate="hard_sigmoid"):
    """As MobileNet V3: padding before strides, depthwise convolutions, squeeze and excitation."""
    x = i = keras.Input((30, 26, 3), name="photos")
    x = L.Rescaling(1 / 127.5, offset=-1)(x)
    x = L.Conv2D(8, 3, strides=2, padding="same", use_bias=False, name="stem")(x)
    x = y = L.Activation(rectifier)(L.BatchNormalization(epsilon=1e-3)(x))
    x = L.ZeroPadding2D(((0, 1), (1, 1)))(x)
    x = L.DepthwiseConv2D(3, strides=2, use_bias=False)(x)
    x = L.ReLU(6.)(L.BatchNormalization(scale=False)(x))
    s = L.GlobalAveragePooling2D(keepdims=True)(x)
    s = L.Conv2D(4, 1, activation="relu")(s)
    s = L.Conv2D(8, 1, activation=gate)(s)
    x = L.Multiply()([x, s])
    x = L.DepthwiseConv2D(5, strides=2, padding="same", activation="relu6")(x)
    x = L.Conv2D(6, 1, use_bias=False)(x)
    x = z = L.BatchNormalization(center=False)(x)
    x = L.Conv2D(6, 3, padding="same", activation="swish")(x)
    x = L.Add()([x, z])
    x = L.Dropout(.2)(L.GlobalAveragePooling2D()(x))
    x = L.Reshape((1, 1, 6))(x)
    x = L.Conv2D(5, 1)(x)
    x = L.Flatten()(x)
    return keras.Model(i, L.Activation("softmax", name="predictions")(x))


def mobile2():
    """The same without what Keras 2 computes in another way."""
    return mobile("swish", "sigmoid")


def resnet():
    """As ResNet V1 and V2, with padding of odd and even sizes."""
    x = i = keras.Input((25, 28, 3))
    x = L.ZeroPadding2D(3, name="pad")(x)
    x = L.Conv2D(8, 7, strides=2, name="conv1")(x)
    x = L.ReLU()(L.BatchNormalization(epsilon=1.001e-5)(x))
    x = L.MaxPooling2D(3, strides=2, padding="same")(x)
    for filters, stride in ((8, 1), (12, 2)):
        s = L.Conv2D(filters, 1, strides=stride)(x)
        s = L.BatchNormalization()(s)
        y = L.ReLU()(L.BatchNormalization()(L.Conv2D(filters, 3, strides=stride, padding="same")(x)))
        y = L.BatchNormalization()(L.Conv2D(filters, 3, padding="same")(y))
        x = L.ReLU()(L.Add()([s, y]))
    x = L.AveragePooling2D(2, padding="same")(x)
    x = L.Flatten()(x)
    x = L.Dense(7, activation="elu")(x)
    return keras.Model(i, L.Dense(4)(x))


def sequence():
    """What tutorials show, with augmentation."""
    return keras.Sequential([keras.Input((17, 15, 1)), L.RandomFlip("horizontal"), L.Rescaling(1 / 255), L.Conv2D(6, 3, activation="relu"), L.MaxPooling2D(),
        L.Conv2D(5, 3, padding="same", dilation_rate=2), L.LeakyReLU(negative_slope=.1), L.AveragePooling2D((2, 3), strides=(2, 1)), L.Flatten(), L.Dense(9, activation="tanh"),
        L.BatchNormalization(), L.Dropout(.5), L.Dense(3, activation="softmax")])


def others():
    """The rest of what is translated."""
    x = i = keras.Input((16, 12, 3))
    x = L.Normalization()(x)
    x = L.Normalization(mean=[.1, .2, .3], variance=[1., 2., 3.])(x)
    a = L.SeparableConv2D(6, 3, strides=2, padding="same", depth_multiplier=2, activation="gelu")(x)
    b = L.Conv2D(6, 2, strides=2, groups=3, activation="selu")(x)
    c = L.DepthwiseConv2D(3, strides=2, padding="same", depth_multiplier=2, activation="softplus")(x)
    x = L.Concatenate()([L.Average()([a, b]), L.Maximum()([a, c]), L.Minimum()([b, c]), L.Subtract()([a, b])])
    x = L.Cropping2D(((1, 0), (2, 1)))(x)
    x = L.UpSampling2D((2, 3))(x)
    x = L.ELU(.7)(x)
    x = L.Dense(5, activation="leaky_relu")(x)
    x = L.Softmax()(x)
    x = L.Reshape((-1, 9, 10))(x)
    x = L.Conv2D(4, 3, activation="softsign")(x)
    y = L.GlobalMaxPooling2D()(x)
    x = L.Reshape((-1,))(x)
    x = L.Dense(4, activation="exponential")(L.Activation("sigmoid")(x))
    return keras.Model(i, L.Dense(3)(L.Concatenate()([x, y])))


def nested():
    """Transfer learning: a network, frozen, in a sequence, which is called with training=False; a layer that is used twice."""
    x = i = keras.Input((12, 12, 3))
    shared = L.Conv2D(3, 3, padding="same", name="shared")
    x = shared(L.ReLU()(shared(x)))
    base = keras.Model(i, L.BatchNormalization()(L.Conv2D(4, 3)(x)), name="base")
    base.trainable = False
    head = keras.Sequential([L.Conv2D(5, 1), L.BatchNormalization(), L.GlobalAveragePooling2D()], name="head")
    j = keras.Input((12, 12, 3))
    return keras.Model(j, L.Dense(3, activation="softmax", name="last")(head(base(L.Rescaling(1 / 255)(j), training=False))))


def second(config):
    """A network's description as Keras 2 has it."""
    if config["class_name"] in ("Functional", "Sequential"):
        inner = {**config["config"], "layers": [second(layer) for layer in config["config"]["layers"]]}
        for end in ("input_layers", "output_layers"):
            if end in inner and isinstance(inner[end][0], str):
                inner[end] = [inner[end]]
    else:
        inner = {k: v["config"]["name"] if k == "dtype" and isinstance(v, dict) else v for k, v in config["config"].items()}
        if "batch_shape" in inner:
            inner["batch_input_shape"] = inner.pop("batch_shape")
        if config["class_name"] == "LeakyReLU":
            inner["alpha"] = inner.pop("negative_slope")
        if config["class_name"] == "BatchNormalization":
            inner["axis"] = [3] if len(config["build_config"]["input_shape"]) == 4 else [1]
    result = {"class_name": config["class_name"], "config": inner}
    if "inbound_nodes" in config:
        def call(node):
            tensors = node["args"][0] if isinstance(node["args"][0], list) else node["args"]
            return [[*t["config"]["keras_history"], node["kwargs"]] for t in tensors]
        result["name"], result["inbound_nodes"] = config["name"], [call(node) for node in config["inbound_nodes"]]
    return result


def save2(name, model):
    """As Keras 2.10 writes HDF5."""
    model.save(HERE / "third.h5")
    with h5py.File(HERE / "third.h5") as third, h5py.File(HERE / name, "w") as file:
        file.attrs["keras_version"], file.attrs["backend"] = "2.10.0", "tensorflow"
        file.attrs["model_config"] = json.dumps(second(json.loads(model.to_json()))).encode()

        def copy(path, found):
            if isinstance(found, h5py.Dataset):
                file[path.replace("/depthwise_conv2d/kernel", "/depthwise_conv2d/depthwise_kernel") + ":0"] = found[()]
            else:
                file.require_group(path)
        third.visititems(copy)
    (HERE / "third.h5").unlink()


NETWORKS = {"mobile": (mobile, ("mobile.keras",)), "mobile2": (mobile2, ("mobile2.h5",)), "resnet": (resnet, ("resnet.h5",)), "sequence": (sequence, ("sequence.keras", "sequence2.h5")),
    "others": (others, ("others.keras",)), "nested": (nested, ("nested.keras", "nested.h5", "nested2.h5"))}
for seed, (name, (make, files)) in enumerate(NETWORKS.items()):
    keras.backend.clear_session()
    network = randomised(make(), seed)
    shape = network.input_shape[1:]
    images = pixels(*shape).astype(np.float32)
    values(name, network, images / 255 if name in ("resnet", "others") else images)
    for file in files:
        if file.endswith("2.h5"):
            save2(file, network)
        else:
            network.save(HERE / file)
