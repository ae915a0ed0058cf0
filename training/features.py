"""Lines drawn from seeds, with the features of PP-OCR's frozen convolutions, kept in shards on disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray

from extractors.engines import paddle
from training import lines
from training.fonts import Face
from training.network import STEP
from training.texts import Texts

SHARD = 500  # lines
_TAP = "p2o.pd_op.pool2d.1.0"  # (1, 384, 1, frames): what the convolutions see
_HANDWRITING = 0.45  # share of lines
_EMPTY = 0.02  # share of pictures with specks and borders only
_DARK, _LEAST_INK = 150, 0.02  # share of dark pixels; with less, damage left nothing to read
_PRINTED, _WRITTEN = (15, 35, 30, 20), (30, 40, 25, 5)  # weights of ``lines.KINDS``


@dataclass(frozen=True)
class Sample:
    """``features`` (384, frames) float16, ``pixels`` (48, 8 x frames) uint8, ``text``."""

    features: NDArray[np.float16]
    pixels: NDArray[np.uint8]
    text: str


@cache
def _session() -> onnxruntime.InferenceSession:
    model = onnx.load(str(paddle.weights()))
    del model.graph.output[:]
    model.graph.output.append(onnx.ValueInfoProto(name=_TAP))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def sample_of(picture: lines.Grey, text: str) -> Sample:
    """The features of a line that was cut out."""
    prepared = paddle.prepared(picture)
    found = _session().run(None, {"x": prepared})[0][0, :, 0]
    pixels = np.clip((prepared[0, 0, :, : STEP * found.shape[1]] + 1) * 127.5, 0, 255).astype(np.uint8)
    missing = STEP * found.shape[1] - pixels.shape[1]
    return Sample(found.astype(np.float16), np.pad(pixels, ((0, 0), (0, missing)), mode="edge"), text)


def is_legible(picture: lines.Grey) -> bool:
    """Whether damage left anything to read."""
    return bool((picture < _DARK).mean() > _LEAST_INK)


def shard(folder: Path, seed: str, printed: Sequence[Face], written: Sequence[Face]) -> Path:
    """The file with ``SHARD`` lines of a seed, made where it is not there yet."""
    file = folder / f"{seed}.npz"
    if not file.is_file():
        made = list(_drawn(seed, printed, written))
        kept = {
            "features": np.concatenate([sample.features for sample in made], axis=1),
            "pixels": np.concatenate([sample.pixels for sample in made], axis=1),
            "frames": np.array([sample.features.shape[1] for sample in made]),
            "texts": np.array([sample.text for sample in made]),
        }
        partial = file.with_suffix(".part.npz")
        np.savez(partial, **kept)
        partial.rename(file)
    return file


def samples(file: Path) -> list[Sample]:
    """The lines of a shard."""
    held = np.load(file)
    ends = np.cumsum(held["frames"])[:-1]
    features, pixels = np.split(held["features"], ends, axis=1), np.split(held["pixels"], STEP * ends, axis=1)
    return [Sample(*parts) for parts in zip(features, pixels, map(str, held["texts"]), strict=True)]


def _drawn(seed: str, printed: Sequence[Face], written: Sequence[Face]) -> Iterator[Sample]:
    rng, texts, made = Random(seed), Texts(seed), 0
    while made < SHARD:
        is_written = rng.random() < _HANDWRITING
        face = rng.choice(written if is_written else printed)
        kind = rng.choices(lines.KINDS, _WRITTEN if is_written else _PRINTED)[0]
        text = texts.line() if rng.random() > _EMPTY else ""
        if not face.can(text):
            continue
        picture = lines.picture(face, text or " " * rng.randint(2, 20), kind, rng)
        if is_legible(picture):
            yield sample_of(picture, text)
            made += 1
