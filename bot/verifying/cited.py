"""What a citation says: which report, and where in it."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from bot.verifying.quotations import quoted_spans
from corpus.english.folded import fold
from corpus.names.mentions import mentions
from corpus.passage import Passage
from corpus.report import Report

_NUMBERS = r"(?P<{0}>[\dA-Za-z]+(?:\.\d+)*(?:(?:\s*[-–,&]\s*|\s+(?:and|to)\s+)\d+(?:\.\d+)*)*)"
_PARAGRAPH = re.compile(
    r"(?:\bparagraphs?|\bparas?\b\.?|¶+)\s*"
    + _NUMBERS.format("numbers")
    + r"|\[(?P<oscola>\d+(?:\.\d+)*)\]",
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
_TITLE_NAMES, _MOST_OF_A_TITLE = 3.0, 0.6
# What each thing that a citation says is worth for and against a report: an address or a symbol
# decides alone, a title nearly so, publisher, country and year together.
_DECIDES, _TITLED, _AGREES, _PARTLY, _DISAGREES = 8.0, 6.0, 2.0, 1.0, -4.0
# Publisher and country, publisher and year, or a title.
_ENOUGH = 3.0
# Reports that fit so nearly alike may both be meant.
_EQUAL = 0.5


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

    def missed(self, passage: Passage) -> list[str]:
        """What of it what is quoted from a passage does not meet, in the citation's words."""
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
        pages = passage.cited_pages
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
        if first and re.fullmatch(r"\d{1,9}", first) and re.fullmatch(r"\d{1,9}", last):
            whole = last if len(last) >= len(first) else first[: -len(last)] + last
            found += [str(n) for n in range(int(first), min(int(whole), int(first) + 100) + 1)]
        else:
            found += [
                one for one in (match["one"], first, last) if one and one not in ("and", "to")
            ]
    return found


class Shelf:
    """The reports of a library, by what citations call them."""

    def __init__(self, reports: Iterable[Report]) -> None:
        publishers: dict[str, _Publisher] = {}
        self._known: list[_Known] = []
        for report in reports:
            name = report.publisher or ""
            publisher = publishers.setdefault(name, _Publisher(name))
            self._known.append(_Known(report, publisher))
        self._publishers = tuple(publishers.values())
        self._cited: dict[str, frozenset[str] | None] = {}

    def cited(self, citation: str) -> frozenset[str] | None:
        """The ids of the reports that a citation may mean.

        Empty where it names what the library does not have of a publisher that it has; None where
        it does not say which report it means.
        """
        if citation not in self._cited:
            self._cited[citation] = self._found(_Said(citation, self._publishers))
        return self._cited[citation]

    def _found(self, said: "_Said") -> frozenset[str] | None:
        scores = [(known.score(said), known) for known in self._known]
        best = max((score for score, _ in scores), default=0.0)
        if best >= _ENOUGH:
            return frozenset(known.report.id for score, known in scores if score > best - _EQUAL)
        named = any(worth >= _AGREES for worth in said.named.values())
        placed = said.countries or any(known.placed(said) > 0 for known in self._known)
        return frozenset() if named and said.years and placed else None

    @cached_property
    def titles(self) -> frozenset[tuple[str, ...]]:
        """The words of every report's title."""
        return frozenset(known.title for known in self._known)


class _Publisher:
    """A publisher, and what it is called."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.countries = frozenset(mentions(name).countries)
        self._words = fold(name).words
        self._large = {word for word in self._words if word not in _SMALL}
        self._short = _acronyms(name)

    def named(self, words: frozenset[str], spoken: str) -> float:
        """What a citation is worth that has these words: it names it in full, by initials, or not.

        Half of a name is enough where it has several words: "US Department of State".
        """
        if not self._words:
            return 0
        if f" {' '.join(self._words)} " in spoken or self._short & words:
            return _AGREES
        half = 2 * len(self._large & words) >= len(self._large) > 1
        return _AGREES if half else 0


class _Said:
    """What a citation says of a report."""

    def __init__(self, citation: str, publishers: Iterable[_Publisher]) -> None:
        self.text = f" {citation} "
        plain = _ACCESSED.sub("", citation)
        self.addresses = _ADDRESS.findall(plain)
        self.symbols = _SYMBOL.findall(plain)
        plain = _ADDRESS.sub("", plain)
        words = fold(plain).words
        self.words = frozenset(words)
        self.spoken = f" {' '.join(words)} "
        self.years = frozenset(int(year) for year in _YEAR.findall(plain))
        self.countries = frozenset(mentions(plain).countries)
        self.named = {one.name: one.named(self.words, self.spoken) for one in publishers}


class _Known:
    """A report, and the words that may name it."""

    def __init__(self, report: Report, publisher: _Publisher) -> None:
        self.report = report
        self.title = fold(report.title).words
        self._publisher = publisher
        self._spoken_title = f" {' '.join(self.title)} "
        self._large = frozenset(word for word in self.title if word not in _SMALL)
        self._covered = frozenset(report.period.years if report.period else ())
        own = mentions(report.country or "").countries
        self._country = own[0] if own else report.country
        self._spoken_country = f" {' '.join(fold(report.country or '').words)} "
        self._identifying = " ".join(filter(None, [report.title, report.url, report.id])).upper()

    def score(self, said: _Said) -> float:
        """How well a citation fits the report."""
        total = said.named[self._publisher.name] + self._titled(said) + self.placed(said)
        total += self._dated(said)
        if said.addresses and self.report.url in said.addresses:
            total += _DECIDES
        if said.symbols:
            is_there = any(symbol in self._identifying for symbol in said.symbols)
            total += _DECIDES if is_there else _DISAGREES
        if f" {self.report.id} " in said.text:
            total += _DECIDES
        return total

    def _titled(self, said: _Said) -> float:
        shared = len(self._large & said.words) / len(self._large or {""})
        if shared == 1 and len(self.title) > 1 and self._spoken_title in said.spoken:
            # Of two titles that are there the longer is meant.
            return _TITLED + len(self.title) / 100
        return _TITLE_NAMES * shared if shared >= _MOST_OF_A_TITLE else shared

    def placed(self, said: _Said) -> float:
        """Whether the country is named, or only others are."""
        if self._country is None:
            return 0
        if self._country in said.countries or self._spoken_country in said.spoken:
            return _AGREES
        return _DISAGREES if said.countries - self._publisher.countries else 0

    def _dated(self, said: _Said) -> float:
        published = self.report.published
        if not said.years or not (self._covered or published):
            return 0
        if self._covered & said.years:
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
