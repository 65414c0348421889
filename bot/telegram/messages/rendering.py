"""Answers as Telegram messages. Pure.

A quotation is never cut: what does not fit into one message goes into several, each with whole
sentences and their citation.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import CopyTextButton, InlineKeyboardButton

from bot.answering.answer import Answer, Coverage, NotCovered
from bot.rendering.unread import unread
from bot.telegram.messages.catalogue import Catalogue
from bot.telegram.messages.parts import at_spaces, whole_sentences
from bot.telegram.messages.styled import (
    LONGEST_COPY,
    LONGEST_MESSAGE,
    Draft,
    Rows,
    Styled,
    button,
    clipped,
    fits_button,
    is_web_address,
    joined,
    plain,
    running,
    utf16,
)
from corpus.citing.citations import cite, pinpoint
from corpus.citing.templates import short
from corpus.passage import Passage
from corpus.quoted import Quoted
from corpus.report import Kind, Report
from corpus.scope import Scope, Shelved
from embeddings.hit import Hit
from embeddings.judging.verdict import Unfitted, Verdict

# A phone shows some forty characters a line. A quotation of more than ten lines folds to three,
# unless that hides where the answering sentence begins; one that fills the screen always folds.
_FOLDED_FROM, _SEEN_FOLDED, _FILLS_SCREEN = 400, 100, 1_500
# Leaves room for the citation and the lines around it.
_PART_ROOM = 1_800
# What is overlong is cut in lines around a quotation, never in one: a message has to hold them all.
_LONGEST_TITLE, _LONGEST_NAME, _LONGEST_WORDS, _LONGEST_NOTE = 150, 80, 300, 300
# A library may hold hundreds of reports; a person reads the names of a few.
_MOST_NAMED = 5
_REFUSALS = {Verdict.CLOSEST: "closest", Verdict.OUTSIDE: "outside"}
_LEADS = {Verdict.PERHAPS: "perhaps", **_REFUSALS}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """An answer as one message shows it: which of its passages, or a paragraph near it.

    `key` names the view in the data of its buttons; `near` is the neighbouring paragraph shown
    instead; `repeated` says that the question is shown, too, because a button asked it. `link` is
    the address that continues a group's answer in private.
    """

    key: str
    answer: Answer
    position: int = 0
    near: Passage | None = None
    repeated: bool = False
    link: str | None = None

    @property
    def passage(self) -> Passage | None:
        """The passage that the message shows, None where it shows none."""
        if self.near is not None:
            return self.near
        if self.answer.verdict is Verdict.OUTSIDE or not self.answer.hits:
            return None
        return self.answer.hits[self.position].passage

    @property
    def quoted(self) -> Quoted | None:
        """That passage with what of it answers, None for one that was not found as an answer."""
        if self.near is not None or self.passage is None:
            return None
        return self.answer.hits[self.position].quoted

    @property
    def left(self) -> tuple[Hit, ...]:
        """The hits that come after the one shown."""
        if self.answer.verdict is Verdict.OUTSIDE:
            return ()
        return self.answer.hits[self.position + 1 :]


def answer_drafts(view: View, say: Catalogue, examples: Sequence[str]) -> list[Draft]:
    """The messages that show a view, the buttons under the last."""
    proposed = _proposals(view, examples)
    rows = keyboard(view, say) + proposed
    foot = [*_foot(view, say), *_proposal(view, proposed, say)]
    if view.passage is None:
        return [Draft(body=joined([*_head(view, say), *foot], "\n\n"), rows=rows)]
    shown = quotation(view.quoted or view.passage.text)
    cited = joined([shown, *_place(view, say)], "\n")
    body = joined([*_head(view, say), cited, *foot], "\n\n")
    draft = Draft(body=body, rows=rows)
    return [draft] if draft.fits else _parts(view, say, foot, rows)


def quotation(passage: Quoted | str) -> Styled:
    """A passage's text as a quotation, what of it answers in bold."""
    if isinstance(passage, str):
        shown, hidden = running(passage.strip()), False
    else:
        shown = (
            running(passage.before.lstrip())
            + running(passage.quotation).marked("bold")
            + running(passage.after.rstrip())
        )
        hidden = len(passage.before) > _SEEN_FOLDED
    folds = utf16(shown.text) > (_FILLS_SCREEN if hidden else _FOLDED_FROM)
    return shown.marked("expandable_blockquote" if folds else "blockquote")


