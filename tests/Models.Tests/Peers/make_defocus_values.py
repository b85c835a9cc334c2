"""Writes defocus_values.json: what MobileNetV2, ResNet-50 and VGG-16 give, defined here a second time with PyTorch as their papers have them.

Weights and image are formulas that the tests have too. Run with Debian 12's python3-torch 1.13: /usr/bin/python3 make_defocus_values.py
"""

import json
import math
from collections import OrderedDict
from pathlib import Path

import torch
from torch import nn

CLASSES = 41


def numbered(*layers):
    return nn.Sequential(OrderedDict((str(i), layer) for i, layer in enumerate(layers)))


def conv(cin, cout, size, stride=1, groups=1):
    return [nn.Conv2d(cin, cout, size, stride, size // 2, groups=groups, bias=False), nn.BatchNorm2d(cout)]


class Inverted(nn.Module):
    def __init__(self, cin, cout, stride, expand):
        super().__init__()
        wide = cin * expand
        first = [] if expand == 1 else conv(cin, wide, 1) + [nn.ReLU6()]
        self.layers = numbered(*first, *conv(wide, wide, 3, stride, wide), nn.ReLU6(), *conv(wide, cout, 1))
        self.same = stride == 1 and cin == cout

    def forward(self, x):
        return x + self.layers(x) if self.same else self.layers(x)


class MobileNetV2(nn.Module):
    def __init__(self):
        super().__init__()
        layers, cin = conv(1, 32, 3, 2) + [nn.ReLU6()], 32
        for t, c, n, s in [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]:
            for i in range(n):
                layers.append(Inverted(cin, c, s if i == 0 else 1, t))
                cin = c
        self.features = numbered(*layers, *conv(320, 1280, 1), nn.ReLU6())
        self.classifier = nn.Linear(1280, CLASSES)

    def forward(self, x):
        return self.classifier(nn.functional.adaptive_avg_pool2d(self.features(x), 1).flatten(1))


class Bottleneck(nn.Module):
    def __init__(self, cin, planes, stride):
        super().__init__()
        self.layers = numbered(*conv(cin, planes, 1), nn.ReLU(), *conv(planes, planes, 3, stride), nn.ReLU(), *conv(planes, 4 * planes, 1))
        self.shortcut = None if cin == 4 * planes and stride == 1 else numbered(*conv(cin, 4 * planes, 1, stride))

    def forward(self, x):
        return torch.relu(self.layers(x) + (x if self.shortcut is None else self.shortcut(x)))


class ResNet50(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = numbered(*conv(1, 64, 7, 2), nn.ReLU(), nn.MaxPool2d(3, 2, 1))
        blocks, cin = [], 64
        for planes, count, stride in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
            for i in range(count):
                blocks.append(Bottleneck(cin, planes, stride if i == 0 else 1))
                cin = 4 * planes
        self.stages = numbered(*blocks)
        self.classifier = nn.Linear(2048, CLASSES)

    def forward(self, x):
        return self.classifier(nn.functional.adaptive_avg_pool2d(self.stages(self.stem(x)), 1).flatten(1))


class Vgg16(nn.Module):
    def __init__(self):
        super().__init__()
        layers, cin = [], 1
        for c in (64, 64, "M", 128, 128, "M", 256, 256, 256, "M", 512, 512, 512, "M", 512, 512, 512, "M"):
            if c == "M":
                layers.append(nn.MaxPool2d(2, 2))
            else:
                layers += conv(cin, c, 3) + [nn.ReLU()]
                cin = c
        self.features = numbered(*layers)
        self.classifier = nn.Linear(512, CLASSES)

    def forward(self, x):
        return self.classifier(nn.functional.adaptive_avg_pool2d(self.features(x), 1).flatten(1))


def fill(network):
    """sin(1.3 i + 0.7 k) for element i of tensor k by name, scaled and shifted: as the tests have it."""
    with torch.no_grad():
        for k, (name, tensor) in enumerate(sorted(entry for entry in network.state_dict().items() if not entry[0].endswith("num_batches_tracked"))):
            count = tensor.numel()
            fan = count // tensor.shape[0]
            amount = 1.6 / math.sqrt(fan) if tensor.dim() > 1 else 0.1
            start = 1.0 if name.endswith("running_var") or (tensor.dim() == 1 and name.endswith("weight")) else 0.0
            i = torch.arange(count, dtype=torch.float64)
            tensor.copy_((start + amount * torch.sin(1.3 * i + 0.7 * k)).reshape(tensor.shape))


def main():
    out = {}
    y, x = torch.meshgrid(torch.arange(96, dtype=torch.float64), torch.arange(128, dtype=torch.float64), indexing="ij")
    image = (torch.sin(y / 3) + torch.cos(x / 4 + y / 9) + 0.5 * torch.sin(x / 2.3))[None, None]
    for name, network in (("mobilenet-v2", MobileNetV2()), ("resnet50", ResNet50()), ("vgg", Vgg16())):
        network = network.double().eval()
        fill(network)
        with torch.no_grad():
            values = network(image)[0]
        out[name] = {"parameters": sum(p.numel() for p in network.parameters()), "output": [float(f"{v:.9g}") for v in values]}
        print(name, out[name]["parameters"], values[:4])
    Path(__file__).with_name("defocus_values.json").write_text(json.dumps(out, indent=1) + "\n", encoding="utf-8")


main()
