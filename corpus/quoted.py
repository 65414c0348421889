"""A text and the stretch of it that is quoted: the one place where a quotation is cut."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from corpus.passage import Span

_Medium = TypeVar("_Medium")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A text and the stretch of it that is quoted; words that are not the text's cannot be.

    Raises ValueError where the span leaves the text.
    """

    text: str
    span: Span

    def __post_init__(self) -> None:
        if self.span.stop > len(self.text):
            raise ValueError(
                f"a quotation lies within its text of {len(self.text)} characters, "
                f"not at {self.span.start}:{self.span.stop}"
            )

    @property
    def before(self) -> str:
        """The text up to the quotation; empty where that comes first."""
        return self.text[: self.span.start]

    @property
    def quotation(self) -> str:
        """The words that are quoted."""
        return self.text[self.span.start : self.span.stop]

    @property
    def after(self) -> str:
        """The text from the end of the quotation; empty where that comes last."""
        return self.text[self.span.stop :]

    def rendered(
        self, around: Callable[[str], _Medium], quoted: Callable[[str], _Medium]
    ) -> tuple[_Medium, _Medium, _Medium]:
        """The whole text in three parts of any medium, its quotation between what is around it."""
        return around(self.before), quoted(self.quotation), around(self.after)
