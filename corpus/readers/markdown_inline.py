"""What of a paragraph of Markdown is words and what is markup, by markdown-it's own rules.

markdown-it says what it read but not where it stood; this notes the place of everything that a
rule leaves as words. Whatever is not noted is markup.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, MutableMapping
from dataclasses import dataclass, replace
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import (
    StateInline,
    autolink,
    backtick,
    emphasis,
    entity,
    escape,
    html_inline,
    image,
    link,
    newline,
    strikethrough,
    text,
)
from markdown_it.token import Token

from corpus.passage import Span
from corpus.readers.extraction import LeftOut

# Longer labels are none: a bound keeps a row of open brackets from being read again and again.
NOTE = re.compile(r"\[\^([^\[\]\s]{1,100})\]")
_RAISED = re.compile(r"<(?P<tag>su[pb])>(?P<digits>[+\-\d]+)</(?P=tag)>", re.IGNORECASE)
# 10<sup>6</sup> without its tags would be another number.
_DIGITS = {
    "sup": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"),
    "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋"),
}
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_OPEN_COMMENT = "<!--"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A stretch of words; `instead` is what they say where they are written otherwise: `&amp;`."""

    span: Span
    instead: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A stretch that is neither words nor mere marks, and what it is."""

    span: Span
    what: LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The words of a paragraph in order, what is left out of it, and its references to notes, each
    with the note's label.
    """

    words: tuple[Words, ...]
    missed: tuple[Missed, ...] = ()
    marks: tuple[tuple[Span, str], ...] = ()

    def moved(self, shift: int) -> "Reading":
        """The same, further on."""
        return Reading(
            words=tuple(replace(found, span=found.span.moved(shift)) for found in self.words),
            missed=tuple(replace(found, span=found.span.moved(shift)) for found in self.missed),
            marks=tuple((span.moved(shift), label) for span, label in self.marks),
        )


