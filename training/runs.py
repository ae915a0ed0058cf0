"""A training that stops and goes on: its network, its optimiser, how far it came, kept in one file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn

Net = TypeVar("Net", bound=nn.Module)


@dataclass
class Run(Generic[Net]):
    """What a training has reached; ``seconds`` of processor time."""

    network: Net
    optimiser: torch.optim.Optimizer
    step: int = 0
    seconds: float = 0.0

    def descend(self, loss: Tensor, longest: float) -> None:
        """One step down a loss; gradients longer than ``longest`` are shortened to it."""
        self.optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), longest)
        self.optimiser.step()

    def save(self, file: Path) -> None:
        """Writes the state; the file is whole at any moment."""
        state = {"network": self.network.state_dict(), "optimiser": self.optimiser.state_dict(), "step": self.step,
                 "seconds": self.seconds}  # fmt: skip
        torch.save(state, file.with_suffix(".part"))
        file.with_suffix(".part").rename(file)

    def resume(self, file: Path) -> None:
        """Goes on where a file says that it stopped; from the beginning where there is none."""
        if file.is_file():
            state = torch.load(file)
            self.network.load_state_dict(state["network"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.step, self.seconds = state["step"], state["seconds"]
