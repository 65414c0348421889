"""What is said beside an answer: why it is none, and what of it the person did not type."""

from collections.abc import Sequence

from bot.answering.answer import Answer, NotCovered
from corpus.report import Kind, Report
from embeddings.judging.verdict import Unfitted


def reason(answer: Answer) -> str | None:
    """The sentence that says why it is not answered, where there is more than the verdict."""
    if answer.not_covered:
        return _lacking(answer.not_covered)
    if isinstance(answer.judged_by, Unfitted) and answer.hits:
        reader = answer.judged_by.reader
        return (
            f"No verdict is fitted to the model {answer.judged_by.encoder}"
            f"{f' with the {reader}' if reader else ''}; `pincite calibrate "
            "FILE... --model NAME` fits one to questions of your own."
        )
    return None


def notes(answer: Answer) -> list[str]:
    """What the person did not type: carried over, searched in, read as."""
    return [*assumed(answer), *changed(answer)]


def assumed(answer: Answer) -> list[str]:
    """What is said over an answer: carried over, searched in."""
    said = [f"carried over: {', '.join(answer.carried)}"] if answer.carried else []
    if not answer.scope.is_everything:
        said.append(f"searched: {answer.scope}")
    return said


def changed(answer: Answer) -> list[str]:
    """The words that were read as others, which is said under an answer."""
    return [f"read “{change.asked}” as “{change.read}”" for change in answer.changes]


def about_report(report: Report) -> str:
    """What a report states of itself: title, publisher, what it covers, dates, address."""
    digest = "Pincite’s digest of " if report.kind is Kind.DIGEST else ""
    facts = [
        f"{digest}{report.publisher or 'publisher not stated'}, “{report.title}”",
        f"covering {report.period}" if report.period else "period not stated",
        f"published {report.published}" if report.published else "publication date not stated",
        report.url,
    ]
    return ", ".join(fact for fact in facts if fact)


def _lacking(lacking: NotCovered) -> str:
    """The sentence that says which country or year of the question no report is about."""
    about = f"The question is about {_listed(lacking.asked)}; the reports here"
    if lacking.kind == "country":
        return f"{about} are about {_listed(lacking.covered)}."
    return f"{about} cover {_listed(lacking.covered) or 'other years'}."


def _listed(names: Sequence[str]) -> str:
    """Names in a sentence: a, b and c."""
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last
