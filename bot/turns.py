"""A turn of a chat: what a line does and says, from the talk so far. Draws nothing itself."""

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from rich.text import Text

from bot.answer import Answer, Further
from bot.chat_commands import Call, Mistyped, parse
from bot.conversation import EMPTY, Conversation, focused, within
from bot.explaining import card
from bot.render_chat import (
    Lines,
    card_lines,
    citation,
    help_lines,
    note,
    paragraphs,
    reply_lines,
    report_lines,
)
from bot.render_terminal import ANSWER_BAR, CLOSEST_BAR
from bot.small_talk import plain
from bot.talking import Source, reply
from bot.transcript import Turn, markdown
from corpus.citations import cite
from corpus.errors import NotInLibrary, WrongUse
from corpus.library import Library
from corpus.passage import Passage
from corpus.scope import EVERYTHING, Scope, Shelved
from corpus.writing import write_new
from embeddings.hit import Hit
from embeddings.verdict import Verdict

_HINT = "/more, /context, /open 2 and /cite go on from here; /help lists all commands."
_CONSENT = (
    "Keep the question, the passage’s id and your judgement in {folder}? They stay on this "
    "computer and can become a test of the answers. Yes or no; it holds until you leave."
)
_YES, _NO = frozenset({"y", "yes"}), frozenset({"n", "no"})
_YES_OR_NO = _YES | _NO
_NOTHING_YET = "Nothing comes before this. Ask a question first."


class Shelf(Source, Protocol):
    """What a chat is answered from, and the library that it stands in."""

    @property
    def library(self) -> Library:
        """The library."""
        ...

    def active(self) -> Sequence[Shelved]:
        """The reports that answers come from."""
        ...


class Effect(enum.Enum):
    """What the front end does after a turn, besides showing it."""

    NONE = enum.auto()
    LEAVE = enum.auto()
    FORGET = enum.auto()
    KEEP_HISTORY = enum.auto()
    DROP_HISTORY = enum.auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A chat so far; `hits` are those shown for the last question, in order.

    `asked_to_keep` is the judgement that waits for the person's yes, `may_keep` whether they said
    it in this chat.
    """

    conversation: Conversation = EMPTY
    answer: Answer | None = None
    hits: tuple[Hit, ...] = ()
    turns: tuple[Turn, ...] = ()
    asked_to_keep: Call | None = None
    may_keep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a turn says; `copied` goes to the clipboard, `next_line` into the next prompt."""

    lines: Lines
    copied: str = ""
    next_line: str = ""
    effect: Effect = Effect.NONE


Result = tuple[Said, Talk]


def respond(line: str, talk: Talk, shelf: Shelf, width: int) -> Result:
    """What a line says in a terminal of `width` columns, and the talk after it.

    Raises Fault where something is broken; a wrong use is said.
    """
    if talk.asked_to_keep and plain(line) in _YES_OR_NO:
        return _consented(plain(line), talk.asked_to_keep, talk, shelf, width)
    talk = replace(talk, asked_to_keep=None)
    call = parse(line)
    try:
        if isinstance(call, Mistyped):
            return _mistyped(call, width), talk
        if call is None or call.name == "more":
            return _talked("more" if call else line, talk, shelf, width)
        return _COMMANDS[call.name](call, talk, shelf, width)
    except WrongUse as error:
        return _noted(_sentence(error), width), talk


def _talked(line: str, talk: Talk, shelf: Shelf, width: int) -> Result:
    said, conversation = reply(line, talk.conversation, shelf)
    lines = reply_lines(said, width)
    if isinstance(said, Answer):
        if talk.answer is None and said.verdict is Verdict.ANSWERED:
            lines += [Text(), *note(_HINT, width)]
        talk = replace(talk, answer=said, hits=said.hits)
    elif isinstance(said, Further):
        talk = replace(talk, hits=(*talk.hits, *said.hits))
    turns = (*talk.turns, Turn(line=line, reply=said))
    return Said(lines=lines), replace(talk, conversation=conversation, turns=turns)


