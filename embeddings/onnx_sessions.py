"""The door to ONNX Runtime: a graph to what runs it.

ONNX Runtime writes a device id and queues telemetry when it is imported, unless its switch is set
before; so the switch stands above the import, and no other module may import onnxruntime.
"""

import os
from pathlib import Path
from typing import TypeAlias

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

VERSION: str = onnxruntime.__version__
Session: TypeAlias = onnxruntime.InferenceSession


class Unloadable(Exception):
    """ONNX Runtime does not take a graph; says which kind of error of its own it raised."""


def open_session(
    graph: bytes | Path, weights: Path | None = None, *, spares_memory: bool = False
) -> Session:
    """What runs a graph: each run on one core, so that several can run side by side.

    `weights` is the folder of the files that a graph given as bytes names; those of a graph in a
    file lie beside it. To spare memory, matrices are not laid out anew for speed: of the reader
    that takes 32 MiB less and a tenth more time. Raises Unloadable.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors only
    if weights is not None:
        # The name is ONNX Runtime's: kOrtSessionOptionsModelExternalInitializersFileFolderPath.
        options.add_session_config_entry(
            "session.model_external_initializers_file_folder_path", str(weights)
        )
    if spares_memory:
        options.add_session_config_entry("session.disable_prepacking", "1")
    content = str(graph) if isinstance(graph, Path) else graph
    try:
        return Session(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001  its errors have no class in common
        raise Unloadable(type(error).__name__) from None