def short_citation(passage: Passage) -> str:
    """Whose words these are, where they stand, and the passage's id."""
    report = passage.report
    title = f"“{clipped(report.title, _LONGEST_TITLE)}”"
    about = report.country if report.country and report.country not in report.title else None
    # An item's own day stands in its pinpoint.
    period = str(report.period) if report.period and passage.press is None else None
    sections = tuple(clipped(section, _LONGEST_TITLE) for section in passage.section)
    whose = [
        clipped(report.publisher or "", _LONGEST_TITLE),
        title,
        clipped(about or "", _LONGEST_NAME),
        period,
        pinpoint(replace(passage, section=sections)),
        f"passage {passage.id}",
    ]
    return ", ".join(part for part in whose if part)


def passage_drafts(passage: Passage, say: Catalogue, *, superseded: bool) -> list[Draft]:
    """A passage on its own, with its full citation where one message holds it."""
    note = plain(say("superseded")) if superseded else plain("")
    lines = [quotation(passage.text), *_digest(passage, say), plain(cite(passage)), note]
    rows = _source_rows(passage, say)
    draft = Draft(body=joined(lines, "\n"), rows=rows)
    if draft.fits:
        return [draft]
    place = joined([*_digest(passage, say), plain(short_citation(passage))], "\n")
    return _ended(_numbered_parts(passage, say, place), [note], rows)


def text_drafts(paragraphs: Sequence[str]) -> list[Draft]:
    """Paragraphs in as few messages as they take; only one longer than a message is cut."""
    drafts: list[Draft] = []
    for paragraph in paragraphs:
        for part in at_spaces(plain(paragraph).text, LONGEST_MESSAGE):
            bodies = [*([drafts[-1].body] if drafts else []), plain(part)]
            longer = Draft(body=joined(bodies, "\n\n"))
            drafts = [*drafts[:-1], longer] if longer.fits else [*drafts, Draft(body=plain(part))]
    return drafts


def coverage_text(coverage: Coverage, say: Catalogue) -> str:
    """What the library covers, in the interface language."""
    titles = [f"“{clipped(title, _LONGEST_NAME)}”" for title in coverage.titles]
    return say(
        "start_coverage",
        titles=_named(titles, say),
        countries=_named(coverage.countries, say),
        periods=_named(coverage.periods, say),
    )


def _named(names: Sequence[str], say: Catalogue) -> str:
    """The first of some names, and how many there are more."""
    left = len(names) - _MOST_NAMED
    first = ", ".join(clipped(name, _LONGEST_NAME + 2) for name in names[:_MOST_NAMED])
    return (say("and_more", names=first, count=left) if left > 0 else first) or say("not_stated")


def _lacking(lacking: NotCovered, say: Catalogue) -> str:
    """The sentence that says which country or year of the question no report is about."""
    covered = _named(lacking.covered, say) if lacking.covered else say("other_years")
    return say(f"other_{lacking.kind}", asked=_named(lacking.asked, say), covered=covered)


def scope_text(scope: Scope, say: Catalogue) -> str:
    """The filters of a scope in words, empty for none."""
    named = {
        "report": scope.report,
        "country": scope.country,
        "year": scope.named_year if scope.year is None else scope.year,
        "section": scope.section,
    }
    parts = (say(name, value=value) for name, value in named.items() if value is not None)
    return say("near") if scope.passages else ", ".join(parts)


