"""The network of our own recogniser: what follows PP-OCR's convolutions, with letters of our alphabet at its end.

Its first weights are PP-OCR's own (the two attention blocks and the rows of its last layer that stand for our letters),
so training starts where PP-OCR with a masked alphabet stands. A small branch looks at the pixels once more, for marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional

WIDTH, HEADS, STEP = 120, 8, 8  # channels, heads of attention, pixels of a frame
FEATURES = 384


class Attention(nn.Module):
    """A transformer block with the norm first, as PP-OCR has it."""

    def __init__(self) -> None:
        super().__init__()
        self.first_norm, self.second_norm = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.mix, self.project = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.widen, self.narrow = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, frames, _ = x.shape
        mixed = self.mix(self.first_norm(x)).reshape(batch, frames, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        scores = (mixed[0] * (WIDTH // HEADS) ** -0.5) @ mixed[1].transpose(-2, -1) + bias
        seen = (scores.softmax(-1) @ mixed[2]).transpose(1, 2).reshape(batch, frames, WIDTH)
        x = x + self.drop(self.project(seen))
        return x + self.drop(self.narrow(functional.silu(self.widen(self.second_norm(x)))))


class Marks(nn.Module):
    """Pixels (batch, 1, 48, 8 x frames) to (batch, WIDTH, frames); starts as nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(1, 16, 3, 2, 1), nn.BatchNorm2d(16), nn.SiLU(),
            nn.Conv2d(16, 32, 3, 2, 1), nn.BatchNorm2d(32), nn.SiLU(),
            nn.Conv2d(32, 48, 3, 2, 1), nn.BatchNorm2d(48), nn.SiLU(),
        )  # fmt: skip
        self.flat = nn.Conv1d(48 * 6, WIDTH, 3, 1, 1)
        nn.init.zeros_(self.flat.weight)
        nn.init.zeros_(self.flat.bias)

    def forward(self, pixels: Tensor) -> Tensor:
        seen = self.layers(pixels)
        return self.flat(seen.flatten(1, 2))


class Head(nn.Module):
    """Features (batch, FEATURES, frames) and pixels to logits (batch, frames, letters); letter 0 is the blank."""

    def __init__(self, letters: int) -> None:
        super().__init__()
        self.around, self.straight = nn.Conv1d(FEATURES, WIDTH, 1), nn.Conv1d(FEATURES, WIDTH, 1)
        self.local = nn.Conv1d(WIDTH, WIDTH, 7, 1, 3, groups=WIDTH)
        self.marks = Marks()
        self.blocks = nn.ModuleList([Attention(), Attention()])
        self.norm, self.letters = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, letters)

    def forward(self, features: Tensor, pixels: Tensor, mask: Tensor) -> Tensor:
        """``mask`` (batch, frames) is 1 on frames of the line, 0 on padding."""
        extra = self.marks(pixels)
        straight = functional.silu(self.straight(features) + extra)
        x = functional.silu(self.around(features)) * mask[:, None]
        x = (x + functional.silu(self.local(x)) + extra * mask[:, None]).transpose(1, 2)
        bias = ((mask - 1) * 1e4)[:, None, None]
        for block in self.blocks:
            x = block(x, bias)
        return self.letters(self.norm(x) + straight.transpose(1, 2))


def from_paddle(weights: Path, alphabet: Sequence[str]) -> Head:
    """A head with PP-OCR's weights; ``alphabet`` are our letters after the blank."""
    model = onnx.load(str(weights))
    held = {item.name: numpy_helper.to_array(item) for item in model.graph.initializer}
    names = next(p.value for p in model.metadata_props if p.key == "character").split("\n")
    known = {letter: place for place, letter in enumerate(["", *names, " "])}
    places = [0, *(known.get(letter, -1) for letter in alphabet)]
    head = Head(len(places))
    _fold(head.straight, held, "conv2d_67", "batch_norm2d_57")
    _fold(head.around, held, "conv2d_65", "batch_norm2d_55")
    _fold(head.local, held, "conv2d_66", "batch_norm2d_56")
    for i, block in enumerate(head.blocks):
        for number, layer in enumerate((block.mix, block.project, block.widen, block.narrow)):  # type: ignore[arg-type]
            _set(layer, held[f"linear_{4 * i + number}.w_0"].T, held[f"linear_{4 * i + number}.b_0"])  # type: ignore[arg-type]
    norms = [norm for block in head.blocks for norm in (block.first_norm, block.second_norm)] + [head.norm]
    for number, norm in enumerate(norms):
        _set(norm, held[f"helper.reshape.{2 * number}"], held[f"helper.reshape.{2 * number + 1}"])  # type: ignore[arg-type]
    rows, heights = held["linear_8.w_0"].T[places], held["linear_8.b_0"][places]
    new = np.array(places) < 0  # letters that PP-OCR does not know
    rows[new], heights[new] = 0.0, heights.min()
    _set(head.letters, rows, heights)
    return head


def _fold(layer: nn.Module, held: dict[str, NDArray[np.float32]], conv: str, norm: str) -> None:
    """A convolution and the batch norm after it as one convolution with a bias."""
    gain, shift, mean, variance = (held[f"{norm}.{part}"] for part in ("w_0", "b_0", "w_1", "w_2"))
    scale = gain / np.sqrt(variance + 1e-5)
    kernel = held[f"{conv}.w_0"][:, :, 0, :]
    _set(layer, kernel * scale[:, None, None], shift - mean * scale)


def _set(layer: nn.Module, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> None:
    with torch.no_grad():
        layer.weight.copy_(torch.tensor(weight))  # type: ignore[operator, union-attr]
        layer.bias.copy_(torch.tensor(bias))  # type: ignore[operator, union-attr]
