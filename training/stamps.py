"""``python -m training.stamps``: draws stamped windows, trains the network that takes stamps away, ships it."""

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path
from random import Random
from tempfile import gettempdir

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from extractors.stamps import WEIGHTS
from training.runs import Run
from training.seals import pairs

BATCH = 8
_RATE, _WARM = 2e-3, 100
_SAVED_EVERY = 100
_OPSET = 17


class Remover(nn.Module):
    """A picture at three scales; what it adds to the grey of each pixel takes the stamp away."""

    def __init__(self) -> None:
        super().__init__()
        self.fine = nn.Sequential(_conv(3, 16, 5), _conv(16, 16))
        self.coarse = nn.Sequential(_conv(16, 32, stride=2), _conv(32, 32))
        self.coarsest = nn.Sequential(
            _conv(32, 48, stride=2), _conv(48, 48, dilation=2), _conv(48, 48, dilation=4), _conv(48, 48)
        )
        self.to_coarse, self.to_fine = _conv(80, 32), _conv(48, 16)
        self.out = nn.Conv2d(16, 1, 3, padding=1)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def forward(self, seen: Tensor) -> Tensor:
        """``seen`` (n, 3, h, w), sides multiples of 4, to (n, 1, h, w)."""
        fine = self.fine(seen)
        half = self.coarse(fine)
        quarter = self.coarsest(half)
        half = self.to_coarse(torch.cat([half, functional.interpolate(quarter, scale_factor=2.0)], 1))
        fine = self.to_fine(torch.cat([fine, functional.interpolate(half, scale_factor=2.0)], 1))
        grey = 0.114 * seen[:, :1] + 0.587 * seen[:, 1:2] + 0.299 * seen[:, 2:]
        return grey + self.out(fine)


def _conv(inputs: int, outputs: int, size: int = 3, stride: int = 1, dilation: int = 1) -> nn.Module:
    around = dilation * (size - 1) // 2
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride=stride, padding=around, dilation=dilation), nn.LeakyReLU(0.1)
    )


def train(seen: Tensor, bare: Tensor, run: Run[Remover], steps: int, seed: int, checkpoint: Path) -> None:
    """Steps up to ``steps``; the learning rate rises, then falls along a cosine. Resumes at ``run.step``."""
    start, before, smooth = time.process_time(), run.seconds, None
    run.network.train()
    while run.step < steps:
        rng = Random(f"{seed}/{run.step}")
        rate = min(1.0, (run.step + 1) / _WARM) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * run.step / steps)))
        for group in run.optimiser.param_groups:
            group["lr"] = _RATE * rate
        chosen = torch.tensor([rng.randrange(len(seen)) for _ in range(BATCH)])
        given, wanted = (_turned(each[chosen].float(), run.step) for each in (seen, bare))
        loss = (run.network(given) - wanted).abs().mean()
        run.descend(loss, 1.0)
        smooth = loss.item() if smooth is None else 0.98 * smooth + 0.02 * loss.item()
        run.step, run.seconds = run.step + 1, before + time.process_time() - start
        if run.step % _SAVED_EVERY == 0 or run.step == steps:
            run.save(checkpoint)
            print(f"step {run.step} of {steps}, loss {smooth:.4f}, {run.seconds / 60:.1f} CPU minutes", flush=True)


def _turned(patches: Tensor, step: int) -> Tensor:
    """Every second batch upside down: stamps lie any way round."""
    return patches.flip(-1, -2) if step % 4 == 3 else patches


def started(checkpoint: Path) -> Run[Remover]:
    """A run where it stopped, or a new one."""
    network = Remover()
    run = Run(network, torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=0.001))
    run.resume(checkpoint)
    return run


def ship(network: Remover, file: Path) -> None:
    """Writes the network for pictures of any size."""
    sides = {"seen": {2: "height", 3: "width"}, "bare": {2: "height", 3: "width"}}
    torch.onnx.export(
        network.eval(), (torch.ones(1, 3, 64, 64),), str(file), input_names=["seen"], output_names=["bare"],
        dynamic_axes=sides, opset_version=_OPSET, dynamo=False,
    )  # fmt: skip


def _data(file: Path, pages: int, windows: int, seed: int) -> tuple[Tensor, Tensor]:
    """The patches of a training, drawn once and kept."""
    if not file.is_file():
        drawn = list(pairs(seed, pages, windows))
        np.savez(file, seen=np.stack([p.seen for p in drawn]), bare=np.stack([p.bare for p in drawn]))
    kept = np.load(file)
    return torch.from_numpy(kept["seen"]), torch.from_numpy(kept["bare"])


def main() -> None:
    """Reads the command line; everything is made again from the seed, what is there already is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(gettempdir()) / "stamps", help="patches and state")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights are written")
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--windows", type=int, default=16, help="of each page")
    parser.add_argument("--steps", type=int, default=2500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    options.folder.mkdir(parents=True, exist_ok=True)
    seen, bare = _data(options.folder / f"patches-{options.seed}.npz", options.pages, options.windows, options.seed)
    print(f"{len(seen)} patches, {time.process_time() / 60:.1f} CPU minutes", flush=True)
    run = started(options.folder / "network.pt")
    train(seen, bare, run, options.steps, options.seed, options.folder / "network.pt")
    ship(run.network, options.out)


if __name__ == "__main__":
    main()