def example_rows(examples: Sequence[str]) -> Rows:
    """A button for each example question."""
    return tuple((button(example, f"q:{example_name(example)}"),) for example in examples)


def topic_rows(topics: Sequence[str]) -> Rows:
    """A button for each topic, two a row."""
    buttons = [button(clipped(one, _LONGEST_NAME), f"t:{example_name(one)}") for one in topics]
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))


def example_name(example: str) -> str:
    """A name for an example question that fits into a button's data."""
    return hashlib.sha256(example.encode()).hexdigest()[:16]


def keyboard(view: View, say: Catalogue) -> Rows:
    """The buttons under an answer."""
    key = view.key
    more = ((button(say("more"), f"more:{key}"),),) if view.left else ()
    onwards = (
        ((InlineKeyboardButton(say("continue_private"), url=view.link),),) if view.link else ()
    )
    undo = ((button(say("as_typed"), f"asis:{key}"),),) if view.answer.changes else ()
    if view.passage is None:
        return (*undo, *onwards)
    if view.link is not None:
        return (*more, *undo, *onwards, *_source_rows(view.passage, say))
    moves = (
        button(say("before"), f"near:{key}:-1"),
        button(say("after"), f"near:{key}:1"),
    )
    cited = ((button(say("full_citation"), f"cite:{key}"),), *_source_rows(view.passage, say))
    if view.near is not None:
        # What is judged is the passage that answers.
        return ((button(say("back"), f"back:{key}"),), moves, *cited)
    return (
        *undo,
        (*(more[0] if more else ()), *moves),
        *cited,
        tuple(button(say(kind), f"rate:{key}:{kind}") for kind in ("right", "wrong")),
        (button(say("should_refuse"), f"rate:{key}:should_refuse"),),
    )


def _source_rows(passage: Passage, say: Catalogue) -> Rows:
    copied = next(
        (text for text in (cite(passage), short(passage)) if utf16(text) <= LONGEST_COPY),
        None,
    )
    copy = (
        (InlineKeyboardButton(say("copy_citation"), copy_text=CopyTextButton(copied)),)
        if copied
        else ()
    )
    both = (*copy, *source_row(passage.report, say))
    return (both,) if both else ()


def source_row(report: Report, say: Catalogue) -> tuple[InlineKeyboardButton, ...]:
    """The button of the publisher's page, where there is one."""
    url = report.url
    return (InlineKeyboardButton(say("publisher_page"), url=url),) if is_web_address(url) else ()


def _head(view: View, say: Catalogue) -> list[Styled]:
    answer = view.answer
    lines = []
    if view.repeated:
        lines.append(plain(say("you_asked", question=answer.question)))
    if answer.carried:
        words = clipped(", ".join(answer.carried), _LONGEST_WORDS)
        lines.append(plain(say("carried", words=words)))
    if not answer.scope.is_everything:
        lines.append(plain(say("filtered", filters=scope_text(answer.scope, say))))
    lines = [joined(lines, "\n").marked("italic")] if lines else []
    if view.near is not None:
        return [*lines, plain(say("paragraph_of"))]
    if view.position:
        count = len(answer.hits)
        return [*lines, plain(say("position", number=view.position + 1, count=count))]
    if answer.verdict in _LEADS:
        lines.append(plain(_lead(answer, say)))
        if answer.not_covered:
            lines.append(plain(_lacking(answer.not_covered, say)))
    return lines


def _lead(answer: Answer, say: Catalogue) -> str:
    """The sentence over the passages of an answer that is not sure, or none."""
    if answer.language:
        return unread(answer.language)
    if answer.verdict is Verdict.CLOSEST and isinstance(answer.judged_by, Unfitted):
        return say("unjudged", model=clipped(answer.judged_by.encoder, _LONGEST_NAME))
    return say(_LEADS[answer.verdict])


