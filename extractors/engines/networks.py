"""Networks in files of the kind ONNX, run on one core. Sole importer of onnxruntime."""

from __future__ import annotations

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from extractors.engines import EngineUnavailable


class Network:
    """A loaded network. It keeps no memory between two runs: pictures of every width would leave it that of the widest,
    several times over.

    Raises ``EngineUnavailable`` where its weights cannot be loaded.
    """

    def __init__(self, weights: bytes) -> None:
        options = onnxruntime.SessionOptions()
        options.enable_cpu_mem_arena = options.enable_mem_pattern = False
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        try:
            self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        except onnxruntime.capi.onnxruntime_pybind11_state.Fail as error:
            raise EngineUnavailable(f"weights of a network cannot be loaded ({error}): reinstall") from error
        self._only_asked = onnxruntime.RunOptions()
        self._only_asked.only_execute_path_to_fetches = True

    def run(self, wanted: str, inputs: dict[str, NDArray[np.float32]]) -> NDArray[np.float32]:
        """The output named ``wanted``; nothing that it does not need is computed."""
        return np.asarray(self._session.run([wanted], inputs, self._only_asked)[0], np.float32)

    def note(self, key: str) -> str:
        """What the file says of itself under a key."""
        return str(self._session.get_modelmeta().custom_metadata_map[key])
