"""Texts to tokens."""

from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer

from embeddings.judging.packing import LONGEST_PASSAGE, LONGEST_QUESTION, shortened


class Vocabulary:
    """The encoder's tokenizer, as the reader uses it."""

    def __init__(self, tokenizer: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.question = lru_cache(100_000)(self._question)

    def _question(self, text: str) -> tuple[int, ...]:
        return tuple(shortened(self._tokenizer.encode(text).ids, LONGEST_QUESTION))

    def passage(self, context: str, text: str) -> list[int]:
        """A passage's tokens, its context before them."""
        return shortened(self._tokenizer.encode(context + text).ids, LONGEST_PASSAGE)
