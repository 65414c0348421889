"""A whole draft held against a library: every quotation, and every figure that is cited."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from bot.verifying.cited import Pinpoint, Shelf, pinpoint, refers_back
from bot.verifying.draft import Draft
from bot.verifying.finding import Finding, Remark, Stretch, Verdict
from bot.verifying.ground import Search
from bot.verifying.judging import judge, missing
from bot.verifying.matching import Against, Match, Matcher, Placed
from bot.verifying.quotations import (
    CitedSentence,
    Quotation,
    cited_sentences,
    quotations,
)
from bot.verifying.wording import as_written, differences, put_in, quoted_parts
from corpus.english.figures import figures, stated
from corpus.english.folded import fold
from corpus.passage import Passage, Span
from corpus.storage.versions import Standing


@dataclass(slots=True)
class Verifier:
    """Holds quotations against a library."""

    search: Search
    shelf: Shelf
    _matcher: Matcher = field(init=False)
    _before: str = ""

    def __post_init__(self) -> None:
        self._matcher = Matcher(search=self.search)

    def draft(self, draft: Draft) -> list[Finding]:
        """What is found of a draft's quotations and cited figures, in the draft's order."""
        self._before = ""
        found = [
            *(self.quotation(one) for one in quotations(draft) if not self._is_title(one)),
            *self._figures(draft),
        ]
        return sorted(found, key=lambda finding: (finding.part.ordinal, finding.span.start))

    def quotation(self, quotation: Quotation) -> Finding:
        """What is found of one quotation."""
        citation, where = self._pointed(quotation.citation)
        reports = self._reports(citation, where)
        parts = quoted_parts(quotation.text)
        if not parts:
            return judge(quotation, None, where, reports)

        def against(placed: Sequence[Placed]) -> tuple[int, ...]:
            stretches = _stretches(placed)
            missed = missing(stretches, where, reports)
            not_cited = reports is not None and not any(
                one.standing.passage.report.id in reports for one in stretches
            )
            old = not all(one.standing.current for one in stretches)
            return int(not_cited), int(old), len(missed)

        match = self._as_written(quotation.text, reports or (), against)
        match = match or self._matcher.match(parts, reports or (), against)
        elsewhere = None
        if match and reports and not match.cost and against(match.placed)[0]:
            meant = self._matcher.nearly(parts, reports, against)
            match, elsewhere = (meant, match) if meant else (match, None)
        return judge(quotation, match, where, reports, elsewhere)

    def _as_written(self, text: str, reports: Collection[str], against: Against) -> Match | None:
        """Where a quotation's brackets and dots are the report's own, None where they are not."""
        if len(quoted_parts(text)) == 1 and not put_in(text):
            return None
        match = self._matcher.exact([as_written(text)], reports, against)
        if match is None:
            return None
        (one,) = match.placed
        span = one.ground.folded.span(one.alignment.first, one.alignment.last)
        return None if "punctuation" in differences(one.part, one.ground.text, span) else match

    def _pointed(self, citation: str) -> tuple[str, Pinpoint]:
        """A citation with the one that it refers back to, and where it points."""
        where = pinpoint(citation)
        if refers_back(citation):
            where = where or pinpoint(self._before)
            return self._before, where
        self._before = citation or self._before
        return citation, where

    def _reports(self, citation: str, where: Pinpoint) -> frozenset[str] | None:
        """The reports that a citation may mean; see Shelf.cited."""
        if where.ids:
            known = [one for passage_id in where.ids for one in self.search.with_id(passage_id)]
            return frozenset(one.passage.report.id for one in known) or None
        return self.shelf.cited(citation) if citation else None

    def _is_title(self, quotation: Quotation) -> bool:
        return fold(quotation.text).words in self.shelf.titles

    def _figures(self, draft: Draft) -> Iterator[Finding]:
        self._before = ""
        for sentence in cited_sentences(draft):
            finding = self._of_figures(sentence)
            if finding is not None:
                yield finding

    def _of_figures(self, sentence: CitedSentence) -> Finding | None:
        """What is found of a sentence's figures, None where its citation names no report here."""
        citation, where = self._pointed(sentence.citation)
        reports = self._reports(citation, where)
        wanted = stated(sentence.sentence)
        if not reports or not wanted:
            return None
        cited = self._cited(reports, where)
        there = {value for one in cited for value in figures(one.passage.text)}
        for report in {one.passage.report.id: one.passage for one in cited}.values():
            there |= _known_of(report)
        lacking = [shown for value, shown in wanted.items() if value not in there]
        remark = Remark(verdict=Verdict.FIGURES_STAND)
        if lacking:
            what = "none of them" if len(lacking) > 1 else "not"
            place = "on the cited place" if cited else "in the library, which lacks the cited place"
            remark = Remark(
                verdict=Verdict.FIGURE_NOT_THERE,
                words=f"{', '.join(lacking)} {what if not cited else 'not'} {place}",
            )
        return Finding(
            part=sentence.part,
            span=sentence.span,
            citation=sentence.citation,
            remarks=(remark,),
            places=tuple(_all_of(one) for one in cited[:1]),
        )

    def _cited(self, reports: frozenset[str], where: Pinpoint) -> list[Standing]:
        """The passages that a citation points to: of reports that may be meant."""
        if where.ids:
            return [one for passage_id in where.ids for one in self.search.with_id(passage_id)]
        return [
            one for one in self.search.of_reports(sorted(reports)) if not where.missed(one.passage)
        ]


def _known_of(passage: Passage) -> set[str]:
    """The years that a report covers and those of its title and publication."""
    report = passage.report
    years = {str(year) for year in report.period.years} if report.period else set()
    if report.published:
        years.add(str(report.published.year))
    return years | set(figures(report.title))


def _all_of(standing: Standing) -> Stretch:
    return Stretch(standing=standing, span=Span(start=0, stop=len(standing.passage.text)))


def _stretches(placed: Sequence[Placed]) -> list[Stretch]:
    return [
        stretch
        for one in placed
        for stretch in one.ground.stretches(one.alignment.first, one.alignment.last)
    ]
