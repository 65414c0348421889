"""A case and a library to a schedule: which passages are extracted, what each leaves out."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.answering.answer import Answer
from bot.scheduling.issues import Case, Issue
from corpus.passage import Passage
from corpus.report import Report
from corpus.scope import Scope
from embeddings.hit import Hit
from embeddings.judging.verdict import Verdict

# Each of the two searches looks up as many for any question.
_LOOKED_THROUGH = 25


class Source(Protocol):
    """What a schedule is made from."""

    def ask(self, question: str, *, k: int, scope: Scope) -> Answer:
        """The answer to a question."""
        ...

    def passage(self, passage_id: str) -> Passage:
        """A passage by its permanent id; raises NotInLibrary."""
        ...

    def report_passages(self, report_id: str) -> Sequence[Passage]:
        """The passages of a report's current version in order; raises NotInLibrary."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What an extract leaves out of its section on one side: how many passages, of how many words.

    Both are 0 where the section begins or ends with the extract.
    """

    passages: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """A passage as the schedule shows it, whole; `number` counts those of the schedule from 1.

    `says` are the words that say who says so, where the passage tells what answers. `before` and
    `after` are None of a passage that the report's current version does not have. `is_sure` is
    false where it may answer and was not chosen by a person.
    """

    number: int
    passage: Passage
    says: tuple[str, ...] = ()
    before: LeftOut | None = None
    after: LeftOut | None = None
    is_sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An issue with its extracts, those that an earlier issue shows by number, and what nothing
    answers.
    """

    issue: Issue
    extracts: tuple[Extract, ...]
    shown_before: tuple[int, ...]
    unanswered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What was searched, and when: a library, and how many of its passages the case is about."""

    day: datetime.date
    reports: int
    passages: int
    in_scope: int
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The schedule of a case."""

    case: Case
    searched: Searched
    found: tuple[Found, ...]

    @property
    def extracts(self) -> list[Extract]:
        """All extracts in order."""
        return [extract for found in self.found for extract in found.extracts]

    @property
    def sources(self) -> list[Report]:
        """The reports that are extracted, each once, by author or publisher and title."""
        reports = {extract.passage.report: None for extract in self.extracts}
        return sorted(reports, key=lambda one: (body(one) or "", one.title, one.id))

    def behind(self, found: Found) -> list[str]:
        """The publishers that stand behind an issue, each once however many reports it has there.

        A digest stands for whom it digests; a report whose publisher is not stated for nobody.
        """
        shown = [*found.extracts, *(e for e in self.extracts if e.number in found.shown_before)]
        names = [body(extract.passage.report) for extract in shown]
        return list({name.casefold(): name for name in names if name}.values())


def body(report: Report) -> str | None:
    """Whose report it is: its author where that is not its publisher."""
    return report.author or report.publisher


def make_schedule(case: Case, source: Source, searched: Searched, *, k: int) -> Schedule:
    """Find the extracts of a case, at most k for each question, from different publishers.

    Raises what `Source` raises.
    """
    numbers: dict[str, int] = {}
    found = [_found(issue, case, source, numbers, k) for issue in case.issues]
    return Schedule(case=case, searched=searched, found=tuple(found))


def _found(issue: Issue, case: Case, source: Source, numbers: dict[str, int], k: int) -> Found:
    """What there is on an issue; `numbers` are those of the extracts so far, by passage."""
    extracts, shown_before, unanswered = [], [], []
    chosen: list[tuple[Passage, Hit | None, bool]] = [
        (source.passage(name), None, True) for name in issue.passages
    ]
    for question in issue.questions:
        hits = list(_answering(question, case.scope, source, k))
        chosen += [(hit.passage, hit, sure) for hit, sure in hits]
        if not hits:
            unanswered.append(question)
    here: set[str] = set()
    for passage, hit, sure in chosen:
        if passage.id in here:
            continue
        here.add(passage.id)
        if passage.id in numbers:
            shown_before.append(numbers[passage.id])
            continue
        numbers[passage.id] = len(numbers) + 1
        extracts.append(_extract(numbers[passage.id], passage, hit, source, is_sure=sure))
    return Found(
        issue=issue,
        extracts=tuple(extracts),
        shown_before=tuple(shown_before),
        unanswered=tuple(unanswered),
    )


def _answering(question: str, scope: Scope, source: Source, k: int) -> Iterator[tuple[Hit, bool]]:
    """The passage that answers best, then the best of other publishers, each judged by itself."""
    answer = source.ask(question, k=_LOOKED_THROUGH, scope=scope)
    if answer.verdict not in (Verdict.ANSWERED, Verdict.PERHAPS):
        return
    first, *others = answer.hits
    yield first, answer.verdict is Verdict.ANSWERED
    asked = {body(first.passage.report)}
    given = 1
    for hit in others:
        report = hit.passage.report
        if given == k:
            return
        if body(report) in asked:
            continue
        asked.add(body(report))
        within = Scope(report=report.id, country=scope.country, year=scope.year)
        alone = source.ask(question, k=1, scope=within)
        if alone.verdict is Verdict.ANSWERED:
            given += 1
            yield alone.hits[0], True


def _extract(
    number: int, passage: Passage, hit: Hit | None, source: Source, *, is_sure: bool
) -> Extract:
    report = source.report_passages(passage.report.id)
    section = [other for other in report if other.section == passage.section]
    places = [place for place, other in enumerate(section) if other.id == passage.id]
    before = after = None
    if places:
        before, after = _left_out(section[: places[0]]), _left_out(section[places[0] + 1 :])
    return Extract(
        number=number,
        passage=replace(passage, quoted=None),
        says=hit.tags if hit else (),
        before=before,
        after=after,
        is_sure=is_sure,
    )


def _left_out(passages: Sequence[Passage]) -> LeftOut:
    return LeftOut(
        passages=len(passages), words=sum(len(passage.text.split()) for passage in passages)
    )
