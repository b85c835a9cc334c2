"""A step of training, or an inference, of a small U-Net in PyTorch: torch_step.py train|infer FORMAT BATCH SIZE THREADS.

The network, its first values, the batch and the optimizer are those of Training/TrainingStep.cs; the result is the loss
before the last step (train) or the output (infer).
"""

import sys

import numpy as np
import torch
from resident import serve
from torch import nn

CHANNELS = 32


class SeparableBlock(nn.Sequential):
    """A depthwise convolution, a pointwise one, and a rectifier."""

    def __init__(self, channels_in: int, channels_out: int) -> None:
        super().__init__(
            nn.Conv2d(channels_in, channels_in, 3, padding=1, groups=channels_in),
            nn.Conv2d(channels_in, channels_out, 1),
            nn.ReLU(),
        )


def blocks(channels_in: int, channels_out: int, count: int) -> nn.Sequential:
    """Blocks of which the first changes the number of channels."""
    return nn.Sequential(
        *(SeparableBlock(channels_out if i else channels_in, channels_out) for i in range(count))
    )


class SmallUNet(nn.Module):
    """The network; its layers are made in the order of Training/SmallUNet.cs, so that equal seeds give equal weights."""

    def __init__(self) -> None:
        super().__init__()
        self.head = nn.Conv2d(1, CHANNELS, 3, padding=1)
        self.first = blocks(CHANNELS, CHANNELS, 2)
        self.second = blocks(CHANNELS, 2 * CHANNELS, 2)
        self.bottom = blocks(2 * CHANNELS, 4 * CHANNELS, 3)
        self.up2 = blocks(6 * CHANNELS, 2 * CHANNELS, 2)
        self.up1 = blocks(3 * CHANNELS, CHANNELS, 2)
        self.tail = nn.Conv2d(CHANNELS, 1, 3, padding=1)
        self.shrink = nn.AvgPool2d(2)
        self.enlarge = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """Add what the network finds to a (batch, 1, y, x) image."""
        large = self.first(self.head(image))
        middle = self.second(self.shrink(large))
        small = self.bottom(self.shrink(middle))
        result = self.up2(torch.cat([self.enlarge(small), middle], 1))
        result = self.up1(torch.cat([self.enlarge(result), large], 1))
        return image + self.tail(result)


what, layout, batch, size, threads = sys.argv[1:]
torch.set_num_threads(int(threads))
torch.manual_seed(0)
network = SmallUNet()
if layout == "channels_last":
    network = network.to(memory_format=torch.channels_last)
optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3, weight_decay=1e-2)
image = torch.rand(int(batch), 1, int(size), int(size))
target = torch.rand(int(batch), 1, int(size), int(size))


def train() -> np.ndarray:
    """Do one step."""
    optimizer.zero_grad(set_to_none=True)
    loss = nn.functional.mse_loss(network(image), target)
    loss.backward()
    optimizer.step()
    return np.array([loss.item()])


def infer() -> np.ndarray:
    """Run the network forwards."""
    with torch.inference_mode():
        return network(image).numpy()


serve(train if what == "train" else infer, {"PyTorch": torch.__version__})
