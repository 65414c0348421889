"""A conversation as a Markdown file: questions, quotations word for word, citations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answering.answer import Answer
from bot.conversation.reply import Citations, Further, Neighbouring, Notice, Reply
from bot.rendering.markdown import escaped
from bot.rendering.reasons import lead, notes, remarks
from corpus.citing.citations import cite
from corpus.passage import Passage
from corpus.quoted import Quoted
from embeddings.judging.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A line that a person typed, and the reply."""

    line: str
    reply: Reply


def markdown(turns: Sequence[Turn]) -> str:
    """The whole file."""
    lines = [
        "# A conversation with Pincite",
        "",
        "Every quotation is word for word from the report that is cited under it.",
    ]
    for turn in turns:
        if isinstance(turn.reply, Notice):  # quotes nothing
            continue
        lines += ["", f"## {escaped(turn.line)}", "", *_reply(turn.reply)]
    return "\n".join(lines) + "\n"


def _reply(reply: Reply) -> Iterator[str]:
    match reply:
        case Answer():
            yield from _answer(reply)
        case Further(hits=hits):
            for hit in hits:
                yield from _quotation(hit.passage, hit.quoted)
        case Neighbouring(passage=passage):
            yield from _quotation(passage)
        case Citations(passages=passages):
            yield from (f"- {escaped(cite(passage))}" for passage in passages)
        case _:  # a notice quotes nothing
            pass


def _answer(answer: Answer) -> Iterator[str]:
    for said in notes(answer):
        yield from (f"*{escaped(said)}*", "")
    if answer.verdict is not Verdict.ANSWERED:
        yield from (f"**{escaped(lead(answer))}** {escaped(remarks(answer))}".rstrip(), "")
    if answer.verdict is Verdict.OUTSIDE:
        return
    first, *others = answer.hits
    answers = answer.verdict is not Verdict.CLOSEST
    yield from _quotation(first.passage, first.quoted if answers else None)
    if others:
        yield "See also:"
        yield ""
        yield from (f"- {escaped(cite(hit.passage))}" for hit in others)


def _quotation(passage: Passage, quoted: Quoted | None = None) -> Iterator[str]:
    """A passage as a block quotation, what of it answers in bold, and its citation."""
    marked = escaped(passage.text)
    if quoted:
        marked = "".join(quoted.rendered(escaped, lambda words: f"**{escaped(words)}**"))
    yield from ("> " + line for line in marked.split("\n"))
    yield ">"
    for note in passage.cited_notes:
        yield from ("> " + line for line in escaped(f"[{note.note}] {note.words}").split("\n"))
        yield ">"
    yield f"> — {escaped(cite(passage))}"
    yield ""
