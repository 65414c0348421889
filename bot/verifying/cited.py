"""What a citation says: which report, and where in it."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.verifying.quotations import quoted_spans
from corpus.citing.folded import fold
from corpus.names.mentions import mentions
from corpus.passage import Passage, Span
from corpus.report import Report

_NUMBERS = r"(?P<{0}>[\dA-Za-z]+(?:\.\d+)*(?:(?:\s*[-–,&]\s*|\s+(?:and|to)\s+)\d+(?:\.\d+)*)*)"
_PARAGRAPH = re.compile(
    r"(?:\bparagraphs?|\bparas?\b\.?|¶+)\s*" + _NUMBERS.format("numbers") + r"|\[(?P<oscola>\d+(?:\.\d+)*)\]",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"\b(?:pages?|pp?\.?)\s*"
    r"(?P<numbers>(?:\d+|[ivxlc]+)\b(?:(?:\s*[-–,&]\s*|\s+(?:and|to)\s+)\d+)*)",
    re.IGNORECASE,
)
_SHEET = re.compile(r"\bsheets?\s*(?P<numbers>\d+(?:\s*[-–]\s*\d+)?)", re.IGNORECASE)
_LABEL = re.compile(r"\b(?:note \w+|Table \w+, row \d+)\b", re.IGNORECASE)
_SECTION = re.compile(r"\bsections?\s*$")
_RANGE = re.compile(r"(?P<first>[\w.]+)(?:\s*[-–]\s*|\s+to\s+)(?P<last>[\w.]+)|(?P<one>[\w.]+)")
_ACCESSED = re.compile(
    r"(?:last )?(?:accessed|visited|retrieved|consulted)(?: on)?:? "
    r"(?:\d{1,2} \w+ \d{4}|\w+ \d{1,2},? \d{4}|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4})",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d/-])(?:19|20)\d\d(?!\d)")
_ADDRESS = re.compile(r"https?://[^\s<>)\]]+[^\s<>)\].,;]")
_SYMBOL = re.compile(r"\b[A-Z]+(?:/[A-Z0-9.]+){2,}\b")
_ID = re.compile(r"\b[0-9a-f]{16}\b")
_AGAIN = re.compile(r"\s*[(—–-]*\s*(?:ibid|id\.|ibidem)\b", re.IGNORECASE)
_SMALL = {"of", "the", "for", "and", "on", "in", "de", "la", "du", "des", "a"}
_TITLE_NAMES = 3
# What each thing that a citation says is worth for and against a report: an address or a symbol
# decides alone, a title nearly so, publisher, country and year together.
_DECIDES, _TITLED, _AGREES, _PARTLY, _DISAGREES = 8.0, 6.0, 2.0, 1.0, -4.0
# Publisher and country, publisher and year, or a title.
_ENOUGH = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinpoint:
    """Where in a report a citation points; each empty where it says nothing of it."""

    paragraphs: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.paragraphs, self.pages, self.sheets, self.sections, self.labels, self.ids))

    def missed(self, passage: Passage, quoted: Span | None = None) -> list[str]:
        """What of it a stretch of a passage does not meet, in the citation's words."""
        missed = []
        if self.ids and passage.id not in self.ids:
            missed.append(f"passage {', '.join(self.ids)}")
        sections = f" {' '.join(fold(' – '.join(passage.section)).words)} "
        missed += [
            f"section “{section}”"
            for section in self.sections
            if f" {' '.join(fold(section).words)} " not in sections
        ]
        if self.labels and passage.label is not None:
            if passage.label.casefold() not in self.labels:
                missed.append(", ".join(self.labels))
        elif self.paragraphs and not passage.press:
            own = passage.printed_number or str(passage.number)
            if own not in self.paragraphs:
                missed.append(f"para. {', '.join(self.paragraphs)}")
        pages = passage.standing(quoted)
        if self.pages and pages:
            printed = {(page.printed or str(page.sheet)).casefold() for page in pages}
            if not printed & set(self.pages):
                missed.append(f"p. {', '.join(self.pages)}")
        if self.sheets and pages and not {str(page.sheet) for page in pages} & set(self.sheets):
            missed.append(f"sheet {', '.join(self.sheets)}")
        return missed


def pinpoint(citation: str) -> Pinpoint:
    """Where a citation points."""
    text = _ACCESSED.sub("", _ADDRESS.sub("", citation))
    paragraphs, pages = [], []
    for match in _PARAGRAPH.finditer(text):
        paragraphs += _listed(match["numbers"] or match["oscola"])
    for match in _PAGE.finditer(text):
        pages += _listed(match["numbers"])
    return Pinpoint(
        paragraphs=tuple(number for number in paragraphs if number[0].isdigit()),
        pages=tuple(pages),
        sheets=tuple(n for match in _SHEET.finditer(text) for n in _listed(match["numbers"])),
        sections=tuple(
            text[span.start : span.stop].strip()
            for span in quoted_spans(text)
            if _SECTION.search(text[: span.start - 1])
        ),
        labels=tuple(match[0].casefold() for match in _LABEL.finditer(text)),
        ids=tuple(_ID.findall(text)),
    )


def refers_back(citation: str) -> bool:
    """Whether a citation says that it cites what the one before it does."""
    return _AGAIN.match(citation) is not None


