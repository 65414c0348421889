"""The reader: whether a passage answers a question, and with which of its words."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from corpus.english.sentences import sentences
from corpus.errors import ModelFault
from corpus.passage import Passage, Span
from corpus.remedy import Remedy
from embeddings.hit import Hit, Reading
from embeddings.judging.packing import LONGEST_PASSAGE, context, pack
from embeddings.judging.reader_files import Weights
from embeddings.onnx_sessions import VERSION, Unloadable, open_session
from embeddings.vectors import Integers, Vectors

# Tokens; of the answers in the question sheets 0.4 % are longer.
LONGEST_ANSWER = 50
_OUTPUTS = ("answers", "start", "stop")
_NEVER = -1e4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Read:
    """A passage as it is read: `tokens`, its context first and a mark at each end.

    `rows` are those of the tokens that stand for some of its text, `places` where they stand in
    it, shape (rows, 2).
    """

    tokens: list[int]
    rows: Integers
    places: Integers


class Reader:
    """Reads passages side by side, one on each core; safe to call from several threads.

    A pair is read alone, not in a batch with others: the network's 8-bit scales are taken from
    all that is read together, so a reading would depend on its neighbours. Raises ModelFault
    where the weights are not the shipped ones or cannot be loaded.
    """

    def __init__(self, weights: Weights) -> None:
        weights.check()
        self.identity = weights.identity
        try:
            self._session = open_session(weights.graph, spares_memory=True)
        except Unloadable as error:
            raise ModelFault(
                f"ONNX Runtime {VERSION} cannot load the reader {weights.graph} ({error})",
                Remedy.DO_WITHOUT_READER,
            ) from None
        self._inputs = [given.name for given in self._session.get_inputs()]
        self._tokenizer = Tokenizer.from_file(str(weights.tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._cores = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="read")

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """What the reader makes of each hit's passage, in order.

        Of a passage that is longer than the reader reads, the sentences around the highlight.
        """
        asked = self._tokenizer.encode(question).ids
        return list(self._cores.map(lambda hit: self._reading(asked, hit), hits))

    def _reading(self, asked: list[int], hit: Hit) -> Reading:
        read = self._tokens(hit.passage, hit.highlight)
        packed = pack(read.tokens, [asked])
        given = (packed.tokens, packed.positions, packed.segments)
        answers, start, stop = self._session.run(
            _OUTPUTS,
            {
                name: np.array(values, np.int64)
                for name, values in zip(self._inputs, given, strict=True)
            },
        )
        rows = len(packed.tokens) - len(read.tokens) + read.rows
        words = hit.highlight
        if len(rows):
            first, last = _ends(start[rows], stop[rows])
            words = Span(start=int(read.places[first, 0]), stop=int(read.places[last, 1]))
        return Reading(answers=float(np.ravel(answers)[0]), words=words)

    def _tokens(self, passage: Passage, around: Span) -> _Read:
        """A passage's tokens, at most LONGEST_PASSAGE of them."""
        period = passage.report.period
        before = context(passage.report.country, str(period) if period else None, passage.section)
        encoded = self._tokenizer.encode(before + passage.text)
        places = np.array(encoded.offsets, np.int64) - len(before)
        is_text = (places[:, 0] >= 0) & (places[:, 1] > places[:, 0])
        is_text[-1] = False
        if len(places) > LONGEST_PASSAGE:
            room = LONGEST_PASSAGE - int((~is_text).sum())
            window = _window(passage.text, places[is_text], around, room)
            is_text &= (places[:, 0] >= window.start) & (places[:, 1] <= window.stop)
        # The marks and the context stand before the text or right at the end.
        kept = is_text | (places[:, 0] < 0)
        kept[[0, -1]] = True
        rows = np.flatnonzero(kept)[: LONGEST_PASSAGE - 1].tolist()
        rows = [*rows, len(places) - 1] if rows[-1] != len(places) - 1 else rows
        of_text = np.flatnonzero(is_text[rows])
        return _Read(
            tokens=[encoded.ids[row] for row in rows],
            rows=of_text,
            places=places[np.array(rows)][of_text],
        )


def _window(text: str, places: Integers, around: Span, room: int) -> Span:
    """The sentences around a stretch of a text that `room` tokens hold, what follows it first.

    `places` is where the text's tokens stand, shape (tokens, 2). A sentence that alone is longer
    is all there is of the window; it is cut where it is read.
    """
    found = sentences(text)
    inside = [
        n for n, one in enumerate(found) if one.start < around.stop and one.stop > around.start
    ]
    first, last = (inside[0], inside[-1]) if inside else (0, 0)

    def size(start: int, stop: int) -> int:
        within = (places[:, 0] >= found[start].start) & (places[:, 1] <= found[stop].stop)
        return int(within.sum())

    grows = True
    while grows:
        grows = False
        if last + 1 < len(found) and size(first, last + 1) <= room:
            last, grows = last + 1, True
        if first > 0 and size(first - 1, last) <= room:
            first, grows = first - 1, True
    return Span(start=found[first].start, stop=found[last].stop)


def _ends(start: Vectors, stop: Vectors) -> tuple[int, int]:
    """Where the likeliest answer starts and stops, of at most LONGEST_ANSWER tokens.

    `start` and `stop` are logits of the tokens of the text, shape (tokens,).
    """
    places = np.arange(len(start))
    length = places[None, :] - places[:, None]
    together = np.where(
        (length >= 0) & (length < LONGEST_ANSWER), start[:, None] + stop[None, :], 2 * _NEVER
    )
    first, last = np.unravel_index(int(together.argmax()), together.shape)
    return int(first), int(last)