class InlineReader(ParserInline):
    """markdown-it's reader of paragraphs, which notes where the words stand."""

    def __init__(self) -> None:
        super().__init__()
        self._notes: Collection[str] = ()
        self._words: list[Words] = []
        self._missed: list[Missed] = []
        self._marks: list[tuple[Span, str]] = []
        # Each delimiter of emphasis, which may turn out to be none.
        self._delimiters: list[tuple[Token, Span]] = []
        self._last = Reading(words=())

    def read(
        self,
        content: str,
        md: MarkdownIt,
        references: MutableMapping[str, Any],
        notes: Collection[str],
    ) -> Reading:
        """The words of a paragraph; `notes` are the labels of the notes that the report has."""
        self._notes = notes
        self.parse(content, md, references, [])
        return self._last

    def parse(
        self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]
    ) -> list[Token]:
        """As markdown-it does; called by it for what stands in the brackets of a picture."""
        outer = self._words, self._missed, self._delimiters, self._marks
        self._words, self._missed, self._delimiters, self._marks = [], [], [], []
        found = super().parse(src, md, env, tokens)
        self._last = self._reading()
        self._words, self._missed, self._delimiters, self._marks = outer
        return found

    def tokenize(self, state: StateInline) -> None:
        """As markdown-it does, noting what each rule leaves as words."""
        rules, end = self.ruler.getRules(""), state.posMax
        nesting = state.md.options["maxNesting"]
        while state.pos < end:
            start, before = state.pos, len(state.tokens)
            found = rules if state.level < nesting else ()
            rule = next((rule for rule in found if rule(state, False)), None)
            if rule is not None:
                self._note_words(rule, state, start, grew=len(state.tokens) > before)
            elif state.src.startswith(_OPEN_COMMENT, start):
                state.pos += len(_OPEN_COMMENT)
                self._miss(start, state.pos, LeftOut.OPEN_COMMENT)
            else:
                state.append_pending(state.src[start])
                state.pos += 1
                self._show(start, state.pos)
        if state.pending:
            state.pushPending()

    def note(self, state: StateInline, silent: bool) -> bool:  # noqa: ARG002  the parser's
        """The rule for a reference to a note that the report has."""
        match = NOTE.match(state.src, state.pos, state.posMax)
        if match is None or match[1].casefold() not in self._notes:
            return False
        state.pos = match.end()
        self._marks.append((Span(start=match.start(), stop=match.end()), match[1]))
        return True

    def _note_words(self, rule: object, state: StateInline, start: int, *, grew: bool) -> None:
        stop, last = state.pos, state.tokens[-1] if state.tokens else None
        if rule in (text, newline):
            self._show(start, stop)
        elif rule is autolink:
            self._show(start + 1, stop - 1)
        elif rule is escape:
            kept = grew and last is not None and last.content == last.markup != ""
            self._show(start if kept else start + 1, stop)
        elif rule is backtick:
            fence = len(last.markup) if grew and last else 0
            self._show(start + fence, stop - fence)
        elif rule is entity and last is not None:
            self._show(start, stop, last.content)
        elif rule in (emphasis.tokenize, strikethrough.tokenize):
            self._keep_delimiters(state, start)
        elif rule is html_inline:
            self._tag(state, start)
        elif rule is image:
            label = len(last.content) if last else 0
            self._miss(start + len("![") + label, stop, LeftOut.PICTURE)
            self._words += self._last.moved(start + len("![")).words
        elif rule is link and state.src[stop - 1] == ")":
            label = self._words[-1].span.stop if self._words else start
            self._miss(max(label, start), stop, LeftOut.ADDRESS)

    def _keep_delimiters(self, state: StateInline, start: int) -> None:
        stop = state.pos
        for token in reversed(state.tokens):
            if stop <= start:
                break
            span = Span(start=stop - len(token.content), stop=stop)
            self._delimiters.append((token, span))
            stop = span.start

    def _tag(self, state: StateInline, start: int) -> None:
        raised = _RAISED.match(state.src, start, state.posMax)
        if raised:
            state.pos = raised.end()
            digits = raised["digits"].translate(_DIGITS[raised["tag"].lower()])
            self._show(start, state.pos, digits)
        elif _BREAK.match(state.src, start):
            self._show(start, state.pos, "\n")
        else:
            comment = state.src.startswith(_OPEN_COMMENT, start)
            self._miss(start, state.pos, LeftOut.COMMENT if comment else LeftOut.TAG)

    def _show(self, start: int, stop: int, instead: str | None = None) -> None:
        if start < stop:
            self._words.append(Words(span=Span(start=start, stop=stop), instead=instead))

    def _miss(self, start: int, stop: int, what: LeftOut) -> None:
        self._missed.append(Missed(span=Span(start=start, stop=stop), what=what))

    def _reading(self) -> Reading:
        delimiters = sorted(self._delimiters, key=lambda found: found[1].start)
        for token, span in delimiters:
            if token.type == "text" and token.content:
                self._show(span.start, span.stop)
        struck = [Missed(span=span, what=LeftOut.STRUCK) for span in _struck(delimiters)]
        words = sorted(self._words, key=lambda found: found.span.start)
        starts = [found.span.start for found in struck]
        kept = tuple(
            found
            for found in words
            if not (before := bisect_right(starts, found.span.start))
            or struck[before - 1].span.stop <= found.span.start
        )
        return Reading(words=kept, missed=(*self._missed, *struck), marks=tuple(self._marks))


def _struck(delimiters: Iterable[tuple[Token, Span]]) -> Iterable[Span]:
    """The outermost stretches that are struck out, marks included."""
    depth, start = 0, 0
    for token, span in delimiters:
        if token.type == "s_open":
            start = start if depth else span.start
            depth += 1
        elif token.type == "s_close" and depth:
            depth -= 1
            if not depth:
                yield Span(start=start, stop=span.stop)
