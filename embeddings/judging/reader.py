"""The reader: whether a passage answers a question, and which of its sentences does."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from tokenizers import Tokenizer

from corpus.english.sentences import sentences
from corpus.errors import ModelFault
from corpus.passage import Passage, Span
from corpus.quoted import Quoted
from corpus.remedy import Remedy
from embeddings.hit import Hit, Reading
from embeddings.judging.packing import LONGEST_PASSAGE, context, pack
from embeddings.judging.reader_files import Weights
from embeddings.onnx_sessions import VERSION, Unloadable, open_session
from embeddings.vectors import Integers

_OUTPUTS = ("answers",)


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
        read = self._cores.map(
            lambda hit: self._answers(asked, self._passage(hit.passage, hit.highlight)), hits
        )
        return [Reading(answers=answers) for answers in read]

    def sentences(self, question: str, passage: Passage, spans: Sequence[Span]) -> list[float]:
        """How well each of some sentences of a passage answers alone, as Reading.answers."""
        asked, before = self._tokenizer.encode(question).ids, _before(passage)
        text = passage.text
        texts = [before + Quoted(text=text, span=span).quotation for span in spans]
        read = self._cores.map(
            lambda text: self._answers(asked, self._tokenizer.encode(text).ids), texts
        )
        return list(read)

    def _answers(self, asked: list[int], tokens: list[int]) -> float:
        packed = pack(tokens, [asked])
        given = (packed.tokens, packed.positions, packed.segments)
        (answers,) = self._session.run(
            _OUTPUTS,
            {
                name: np.array(values, np.int64)
                for name, values in zip(self._inputs, given, strict=True)
            },
        )
        return float(np.ravel(answers)[0])

    def _passage(self, passage: Passage, around: Span) -> list[int]:
        """A passage's tokens, its context before them, at most LONGEST_PASSAGE."""
        before = _before(passage)
        encoded = self._tokenizer.encode(before + passage.text)
        if len(encoded.ids) <= LONGEST_PASSAGE:
            return list(encoded.ids)
        places = np.array(encoded.offsets, np.int64) - len(before)
        is_text = (places[:, 0] >= 0) & (places[:, 1] > places[:, 0])
        room = LONGEST_PASSAGE - int((~is_text).sum())
        window = _window(passage.text, places[is_text], around, room)
        kept = ~is_text | ((places[:, 0] >= window.start) & (places[:, 1] <= window.stop))
        return [encoded.ids[row] for row in np.flatnonzero(kept).tolist()]


def _before(passage: Passage) -> str:
    """What is read before a passage: country, period, the innermost heading."""
    period = passage.report.period
    return context(passage.report.country, str(period) if period else None, passage.section)


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