def _place(view: View, say: Catalogue) -> list[Styled]:
    assert view.passage is not None
    tags = () if view.near else view.answer.hits[view.position].tags
    return [
        *[
            plain(clipped(f"[{note.note}] {note.words}", _LONGEST_NOTE))
            for note in view.passage.cited_notes
        ],
        *([plain(f"⚑ {'; '.join(tags)}")] if tags else []),
        *_digest(view.passage, say),
        plain(short_citation(view.passage)),
    ]


def _digest(passage: Passage, say: Catalogue) -> list[Styled]:
    return [plain(say("digest"))] if passage.report.kind is Kind.DIGEST else []


def _foot(view: View, say: Catalogue) -> list[Styled]:
    if view.near is not None:
        return []
    read = () if view.position else view.answer.changes
    lines = [plain(say("read_as", asked=one.asked, read=one.read)) for one in read]
    if left := len(view.left):
        lines.append(plain(say("one_more") if left == 1 else say("more_passages", count=left)))
    if view.answer.verdict not in _REFUSALS or view.position:
        return lines
    covered = coverage_text(view.answer.coverage, say)
    return [*lines, plain(say("covered", coverage=covered))]


def _is_refusal(view: View) -> bool:
    """Whether the message says that there is no answer, and not another passage after that."""
    moved = view.position > 0 or view.near is not None
    return view.answer.verdict in _REFUSALS and not moved


def _proposals(view: View, examples: Sequence[str]) -> Rows:
    """Questions to ask instead; a group is spared them."""
    return example_rows(examples) if _is_refusal(view) and not view.link else ()


def _proposal(view: View, proposed: Rows, say: Catalogue) -> list[Styled]:
    """The line that proposes what to do after a refusal."""
    if not _is_refusal(view):
        return []
    return [plain(say("propose") if proposed else say("propose_words"))]


def _parts(view: View, say: Catalogue, foot: Sequence[Styled], rows: Rows) -> list[Draft]:
    """A passage too long for one message: its answering sentence, then all of it in parts."""
    passage = view.passage
    assert passage is not None
    place = joined(_place(view, say), "\n")
    head = _head(view, say)
    if view.quoted is not None:
        sentence = running(view.quoted.quotation)
        if utf16(sentence.text) <= _PART_ROOM:
            shown = sentence.marked("bold").marked("blockquote")
            head += [plain(say("sentence_first")), shown + plain("\n") + place]
    opening = [Draft(body=joined(head, "\n\n"))] if head else []
    return _ended([*opening, *_numbered_parts(passage, say, place)], foot, rows)


def _numbered_parts(passage: Passage, say: Catalogue, place: Styled) -> list[Draft]:
    """A passage in parts, each numbered and with its place."""
    parts = whole_sentences(passage.text, _PART_ROOM)
    return [
        Draft(
            body=joined(
                [
                    plain(say("part", number=number, count=len(parts))),
                    running(part).marked("expandable_blockquote"),
                    place,
                ],
                "\n",
            )
        )
        for number, part in enumerate(parts, 1)
    ]


def _ended(drafts: list[Draft], foot: Sequence[Styled], rows: Rows) -> list[Draft]:
    """The messages with the last lines and the buttons under the last."""
    body = joined([drafts[-1].body, *foot], "\n\n")
    return [*drafts[:-1], Draft(body=body, rows=rows)]


def filter_rows(filters: Sequence[tuple[str, str, str]], say: Catalogue) -> Rows:
    """A button for each filter (kind, value, name of the value), where Telegram takes its data."""
    rows = [
        (button(say(kind, value=clipped(name, _LONGEST_NAME)), f"f:{kind}:{value}"),)
        for kind, value, name in filters
        if fits_button(f"f:{kind}:{value}")
    ]
    return (*rows, (button(say("filter_clear"), "f:none:"),))


def report_name(report: Shelved) -> str:
    """A report as people call it: its title and what it covers."""
    period = f", {report.period}" if report.period else ""
    return f"“{report.title}”{period}"
