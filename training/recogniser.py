"""``python -m training.recogniser``: draws lines, computes features, trains the head, writes it as ONNX."""

from __future__ import annotations

import argparse
import math
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import gettempdir

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from extractors.engines import paddle
from training import fonts
from training.features import SHARD, Sample, samples, shard
from training.network import FEATURES, STEP, Head, from_paddle
from training.runs import Run
from training.shipping import ship

BATCH, POOL = 32, 64  # lines of a step; batches that are sorted by width together
_RATE, _WARM = 1e-3, 300
_SAVED_EVERY = 200
ALPHABET = tuple(sorted(paddle.AZERBAIJANI))


def train(data: Sequence[Sample], run: Run[Head], steps: int, seed: int, checkpoint: Path) -> None:
    """Steps up to ``steps``; the learning rate rises, then falls along a cosine. Resumes at ``run.step``."""
    numbers = {letter: i + 1 for i, letter in enumerate(ALPHABET)}
    start, before = time.process_time(), run.seconds
    smooth = None
    run.network.train()
    for step, batch in enumerate(_batches(data, seed, steps)):
        if step < run.step:
            continue
        rate = _RATE * min(1.0, (step + 1) / _WARM) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / steps)))
        for group in run.optimiser.param_groups:
            group["lr"] = rate * group["scale"]
        loss = _loss(run.network, batch, numbers)
        run.descend(loss, 5.0)
        smooth = loss.item() if smooth is None else 0.98 * smooth + 0.02 * loss.item()
        run.step, run.seconds = step + 1, before + time.process_time() - start
        if run.step % _SAVED_EVERY == 0:
            run.save(checkpoint)
            print(f"step {run.step} of {steps}, loss {smooth:.4f}, {run.seconds / 60:.1f} CPU minutes", flush=True)
    run.save(checkpoint)


def _batches(data: Sequence[Sample], seed: int, steps: int) -> Iterator[list[Sample]]:
    """Lines of about one width together, in an order that the seed decides."""
    rng, made = Random(seed), 0
    while made < steps:
        order = rng.sample(range(len(data)), len(data))
        for at in range(0, len(order), POOL * BATCH):
            pool = sorted(order[at : at + POOL * BATCH], key=lambda i: data[i].features.shape[1])
            groups = [pool[i : i + BATCH] for i in range(0, len(pool), BATCH)]
            rng.shuffle(groups)
            for group in groups:
                yield [data[i] for i in group]
                made += 1
                if made == steps:
                    return


def padded(batch: Sequence[Sample]) -> tuple[Tensor, Tensor, Tensor]:
    """Features, pixels (0 is mid grey) and the mask of a batch."""
    longest = max(sample.features.shape[1] for sample in batch)
    features = np.zeros((len(batch), FEATURES, longest), np.float32)
    pixels = np.ones((len(batch), 1, 48, STEP * longest), np.float32)
    mask = np.zeros((len(batch), longest), np.float32)
    for i, sample in enumerate(batch):
        frames = sample.features.shape[1]
        features[i, :, :frames] = sample.features
        pixels[i, 0, :, : STEP * frames] = sample.pixels.astype(np.float32) / 127.5 - 1
        mask[i, :frames] = 1
    return torch.from_numpy(features), torch.from_numpy(pixels), torch.from_numpy(mask)


def _loss(head: Head, batch: Sequence[Sample], numbers: dict[str, int]) -> Tensor:
    features, pixels, mask = padded(batch)
    scores = functional.log_softmax(head(features, pixels, mask), dim=-1).transpose(0, 1)
    targets = [[numbers[letter] for letter in sample.text] for sample in batch]
    flat = torch.tensor([number for target in targets for number in target])
    lengths = torch.tensor([len(target) for target in targets])
    return functional.ctc_loss(scores, flat, mask.sum(1).long(), lengths, zero_infinity=True)


def started(checkpoint: Path) -> Run[Head]:
    """A run where it stopped, or a new one that starts from PP-OCR's weights."""
    head = from_paddle(paddle.weights(), ALPHABET)
    fresh = [p for name, p in head.named_parameters() if name.startswith("marks")]
    given = [p for name, p in head.named_parameters() if not name.startswith("marks")]
    groups = [{"params": given, "scale": 1.0}, {"params": fresh, "scale": 2.0}]
    run = Run(head, torch.optim.AdamW(groups, lr=_RATE, weight_decay=0.01))
    run.resume(checkpoint)
    return run


def main() -> None:
    """Reads the command line; every file is made again from the seed, what is there already is kept."""
    options = _parser().parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    folder: Path = options.folder
    (folder / "shards").mkdir(parents=True, exist_ok=True)
    data = _data(folder, options.lines, options.seed)
    checkpoint = folder / "head.pt"
    run = started(checkpoint)
    train(data, run, options.steps, options.seed, checkpoint)
    ship(run.network, ALPHABET, options.out)


def _data(folder: Path, count: int, seed: int) -> list[Sample]:
    fonts.fetch(folder / "fonts")
    printed = fonts.faces(folder / "fonts", "type", for_training=True)
    written = fonts.faces(folder / "fonts", "handwriting", for_training=True)
    data: list[Sample] = []
    for number in range(-(-count // SHARD)):
        data += samples(shard(folder / "shards", f"{seed}-{number}", printed, written))
        print(f"{len(data)} lines, {time.process_time() / 60:.1f} CPU minutes", flush=True)
    return data


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(gettempdir()) / "recogniser", help="fonts, lines, state")
    parser.add_argument("--out", type=Path, default=paddle.HEAD, help="where the weights are written")
    parser.add_argument("--lines", type=int, default=22_000)
    parser.add_argument("--steps", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    main()
