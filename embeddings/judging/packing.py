"""A passage and questions about it as the one sequence that the reader reads.

The passage stands alone: its words attend to each other only, so what the reader makes of it does
not depend on what is asked. A question's words attend to the passage and to themselves. So one
sequence holds a passage with any number of questions, and each is read as if it were alone; in
training that reads ten questions for the price of three. Attention from one side only is what
prefix language models do (Raffel et al. 2020, arXiv:1910.10683, figure 4, right).
"""

from collections.abc import Sequence
from dataclasses import dataclass

# Both segments are given as their tokens with the tokenizer's own marks at both ends. Longer ones
# are cut: of the sheets' questions 0.3 % are longer, of their passages none.
LONGEST_QUESTION = 40
LONGEST_PASSAGE = 176
# The vocabulary's mark of padding is 1, and positions are counted from the number after it.
PADDING = 1
QUESTION_START = 2
# A passage stands behind the place that questions have, wherever the question ends.
PASSAGE_START = 34
# Of the headings' path the reader is given the innermost, and of that so many words.
WORDS_OF_HEADING = 12

PASSAGE_SEGMENT = 0
PADDING_SEGMENT = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A sequence of tokens, their positions and their segments, all of one length.

    A segment is 0 for the passage and 1, 2 ... for its questions, in their order.
    """

    tokens: tuple[int, ...]
    positions: tuple[int, ...]
    segments: tuple[int, ...]


def context(country: str | None, period: str | None, section: Sequence[str]) -> str:
    """What is put before a passage's text: what it is about, where and when."""
    about = ", ".join(part for part in (country, period) if part)
    heading = " ".join(section[-1].split()[:WORDS_OF_HEADING]) if section else ""
    return "".join(f"{part}. " for part in (about, heading) if part)


def shortened(tokens: Sequence[int], longest: int) -> list[int]:
    """The tokens, cut in the middle of nothing: the end's mark is kept."""
    return [*tokens] if len(tokens) <= longest else [*tokens[: longest - 1], tokens[-1]]


def pack(passage: Sequence[int], questions: Sequence[Sequence[int]]) -> Packed:
    """The questions, then the passage that they are asked of."""
    tokens: list[int] = []
    positions: list[int] = []
    segments: list[int] = []
    for number, question in enumerate(questions, 1):
        kept = shortened(question, LONGEST_QUESTION)
        tokens += kept
        positions += range(QUESTION_START, QUESTION_START + len(kept))
        segments += [number] * len(kept)
    kept = shortened(passage, LONGEST_PASSAGE)
    return Packed(
        tokens=tuple(tokens + kept),
        positions=tuple(positions) + tuple(range(PASSAGE_START, PASSAGE_START + len(kept))),
        segments=tuple(segments) + (PASSAGE_SEGMENT,) * len(kept),
    )
