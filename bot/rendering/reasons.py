"""What is said over and beside an answer: what it is, why it is none, what was not typed."""

from collections.abc import Sequence

from bot.answering.answer import Answer, NotCovered, Topic
from bot.rendering.refusing import corrections, does_not_say, listed
from bot.rendering.unread import unread
from corpus.report import Kind, Report
from embeddings.judging.verdict import Unfitted, Verdict

_OUTSIDE = "Not in these reports. That they do not say it does not mean that it did not happen."
_UNJUDGED = "Pincite cannot tell whether these reports answer this."
_PERHAPS = "This may be what you ask:"
_CLOSEST = "The closest:"


def lead(answer: Answer) -> str:
    """The sentence over an answer that is not sure, or none."""
    if answer.language:
        return unread(answer.language)
    if answer.topic is not None and answer.verdict is Verdict.PERHAPS:
        return _on_topic(answer.topic)
    if answer.verdict is Verdict.CLOSEST:
        return f"{does_not_say(answer) if answer.is_judged else _UNJUDGED} {_CLOSEST}"
    return _PERHAPS if answer.verdict is Verdict.PERHAPS else _OUTSIDE


def _on_topic(topic: Topic) -> str:
    """What is shown of a topic, said to be so."""
    if topic.is_summary:
        return f"A topic, not a question. From the report’s own summary, “{topic.section}”:"
    where = f"from the section “{topic.section}”" if topic.section else "the best passages"
    return f"A topic, not a question{f': {topic.name}' if topic.name else ''}. First {where}:"


def remarks(answer: Answer) -> str:
    """What of the question is not so, or why nothing can be told of it; empty where all is well."""
    if answer.not_covered:
        return _lacking(answer.not_covered)
    if isinstance(answer.judged_by, Unfitted) and answer.hits:
        reader = answer.judged_by.reader
        return (
            f"No verdict is fitted to the model {answer.judged_by.encoder}"
            f"{f' with the {reader}' if reader else ''}; `pincite calibrate "
            "FILE... --model NAME` fits one to questions of your own."
        )
    if answer.verdict in (Verdict.PERHAPS, Verdict.CLOSEST):
        return " ".join(corrections(answer.unmet))
    return ""


def reason(answer: Answer) -> str | None:
    """Why it is not answered, where there is more than the verdict."""
    is_missing = answer.verdict is Verdict.CLOSEST and answer.is_judged
    said = [does_not_say(answer) if is_missing else "", remarks(answer)]
    return " ".join(filter(None, said)) or None


def notes(answer: Answer) -> list[str]:
    """What the person did not type: carried over, searched in, read as."""
    return [*assumed(answer), *changed(answer)]


def assumed(answer: Answer) -> list[str]:
    """What is said over an answer: carried over, searched in."""
    said = [f"carried over: {', '.join(answer.carried)}"] if answer.carried else []
    if not answer.scope.is_everything:
        said.append(f"searched: {answer.scope}")
    return said


def left_unread(questions: Sequence[str]) -> str:
    """The sentence that names the questions of a line that were not answered."""
    return f"Three questions are answered at a time. Ask next: {' '.join(questions)}"


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
    about = f"The question is about {listed(lacking.asked)}; the reports here"
    if lacking.kind == "country":
        return f"{about} are about {listed(lacking.covered)}."
    return f"{about} cover {listed(lacking.covered) or 'other years'}."
