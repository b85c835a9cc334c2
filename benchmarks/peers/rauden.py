"""RAUDen and RAUDen-lite in PyTorch: rauden.py infer|train ARCHITECTURE WEIGHTS.safetensors BATCH SIZE THREADS INPUT.raw.

The architecture is that of src/Models/Networks/Rauden; the weights are those of a safetensors file. The result is the output
(infer), or the loss before the last step (train): AdamW on the mean squared difference to half the input.
"""

import json
import struct
import sys

import numpy as np
import torch
from resident import serve
from torch import nn
from torch.nn import functional as f

SIZES = {"rauden": ([64, 96, 128], 2), "rauden-lite": ([32, 48, 64], 1)}
CELL = 4


def around(features: torch.Tensor, size: int) -> torch.Tensor:
    """Mean over a square around every pixel."""
    return f.avg_pool2d(features, size, stride=1, padding=size // 2, count_include_pad=False)


def enlarge(features: torch.Tensor, factor: int) -> torch.Tensor:
    """Bilinear enlargement."""
    return f.interpolate(features, scale_factor=(float(factor), float(factor)), mode="bilinear", align_corners=False)


class ChannelAttention(nn.Module):
    """Weighs features by their local means."""

    def __init__(self, features: int) -> None:
        super().__init__()
        length = int((np.log2(features) + 1) / 2)
        length += 1 - length % 2
        self.convolution = nn.Conv2d(1, 1, (length, 1), padding=(length // 2, 0), bias=False)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Weigh the features."""
        means = around(f.avg_pool2d(features, CELL), 3)
        count, channels, height, width = means.shape
        weights = self.convolution(means.reshape(count, 1, channels, height * width)).sigmoid()
        return features * enlarge(weights.reshape(count, channels, height, width), CELL)


class Block(nn.Module):
    """A residual block of separable convolutions."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.widen = nn.Conv2d(features, 2 * features, 1)
        self.depthwise = nn.Conv2d(2 * features, 2 * features, 3, padding=1, groups=2 * features)
        self.narrow = nn.Conv2d(2 * features, features, 1)
        self.attention = ChannelAttention(features)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Add what the block finds."""
        wide = f.relu(self.depthwise(f.relu(self.widen(features), inplace=True)), inplace=True)
        return self.attention(self.narrow(wide)) + features


class Gate(nn.Module):
    """Lets through what the decoder finds relevant."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.skipped = nn.Conv2d(features, features // 2, 1, bias=False)
        self.gating = nn.Conv2d(features, features // 2, 1)
        self.relevance = nn.Conv2d(features // 2, 1, 1)

    def forward(self, skipped: torch.Tensor, decoded: torch.Tensor) -> torch.Tensor:
        """Weigh the encoder's features."""
        both = f.relu(self.skipped(skipped).add_(self.gating(decoded)), inplace=True)
        return skipped * self.relevance(both).sigmoid()


class Pyramid(nn.Module):
    """Surroundings of several sizes."""

    windows = (3, 5, 9)

    def __init__(self, features: int) -> None:
        super().__init__()
        self.branches = nn.ModuleList([nn.Conv2d(features, features // 4, 1) for _ in self.windows])
        self.join = nn.Conv2d(features + 3 * (features // 4), features, 1)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """Join the features with their surroundings."""
        parts = [
            f.relu(branch(around(features, size)), inplace=True)
            for branch, size in zip(self.branches, self.windows)
        ]
        return f.relu(self.join(torch.cat([features, *parts], 1)), inplace=True)


class Cross(nn.Module):
    """Attention to 5 by 5 pixels."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.query = nn.Conv2d(features, 16, 1)
        self.key = nn.Conv2d(features, 16, 1)
        self.value = nn.Conv2d(features, features // 2, 1)
        self.output = nn.Conv2d(features // 2, features, 1)

    def forward(self, asking: torch.Tensor, answering: torch.Tensor) -> torch.Tensor:
        """Add the answer to what asked."""
        height, width = asking.shape[2:]

        def surroundings(features: torch.Tensor) -> torch.Tensor:
            return f.unfold(features, 5, padding=2).reshape(features.shape[0], features.shape[1], 25, height, width)

        keys, values = surroundings(self.key(answering)), surroundings(self.value(answering))
        within = surroundings(torch.ones(1, 1, height, width))
        scores = (self.query(asking).unsqueeze(2) * keys).sum(1, keepdim=True) * 0.25 + (within - 1) * 1e4
        return self.output((values * scores.softmax(2)).sum(2)) + asking


class Rauden(nn.Module):
    """The network, for sizes that are multiples of 32."""

    def __init__(self, widths: list, depth: int) -> None:
        super().__init__()
        self.stem = nn.Conv2d(4, widths[0], 3, padding=1)
        blocks = [nn.Sequential(*(Block(width) for _ in range(depth))) for width in widths + widths[:-1]]
        self.encoders = nn.ModuleList(blocks[: len(widths)])
        self.decoders = nn.ModuleList(blocks[len(widths) :])
        pairs = list(zip(widths, widths[1:]))
        self.downs = nn.ModuleList([nn.Conv2d(fine, coarse, 2, stride=2) for fine, coarse in pairs])
        self.ups = nn.ModuleList([nn.Conv2d(coarse, fine, 1) for fine, coarse in pairs])
        self.gates = nn.ModuleList([Gate(fine) for fine, _ in pairs])
        self.scales = nn.ModuleList([nn.Conv2d(width, widths[0], 1, bias=i == 0) for i, width in enumerate(widths)])
        self.pyramid = Pyramid(widths[-1])
        self.cross = Cross(widths[-1])
        self.head = nn.Conv2d(widths[0], 4, 3, padding=1)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """Denoise (batch, 1, y, x)."""
        levels = []
        features = f.relu(self.stem(f.pixel_unshuffle(image, 2)), inplace=True)
        for level, encoder in enumerate(self.encoders):
            features = encoder(features if level == 0 else f.relu(self.downs[level - 1](features), inplace=True))
            levels.append(features)
        levels[-1] = self.cross(self.pyramid(features), features)
        for level in reversed(range(len(levels) - 1)):
            above = enlarge(self.ups[level](levels[level + 1]), 2)
            levels[level] = self.decoders[level](above + self.gates[level](levels[level], above))
        total = self.scales[0](levels[0])
        for level in range(1, len(levels)):
            total = total + enlarge(self.scales[level](levels[level]), 1 << level)
        return f.pixel_shuffle(self.head(f.relu(total, inplace=True)), 2) + image


def read(path: str) -> dict:
    """Tensors of a safetensors file of float32."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    header.pop("__metadata__", None)
    return {
        name: torch.from_numpy(np.frombuffer(data[slice(*entry["data_offsets"])], dtype="<f4").copy()).reshape(entry["shape"])
        for name, entry in header.items()
    }


what, architecture, weights, batch, size, threads, path = sys.argv[1:]
torch.set_num_threads(int(threads))
network = Rauden(*SIZES[architecture])
network.load_state_dict(read(weights))
optimizer = torch.optim.AdamW(network.parameters(), lr=1e-4, weight_decay=1e-4)
image = torch.from_numpy(np.fromfile(path, dtype="<f4")).reshape(int(batch), 1, int(size), int(size))
target = image * 0.5


def train() -> np.ndarray:
    """Do one step."""
    optimizer.zero_grad(set_to_none=True)
    loss = f.mse_loss(network(image), target)
    loss.backward()
    optimizer.step()
    return np.array([loss.item()])


def infer() -> np.ndarray:
    """Run the network forwards."""
    with torch.inference_mode():
        return network(image).numpy()


serve(train if what == "train" else infer, {"PyTorch": torch.__version__})