def _mistyped(call: Mistyped, width: int) -> Said:
    meant = f" Did you mean {call.nearest}?" if call.nearest else ""
    said = _noted(f"There is no {call.name}.{meant} /help lists the commands.", width)
    return replace(said, next_line=call.nearest)


def _context(_: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    passage = _passage("", talk)
    report = shelf.report_passages(passage.report.id)
    place = [other.id for other in report].index(passage.id)
    around = report[max(place - 1, 0) : place + 2]
    return Said(lines=paragraphs(around, width, *_mark(passage, talk))), talk


def _open(call: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    passage = _passage(call.argument, talk)
    report = shelf.report_passages(passage.report.id)
    section = [other for other in report if other.section == passage.section]
    title = " – ".join(passage.section) or "introduction"
    lines = [*note(title, width, "bold"), *paragraphs(section, width, *_mark(passage, talk))]
    return Said(lines=lines), _looking_at(passage, talk)


def _cite(call: Call, talk: Talk, _: Shelf, width: int) -> Result:
    passage = _passage(call.argument, talk)
    said = Said(lines=citation(passage, width), copied=cite(passage))
    return said, _looking_at(passage, talk)


def _report(call: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    ids = [report.id for report in shelf.active()]
    chosen = _chosen(call, ids)
    return _narrowed(replace(talk.conversation.scope, report=chosen), talk, shelf, width)


def _country(call: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    countries = [report.country for report in shelf.active() if report.country]
    chosen = _chosen(call, countries)
    return _narrowed(replace(talk.conversation.scope, country=chosen), talk, shelf, width)


def _year(call: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    if not call.argument.isdecimal():
        raise WrongUse("/year takes a year in digits, such as /year 2021.")
    scope = replace(talk.conversation.scope, year=int(call.argument))
    return _narrowed(scope, talk, shelf, width)


def _section(call: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    if not call.argument:
        raise WrongUse("/section takes a part of a section’s title, such as /section health.")
    scope = replace(talk.conversation.scope, section=call.argument)
    return _narrowed(scope, talk, shelf, width)


def _all(_: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    return _narrowed(EVERYTHING, talk, shelf, width)


def _narrowed(scope: Scope, talk: Talk, shelf: Shelf, width: int) -> Result:
    """The talk within a scope that holds something; raises NotInLibrary."""
    passages = len(shelf.library.numbers(scope))
    where = f"Only {scope}" if not scope.is_everything else "No filter"
    noun = "passage" if passages == 1 else "passages"
    undo = " /all takes the filters away." if not scope.is_everything else ""
    said = _noted(f"{where}: {passages:,} {noun}.{undo}", width)
    return said, replace(talk, conversation=within(talk.conversation, scope))


def _reports(_: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    return Said(lines=report_lines(shelf.library.entries(), width)), talk


def _explain(_: Call, talk: Talk, __: Shelf, width: int) -> Result:
    if talk.answer is None:
        raise WrongUse(_NOTHING_YET)
    return Said(lines=card_lines(card(talk.answer), width)), talk


def _judge(call: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    """Keep what the person says of the answer; asks before the first time."""
    if talk.answer is None:
        raise WrongUse(_NOTHING_YET)
    refused = talk.answer.verdict is Verdict.OUTSIDE
    passage_id = "" if refused else _passage(call.argument or "1", talk).id
    if not talk.may_keep:
        question = _CONSENT.format(folder=shelf.library.folder)
        return _noted(question, width), replace(talk, asked_to_keep=call)
    from bot.feedback import FeedbackStore
    from bot.feedback import Said as Judged

    said = {
        "right": Judged.SHOULD_HAVE_SAID_NO if refused else Judged.RIGHT,
        "wrong": Judged.WRONG_PASSAGE,
        "none": Judged.SHOULD_HAVE_SAID_NO,
    }[call.name]
    store = FeedbackStore(shelf.library.folder)
    store.record(talk.answer.searched, passage_id, said, consented=True)
    return _noted("Kept, thank you. `pincite feedback list` shows what is kept.", width), talk


def _consented(word: str, call: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    talk = replace(talk, asked_to_keep=None, may_keep=word in _YES)
    return (
        _judge(call, talk, shelf, width)
        if talk.may_keep
        else (
            _noted("Nothing was kept.", width),
            talk,
        )
    )


def _save(call: Call, talk: Talk, _: Shelf, width: int) -> Result:
    if not call.argument:
        raise WrongUse("/save takes the name of a new file, such as /save notes.md.")
    if not talk.turns:
        raise WrongUse(_NOTHING_YET)
    path = Path(call.argument).expanduser()
    write_new(path, markdown(talk.turns))
    return _noted(f"Saved {path}; only you can read it.", width), talk


def _history(call: Call, talk: Talk, _: Shelf, width: int) -> Result:
    match call.argument:
        case "on":
            text = "From now on typed questions are kept for the next time; /history off deletes."
            effect = Effect.KEEP_HISTORY
        case "off":
            text, effect = "No typed question is kept any more.", Effect.DROP_HISTORY
        case _:
            raise WrongUse("say /history on or /history off.")
    return replace(_noted(text, width), effect=effect), talk


def _forget(_: Call, __: Talk, ___: Shelf, width: int) -> Result:
    said = _noted("Forgotten: this conversation, its filters and what you typed.", width)
    return replace(said, effect=Effect.FORGET), Talk()


def _help(_: Call, talk: Talk, __: Shelf, width: int) -> Result:
    return Said(lines=help_lines(width)), talk


def _quit(_: Call, talk: Talk, __: Shelf, ___: int) -> Result:
    return Said(lines=[], effect=Effect.LEAVE), talk


_COMMANDS: dict[str, Callable[[Call, Talk, Shelf, int], Result]] = {
    "context": _context,
    "open": _open,
    "cite": _cite,
    "report": _report,
    "country": _country,
    "year": _year,
    "section": _section,
    "all": _all,
    "reports": _reports,
    "explain": _explain,
    "right": _judge,
    "wrong": _judge,
    "none": _judge,
    "save": _save,
    "history": _history,
    "forget": _forget,
    "help": _help,
    "quit": _quit,
}


def _passage(number: str, talk: Talk) -> Passage:
    """The passage shown under a number, without one that last looked at; raises WrongUse."""
    passages, focus = talk.conversation.passages, talk.conversation.focus
    if focus is None:
        raise WrongUse(_NOTHING_YET)
    if not number:
        return focus
    if not (number.isdecimal() and 1 <= int(number) <= len(passages)):
        raise WrongUse(f"no passage {number} was shown; give a number from 1 to {len(passages)}.")
    return passages[int(number) - 1]


def _looking_at(passage: Passage, talk: Talk) -> Talk:
    return replace(talk, conversation=focused(talk.conversation, passage))


def _mark(passage: Passage, talk: Talk) -> tuple[Hit | None, str]:
    """The hit that a passage was, and the bar before its highlight: that of an answer or not."""
    hit = next((hit for hit in talk.hits if hit.passage.id == passage.id), None)
    answers = talk.answer is not None and talk.answer.verdict is Verdict.ANSWERED
    return hit, ANSWER_BAR if answers and hit is talk.hits[0] else CLOSEST_BAR


def _chosen(call: Call, names: list[str]) -> str:
    """The name that is typed, or the only one that holds what is typed; raises WrongUse."""
    known = sorted(set(names))
    typed = call.argument.casefold()
    same = [name for name in known if name.casefold() == typed]
    alike = same or [name for name in known if typed in name.casefold()]
    if typed and len(alike) == 1:
        return alike[0]
    raise NotInLibrary(
        f"{f'no {call.name} is called {call.argument}' if typed else f'choose a {call.name}'}; "
        f"there is: {', '.join(known) or 'none'}."
    )


def _noted(text: str, width: int) -> Said:
    return Said(lines=note(text, width, "yellow"))


def _sentence(error: WrongUse) -> str:
    text = str(error)
    return text[:1].upper() + text[1:]
