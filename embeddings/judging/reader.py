"""The door to the reader's graph: whether a passage answers a question, and with which words."""

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from corpus.errors import ModelFault
from corpus.passage import Span
from embeddings.judging.packing import LONGEST_PASSAGE, pack, shortened
from embeddings.vectors import Integers, Vectors

GRAPH = "reader.onnx"
TOKENIZER = "tokenizer.json"
CARD = "reader.json"
# Tokens; of the answers in the sheets 0.4 % are longer.
LONGEST_ANSWER = 50
_NEVER = -1e4


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A passage to read: its text, and what stands before it (see packing.context)."""

    context: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """What the reader makes of a question and one passage; all numbers are logits.

    `answers`: that the passage answers. `words`: the stretch of the text that answers best if it
    does; None where no word of the text was read. `starts` and `offsets`: for every token of the
    text, that the answer starts there and where the token stands in the text, shapes (tokens,)
    and (tokens, 2).
    """

    answers: float
    words: Span | None
    starts: Vectors
    offsets: Integers


class Reader:
    """Reads passages side by side, one on each core; safe to call from several threads."""

    def __init__(self, folder: Path, workers: int | None = None) -> None:
        """Open `reader.onnx` of a folder; raises ModelFault where a file is not as shipped."""
        _check(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3  # errors only
        self._session = onnxruntime.InferenceSession(
            str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._workers = ThreadPoolExecutor(workers or os.cpu_count() or 1)

    def read(self, question: str, candidates: Sequence[Candidate]) -> list[Reading]:
        """Each candidate read with the question, in order.

        A reading does not depend on what else is read.
        """
        asked = self._tokenizer.encode(question).ids
        return list(self._workers.map(lambda one: self._read(asked, one), candidates))

    def _read(self, question: list[int], candidate: Candidate) -> Reading:
        read = self._tokenizer.encode(candidate.context + candidate.text)
        tokens = shortened(read.ids, LONGEST_PASSAGE)
        packed = pack(tokens, [question])
        answers, start, stop = self._session.run(
            None,
            {
                "tokens": np.array(packed.tokens, np.int64),
                "positions": np.array(packed.positions, np.int64),
                "segments": np.array(packed.segments, np.int64),
            },
        )
        offsets = np.array(read.offsets[: len(tokens)], np.int64) - len(candidate.context)
        # The last token is the end's mark, whatever stood there before a cut.
        own = (offsets[:, 0] >= 0) & (offsets[:, 1] > offsets[:, 0])
        own[-1] = False
        rows = np.flatnonzero(own)
        starts = start[-len(tokens) :][rows]
        return Reading(
            answers=float(answers[0]),
            words=_best(starts, stop[-len(tokens) :][rows], offsets[rows]),
            starts=starts,
            offsets=offsets[rows],
        )


def _best(starts: Vectors, stops: Vectors, offsets: Integers) -> Span | None:
    """The stretch whose ends are likeliest together, at most LONGEST_ANSWER tokens long."""
    if not len(starts):
        return None
    places = np.arange(len(starts))
    length = places[None, :] - places[:, None]
    together = np.where(
        (length >= 0) & (length < LONGEST_ANSWER), starts[:, None] + stops[None, :], 2 * _NEVER
    )
    first, last = np.unravel_index(int(together.argmax()), together.shape)
    return Span(start=int(offsets[first, 0]), stop=int(offsets[last, 1]))


def _check(folder: Path) -> None:
    """Compare the files with their SHA-256 in the card."""
    try:
        expected = json.loads((folder / CARD).read_text("utf-8"))["sha256"]
        found = {name: sha256((folder / name).read_bytes()).hexdigest() for name in expected}
    except (OSError, ValueError, KeyError):
        raise ModelFault(f"the reader in {folder} cannot be read; install Pincite again.") from None
    for name, wanted in expected.items():
        if found[name] != wanted:
            raise ModelFault(f"{folder / name} is not the file that was shipped; install again.")
