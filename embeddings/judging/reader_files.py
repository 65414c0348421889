"""The reader's files: where they lie, and whether they are the ones that were shipped."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import ModelFault
from corpus.remedy import Remedy

FOLDER = Path(__file__).with_name("weights")
GRAPH = "reader.onnx"
TOKENIZER = "tokenizer.json"
# Says of every file of the reader its SHA-256: {"sha256": {"reader.onnx": "..."}}.
CARD = "reader.json"
# Of the card that ships: what lies beside files says nothing of where they came from.
SHIPPED_CARD_SHA256 = "ef5462fd68a338b47f77fe5a1138898c7a4b503142702a622e8d9edf7d986a36"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Where the files of a reader lie; `identity` names it by its graph's SHA-256."""

    folder: Path
    identity: str

    @property
    def graph(self) -> Path:
        """The network, which may name other files beside it."""
        return self.folder / GRAPH

    @property
    def tokenizer(self) -> Path:
        """What cuts text into the network's tokens."""
        return self.folder / TOKENIZER

    def check(self) -> None:
        """Raise ModelFault where a file is not as the card says."""
        for name, expected in _card(self.folder).items():
            try:
                with (self.folder / name).open("rb") as file:
                    found = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError:
                raise _broken(f"{self.folder / name} is missing or cannot be read") from None
            if found != expected:
                raise _broken(f"{self.folder / name} is not the file that was shipped")


def shipped_weights(folder: Path = FOLDER) -> Weights | None:
    """The weights in a folder, not checked yet; None where none lie there.

    Raises ModelFault for a card that is not one.
    """
    if not (folder / CARD).is_file():
        return None
    return Weights(folder=folder, identity=f"reader@{_card(folder)[GRAPH][:12]}")


def _card(folder: Path) -> dict[str, str]:
    try:
        content = (folder / CARD).read_bytes()
        if folder == FOLDER and hashlib.sha256(content).hexdigest() != SHIPPED_CARD_SHA256:
            raise _broken(f"{folder / CARD} is not the file that was shipped")
        files = dict(json.loads(content)["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        raise _broken(f"{folder / CARD} does not say what the reader's files are") from None
    if not {GRAPH, TOKENIZER} <= files.keys():
        raise _broken(f"{folder / CARD} names no {GRAPH} or no {TOKENIZER}")
    return files


def _broken(what: str) -> ModelFault:
    return ModelFault(what, Remedy.DO_WITHOUT_READER)
