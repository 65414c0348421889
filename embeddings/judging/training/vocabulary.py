"""Texts to tokens, and words that answer to the tokens that they are."""

from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

from embeddings.judging.packing import LONGEST_PASSAGE, LONGEST_QUESTION, shortened

Span = tuple[int, int]


class Vocabulary:
    """The encoder's tokenizer, as the reader uses it."""

    def __init__(self, tokenizer: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.question = lru_cache(100_000)(self._question)

    def _question(self, text: str) -> tuple[int, ...]:
        return tuple(shortened(self._tokenizer.encode(text).ids, LONGEST_QUESTION))

    def passage(self, context: str, text: str) -> tuple[list[int], list[Span]]:
        """A passage's tokens, and the span of `text` that each is, (-1, -1) for other tokens."""
        read = self._tokenizer.encode(context + text)
        tokens = shortened(read.ids, LONGEST_PASSAGE)
        spans = [(start - len(context), stop - len(context)) for start, stop in read.offsets]
        spans = [*spans[: len(tokens) - 1], (-1, -1)]
        return tokens, [span if 0 <= span[0] < span[1] else (-1, -1) for span in spans]


def tokens_of(words: str, text: str, spans: list[Span]) -> Span | None:
    """The first and last token of some words of a text, None where none of them is left."""
    start = text.find(words) if words else -1
    if start < 0:
        return None
    stop = start + len(words)
    inside = [place for place, (a, b) in enumerate(spans) if a >= 0 and b > start and a < stop]
    return (inside[0], inside[-1]) if inside else None