def _listed(numbers: str) -> list[str]:
    """The numbers of "12", "12-14", "3, 5 and 7", small letters, ranges spelt out."""
    found: list[str] = []
    for match in _RANGE.finditer(numbers.casefold()):
        first, last = match["first"], match["last"]
        if first and first.isdigit() and last.isdigit():
            whole = last if len(last) >= len(first) else first[: -len(last)] + last
            found += [str(n) for n in range(int(first), min(int(whole), int(first) + 100) + 1)]
        else:
            found += [one for one in (match["one"], first, last) if one and one not in ("and", "to")]
    return found


class Shelf:
    """The reports of a library, by what citations call them."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self._known = [_Known(report) for report in reports]

    def cited(self, citation: str) -> frozenset[str] | None:
        """The ids of the reports that a citation may mean.

        Empty where it names what the library does not have of a publisher that it has; None where
        it does not say which report it means.
        """
        said = _Said(citation)
        scores = [(known.score(said), known) for known in self._known]
        best = max((score for score, _ in scores), default=0.0)
        if best >= _ENOUGH:
            return frozenset(known.report.id for score, known in scores if score > best - 0.5)
        named = any(known.named(said) >= _AGREES for known in self._known)
        return frozenset() if named and said.years and said.countries else None

    @cached_property
    def titles(self) -> frozenset[tuple[str, ...]]:
        """The words of every report's title."""
        return frozenset(known.title for known in self._known)


class _Said:
    """What a citation says of a report."""

    def __init__(self, citation: str) -> None:
        self.text = citation
        plain = _ACCESSED.sub("", citation)
        self.addresses = _ADDRESS.findall(plain)
        self.symbols = _SYMBOL.findall(plain)
        plain = _ADDRESS.sub("", plain)
        self.words = fold(plain).words
        self.spoken = f" {' '.join(self.words)} "
        self.years = {int(year) for year in _YEAR.findall(plain)}
        self.plain = plain
        self._countries: dict[str, frozenset[str]] = {}

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries that it names."""
        return frozenset(mentions(self.plain).countries)


class _Known:
    """A report, and the words that may name it."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.title = fold(report.title).words
        self._spoken_title = f" {' '.join(self.title)} "
        self.publisher = fold(report.publisher or "").words
        self._names = {word for word in self.publisher if word not in _SMALL}
        self._short = _acronyms(report.publisher or "")
        self._of_publisher = frozenset(mentions(report.publisher or "").countries)
        own = mentions(report.country or "").countries
        self._country = own[0] if own else report.country
        self._identifying = " ".join(filter(None, [report.title, report.url, report.id])).upper()

    def score(self, said: _Said) -> float:
        """How well a citation fits the report."""
        total = self.named(said) + self._titled(said) + self._placed(said) + self._dated(said)
        if said.addresses:
            same = self.report.url is not None and self.report.url in said.addresses
            total += _DECIDES if same else 0
        if said.symbols:
            is_there = any(symbol in self._identifying for symbol in said.symbols)
            total += _DECIDES if is_there else _DISAGREES
        if f" {self.report.id} " in f" {said.text} ":
            total += _DECIDES
        return total

    def named(self, said: _Said) -> float:
        """Whether the publisher is named: in full or by initials, or in part."""
        if not self.publisher:
            return 0
        spoken = set(said.words)
        if f" {' '.join(self.publisher)} " in said.spoken or self._short & spoken:
            return _AGREES
        shared = len(self._names & spoken) / len(self._names or {""})
        return _AGREES if shared >= 0.5 and len(self._names) > 1 else 0

    def _titled(self, said: _Said) -> float:
        if len(self.title) > 1 and self._spoken_title in said.spoken:
            return _TITLED + len(self.title) / 100
        rare = {word for word in self.title if word not in _SMALL}
        shared = len(rare & set(said.words)) / len(rare or {""})
        return _TITLE_NAMES * shared if shared >= 0.6 else shared

    def _placed(self, said: _Said) -> float:
        if self._country is None:
            return 0
        others = said.countries - self._of_publisher
        if self._country in said.countries:
            return _AGREES
        return _DISAGREES if others else 0

    def _dated(self, said: _Said) -> float:
        period, published = self.report.period, self.report.published
        if not said.years or (period is None and published is None):
            return 0
        if period is not None and said.years & set(period.years):
            return _AGREES
        if published is not None and published.year in said.years:
            return _PARTLY
        return _DISAGREES


def _acronyms(publisher: str) -> frozenset[str]:
    """The initials of a name as it is shortened: HRW, USDOS, USDS, and those of its beginning."""
    words = re.findall(r"[^\W\d_]+", publisher)
    large = [word for word in words if word.casefold() not in _SMALL]
    whole = {"".join(word[0] for word in some).casefold() for some in (words, large)}
    return frozenset(name for name in whole if len(name) > 1)


def named_by(publisher: str) -> Collection[str]:
    """The words and the initials that a publisher is called by."""
    words = [word for word in fold(publisher).words if word not in _SMALL]
    initials = [word[0] for word in words]
    parts = {"".join(initials[:stop]) for stop in range(2, len(initials) + 1)}
    return {*words, *parts, *_acronyms(publisher)}


def is_title(words: Sequence[str], shelf: Shelf) -> bool:
    """Whether quoted words are the title of a report of the library."""
    return tuple(words) in shelf.titles
