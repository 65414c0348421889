"""What is found of a quotation or a cited sentence of a draft."""

import enum
from dataclasses import dataclass, replace

from bot.verifying.draft import Part
from corpus.passage import Passage, Span
from corpus.quoted import Quoted
from corpus.storage.versions import Standing


class Verdict(enum.StrEnum):
    """What can be said of a quotation, the gravest first; figures are of sentences that cite."""

    NOT_IN_LIBRARY = "not in the library"
    ALTERED = "altered"
    SPLICED = "spliced"
    OLDER_VERSION = "an older version's words"
    WRONG_PLACE = "wrong place"
    WRONG_SPEAKER = "wrong speaker"
    FIGURE_NOT_THERE = "figure not there"
    ELLIPSIS_HIDES = "ellipsis hides"
    STARTS_LATE = "starts late"
    STOPS_EARLY = "stops early"
    EXACT_BUT_FOR = "exact but for"
    EXACT = "exact"
    FIGURES_STAND = "figures stand"


# The words stand in the report, and something about them is to be looked at.
WARNINGS = frozenset({Verdict.ELLIPSIS_HIDES, Verdict.STARTS_LATE, Verdict.STOPS_EARLY})
SOUND = frozenset({Verdict.EXACT, Verdict.FIGURES_STAND})


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing that is found, in words that go after the verdict."""

    verdict: Verdict
    words: str = ""

    def __str__(self) -> str:
        """The verdict and what there is to say."""
        joint = " " if self.verdict is Verdict.EXACT_BUT_FOR else ": "
        return f"{self.verdict}{joint}{self.words}" if self.words else str(self.verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words of a passage, by where they stand in its text."""

    standing: Standing
    span: Span

    @property
    def passage(self) -> Passage:
        """The passage, these words quoted from it."""
        return replace(self.standing.passage, quoted=self.span)

    @property
    def words(self) -> str:
        """The words as the report has them."""
        return Quoted(text=self.standing.passage.text, span=self.span).quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A quotation, or a sentence that cites, with what is found of it.

    `remarks` begin with the gravest. `places` are where the words stand, or the nearest that there
    is; empty where nothing is near.
    """

    part: Part
    span: Span
    citation: str
    remarks: tuple[Remark, ...]
    places: tuple[Stretch, ...]

    @property
    def verdict(self) -> Verdict:
        """The gravest thing that is found."""
        return self.remarks[0].verdict

    @property
    def text(self) -> str:
        """The quotation or the sentence as the draft has it."""
        return self.part.text[self.span.start : self.span.stop]

    @property
    def is_sound(self) -> bool:
        """Whether nothing needs to be looked at."""
        return self.verdict in SOUND


def in_order(remarks: list[Remark]) -> tuple[Remark, ...]:
    """Remarks, the gravest first; that all is exact goes without saying where it is not."""
    order = list(Verdict)
    return tuple(sorted(remarks, key=lambda remark: order.index(remark.verdict)))
