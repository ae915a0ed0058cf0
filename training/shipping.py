"""The trained head as the ONNX file that ships, and a check that it reads as the network that was trained."""

from __future__ import annotations

from pathlib import Path

import onnx
import torch
from torch import Tensor, nn

from training.network import FEATURES, STEP, Head

_OPSET = 17


class Reader(nn.Module):
    """The head for one line: no mask, probabilities instead of logits."""

    def __init__(self, head: Head) -> None:
        super().__init__()
        self.head = head

    def forward(self, features: Tensor, pixels: Tensor) -> Tensor:
        """``features`` (1, FEATURES, 1, frames) and ``pixels`` (1, 1, 48, 8 x frames) to (1, frames, letters)."""
        flat = features[:, :, 0]
        return self.head(flat, pixels, torch.ones_like(flat[:, 0])).softmax(-1)


def ship(head: Head, alphabet: tuple[str, ...], file: Path) -> None:
    """Writes the head with its alphabet; the blank is letter 0 and has no name."""
    features, pixels = torch.zeros(1, FEATURES, 1, 40), torch.zeros(1, 1, 48, STEP * 40)
    frames = {"features": {3: "frames"}, "pixels": {3: "width"}, "letters": {1: "frames"}}
    torch.onnx.export(
        Reader(head.eval()), (features, pixels), str(file), input_names=["features", "pixels"],
        output_names=["letters"], dynamic_axes=frames, opset_version=_OPSET, dynamo=False,
    )  # fmt: skip
    model = onnx.load(str(file))
    model.metadata_props.append(onnx.StringStringEntryProto(key="character", value="\n".join(alphabet)))
    onnx.save(model, str(file))
