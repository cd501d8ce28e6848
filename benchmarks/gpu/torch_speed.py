"""Steps of training in PyTorch on the card, beside what Check's speed measures: python3 torch_speed.py; a line name,batch,mode,images a second each.

The networks are those of peers/ (the paper's pre-activation ResNet, and ResNet-18 of 64 filters), channels_last, on one batch of noise again and again, with heavy-ball
momentum and weight decay, as there. The modes: eager in float32 and TF32, and torch.compile with CUDA graphs (reduce-overhead) in TF32.
"""
import sys
import time
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "peers"), str(HERE.parent / "peers")]
from pytorch_resnet import ResNet  # noqa: E402
from pytorch_sizes import resnet18  # noqa: E402

CASES = [("resnet1", lambda: ResNet(1), 32), ("resnet3", lambda: ResNet(3), 32), ("resnet5", lambda: ResNet(5), 32), ("resnet18", lambda: large(), 224)]
BUDGET = .8  # seconds of each


def large():
    layers, end, channels = resnet18(64, 224)
    return nn.Sequential(*layers, *end, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 10))


def measure(make, side, batch, compiled):
    torch.manual_seed(1)
    network = make().cuda().to(memory_format=torch.channels_last).train()
    optimiser = torch.optim.SGD(network.parameters(), lr=.01, momentum=.9, weight_decay=2e-4)
    images = torch.randn(batch, 3, side, side, device="cuda").to(memory_format=torch.channels_last)
    labels = torch.arange(batch, device="cuda") % 10
    run = torch.compile(network, mode="reduce-overhead") if compiled else network

    def step():
        optimiser.zero_grad(set_to_none=True)
        F.cross_entropy(run(images), labels).backward()
        optimiser.step()

    for _ in range(10):
        step()
    torch.cuda.synchronize()
    start, steps = time.perf_counter(), 0
    while time.perf_counter() - start < BUDGET:
        for _ in range(5):
            step()
        torch.cuda.synchronize()
        steps += 5
    return steps * batch / (time.perf_counter() - start)


def main():
    if not torch.cuda.is_available():
        sys.exit("PyTorch sees no CUDA device.")
    torch.backends.cudnn.benchmark = True
    print(f"torch,{torch.__version__},{torch.cuda.get_device_name()},", flush=True)
    eager = [(name, make, side, batch, mode) for name, make, side in CASES for batch in (128, 512) for mode in ("float32", "tf32")]
    # compiling takes longer than all the rest, and may not be over when the time is
    for name, make, side, batch, mode in eager + [(name, make, side, 128, "compile") for name, make, side in CASES if name in ("resnet5", "resnet18")]:
        torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = mode != "float32"
        try:
            print(f"{name},{batch},{mode},{measure(make, side, batch, mode == 'compile'):.0f}", flush=True)
        except Exception as e:  # the others still say something
            print(f"{name},{batch},{mode},", flush=True)
            print(f"NOTE   PyTorch, {name} {batch} {mode}: {(str(e).splitlines() or [type(e).__name__])[0][:150]}", file=sys.stderr, flush=True)
        torch.cuda.empty_cache()


if __name__ == "__main__":
    main()
