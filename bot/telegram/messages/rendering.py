"""Answers as Telegram messages. Pure.

A quotation is never cut: what does not fit into one message goes into several, each with whole
sentences and their citation.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.answer import Answer, Coverage, NotCovered
from bot.rendering.refusing import does_not_say
from bot.rendering.unread import unread
from bot.telegram.messages.catalogue import Catalogue
from bot.telegram.messages.keyboards import keyboard, passage_rows
from bot.telegram.messages.parts import at_spaces, whole_sentences
from bot.telegram.messages.styled import (
    LONGEST_MESSAGE,
    Draft,
    Rows,
    Styled,
    clipped,
    joined,
    plain,
    running,
    utf16,
)
from bot.telegram.messages.view import View
from corpus.citing.citations import cite, pinpoint
from corpus.passage import Passage
from corpus.quoted import Quoted
from corpus.report import Kind
from corpus.scope import Scope
from embeddings.judging.verdict import Unfitted, Verdict

# A phone shows some 36 characters a line. A quotation of more than ten lines folds to three.
# What answers does so where it would fill half a screen of 34 lines.
_FOLDED_FROM, _SEEN_FOLDED, _HALF_A_SCREEN = 360, 100, 600
# Leaves room for the citation and the lines around it.
_PART_ROOM = 1_800
# What is overlong is cut in lines around a quotation, never in one: a message has to hold them all.
_LONGEST_TITLE, _LONGEST_NAME, _LONGEST_WORDS, _LONGEST_NOTE = 150, 80, 300, 300
# A library may hold hundreds of reports; a person reads the names of a few.
_MOST_NAMED = 5
# The language that a sentence made of a question's own words is in.
_OF_QUESTIONS = "en"
_LEADS = {Verdict.PERHAPS: "perhaps", Verdict.CLOSEST: "closest", Verdict.OUTSIDE: "outside"}


def answer_drafts(view: View, say: Catalogue, examples: Sequence[str]) -> list[Draft]:
    """The messages that show a view, the buttons under the last; a refusal offers the examples."""
    rows = keyboard(view, say, examples)
    foot = _foot(view, say, proposes=bool(examples) and not view.link)
    if view.passage is None:
        return [Draft(body=joined([*_head(view, say), *foot], "\n\n"), rows=rows)]
    cited = joined([_shown(view, view.passage, say), *_place(view, say)], "\n")
    body = joined([*_head(view, say), cited, *foot], "\n\n")
    draft = Draft(body=body, rows=rows)
    return [draft] if draft.fits else _parts(view, say, foot, rows)


def _shown(view: View, passage: Passage, say: Catalogue) -> Styled:
    if view.quoted is None or not _may_answer(view):
        return folding(running(passage.text.strip()))
    return quotation(view.quoted, say)


def quotation(quoted: Quoted, say: Catalogue) -> Styled:
    """A passage's text as a quotation, what of it answers in bold.

    A long one folds, and where that hides the end of what answers, this stands before it.
    """
    whole, answering = _whole(quoted), running(quoted.quotation).marked("bold")
    hidden = utf16(running(quoted.before.lstrip()).text + answering.text) > _SEEN_FOLDED
    if utf16(whole.text) <= _FOLDED_FROM or not hidden:
        return folding(whole)
    answers = folding(answering, _HALF_A_SCREEN)
    if whole.text == answering.text:
        return answers
    return joined([answers, plain(say("whole_passage")), folding(whole)], "\n")


def _whole(quoted: Quoted) -> Styled:
    return (
        running(quoted.before.lstrip())
        + running(quoted.quotation).marked("bold")
        + running(quoted.after.rstrip())
    )


def folding(text: Styled, longest: int = _FOLDED_FROM) -> Styled:
    """A text as a quotation, folded to its first lines where it is longer than so much."""
    folds = utf16(text.text) > longest
    return text.marked("expandable_blockquote" if folds else "blockquote")


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
    lines = [
        folding(running(passage.text.strip())),
        *_digest(passage, say),
        plain(cite(passage)),
        note,
    ]
    rows = passage_rows(passage, say)
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
        remarks = _remarks(answer, say)
        if remarks:
            lines.append(plain(clipped(" ".join(remarks), _LONGEST_WORDS)))
    return lines


def _lead(answer: Answer, say: Catalogue) -> str:
    """The sentence over the passages of an answer that is not sure, or none."""
    if answer.language:
        return unread(answer.language)
    if answer.topic and answer.verdict is Verdict.PERHAPS:
        kind = "topic_summary" if answer.topic.is_summary else "topic_section"
        return say(kind, section=clipped(answer.topic.section, _LONGEST_TITLE))
    if answer.verdict is Verdict.CLOSEST and isinstance(answer.judged_by, Unfitted):
        return say("unjudged", model=clipped(answer.judged_by.encoder, _LONGEST_NAME))
    if answer.verdict is Verdict.CLOSEST and say.language == _OF_QUESTIONS:
        return " ".join([clipped(does_not_say(answer), _LONGEST_WORDS), say("nearest")])
    return say(_LEADS[answer.verdict])


def _remarks(answer: Answer, say: Catalogue) -> list[str]:
    """What of the question is not so, a sentence each."""
    if answer.not_covered:
        return [_lacking(answer.not_covered, say)]
    if answer.verdict is Verdict.OUTSIDE or not answer.is_judged:
        return []
    missed = answer.unmet
    said = [
        say("figure_not_given", asked=wrong.asked)
        if wrong.given is None
        else say("figure_given", given=wrong.given, asked=wrong.asked)
        for wrong in missed.figures
    ]
    if missed.names or missed.years:
        said.append(say("not_named", names=", ".join([*missed.names, *missed.years])))
    if answer.verdict is Verdict.CLOSEST and missed.words and say.language != _OF_QUESTIONS:
        said.append(say("unmet", words=", ".join(missed.words)))
    return said


def _may_answer(view: View) -> bool:
    """Whether the passage shown may answer: else nothing in it stands out as if it did."""
    return view.answer.verdict is not Verdict.CLOSEST


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


def _foot(view: View, say: Catalogue, *, proposes: bool) -> list[Styled]:
    """What stands under the quotation: how much more there is, and what to do after a refusal."""
    if view.near is not None:
        return []
    changes = () if view.position else view.answer.changes
    lines = [say("read_as", asked=change.asked, read=change.read) for change in changes]
    left = len(view.left)
    lines += [say("one_more") if left == 1 else say("more_passages", count=left)] if left else []
    if view.passage is None:
        lines += [say("covered", coverage=coverage_text(view.answer.coverage, say))]
    if view.is_refusal:
        lines += [say("propose") if proposes else say("propose_words")]
    return [plain(line) for line in lines]


def _parts(view: View, say: Catalogue, foot: Sequence[Styled], rows: Rows) -> list[Draft]:
    """A passage too long for one message: its answering sentence, then all of it in parts."""
    passage = view.passage
    assert passage is not None
    place = joined(_place(view, say), "\n")
    head = _head(view, say)
    if view.quoted is not None:
        sentence = running(view.quoted.quotation)
        if utf16(sentence.text) <= _PART_ROOM:
            stands_out = sentence.marked("bold") if _may_answer(view) else sentence
            shown = stands_out.marked("blockquote")
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
