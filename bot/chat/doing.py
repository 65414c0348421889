"""What each command of the chat does."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.chat.commands import Call
from bot.chat.judging import judge
from bot.chat.showing import card_lines, citation, help_lines, note, paragraphs, report_lines
from bot.chat.talk import NOTHING_YET, Effect, Result, Said, Shelf, Talk, noted, shown_passage
from bot.chat.transcript import markdown
from bot.conversation.moves import focused, within
from bot.rendering.answers import CLOSEST_BAR, bar_of
from bot.rendering.explaining import card
from corpus.citing.styles import Style, cited, style_named
from corpus.errors import NotInLibrary, WrongUse
from corpus.names.mentions import country_named
from corpus.passage import Passage
from corpus.scope import EVERYTHING, Scope
from corpus.writing import write_new
from embeddings.hit import Hit


def _context(_: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    passage = shown_passage("", talk)
    report = shelf.report_passages(passage.report.id)
    place = [other.id for other in report].index(passage.id)
    around = report[max(place - 1, 0) : place + 2]
    return Said(lines=paragraphs(around, width, *_mark(passage, talk))), talk


def _open(call: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    passage = shown_passage(call.argument, talk)
    report = shelf.report_passages(passage.report.id)
    section = [other for other in report if other.section == passage.section]
    title = " – ".join(passage.section) or "introduction"
    lines = [*note(title, width, "bold"), *paragraphs(section, width, *_mark(passage, talk))]
    return Said(lines=lines), _looking_at(passage, talk)


def _cite(call: Call, talk: Talk, _: Shelf, width: int) -> Result:
    number, style = _number_and_style(call.argument)
    passage = shown_passage(number, talk)
    said = Said(lines=citation(passage, width, style), copied=cited(passage, style))
    return said, _looking_at(passage, talk)


def _number_and_style(argument: str) -> tuple[str, Style]:
    """What `/cite 2 oscola` names; either may be missing. Raises WrongUse."""
    number, _, style = argument.partition(" ")
    if argument[:1].isalpha():
        number, style = "", argument
    return number, style_named(style) if style.strip() else Style.NOTE


def _report(call: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    ids = [report.id for report in shelf.active()]
    chosen = _chosen(call, ids)
    return _narrowed(replace(talk.conversation.scope, report=chosen), talk, shelf, width)


def _country(call: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    countries = [report.country for report in shelf.active() if report.country]
    chosen = _chosen(call, countries)
    return _narrowed(replace(talk.conversation.scope, country=chosen), talk, shelf, width)


def _year(call: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    if not re.fullmatch(r"\d{1,4}", call.argument):
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
    said = noted(f"{where}: {passages:,} {noun}.{undo}", width)
    return said, replace(talk, conversation=within(talk.conversation, scope))


def _reports(_: Call, talk: Talk, shelf: Shelf, width: int) -> Result:
    return Said(lines=report_lines(shelf.library.entries(), width)), talk


def _explain(_: Call, talk: Talk, __: Shelf, width: int) -> Result:
    if talk.answer is None:
        raise WrongUse(NOTHING_YET)
    return Said(lines=card_lines(card(talk.answer), width)), talk


def _save(call: Call, talk: Talk, _: Shelf, width: int) -> Result:
    if not call.argument:
        raise WrongUse("/save takes the name of a new file, such as /save notes.md.")
    if not talk.turns:
        raise WrongUse(NOTHING_YET)
    path = Path(call.argument).expanduser()
    write_new(path, markdown(talk.turns))
    return noted(f"Saved {path}; only you can read it.", width), talk


def _history(call: Call, talk: Talk, _: Shelf, width: int) -> Result:
    match call.argument:
        case "on":
            text = "From now on typed questions are kept for the next time; /history off deletes."
            effect = Effect.KEEP_HISTORY
        case "off":
            text, effect = "No typed question is kept any more.", Effect.DROP_HISTORY
        case _:
            raise WrongUse("say /history on or /history off.")
    return replace(noted(text, width), effect=effect), talk


def _forget(_: Call, __: Talk, ___: Shelf, width: int) -> Result:
    said = noted("Forgotten: this conversation, its filters and what you typed.", width)
    return replace(said, effect=Effect.FORGET), Talk()


def _help(_: Call, talk: Talk, __: Shelf, width: int) -> Result:
    return Said(lines=help_lines(width)), talk


def _quit(_: Call, talk: Talk, __: Shelf, ___: int) -> Result:
    return Said(lines=[], effect=Effect.LEAVE), talk


COMMANDS: dict[str, Callable[[Call, Talk, Shelf, int], Result]] = {
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
    "right": judge,
    "wrong": judge,
    "none": judge,
    "save": _save,
    "history": _history,
    "forget": _forget,
    "help": _help,
    "quit": _quit,
}


def _looking_at(passage: Passage, talk: Talk) -> Talk:
    return replace(talk, conversation=focused(talk.conversation, passage))


def _mark(passage: Passage, talk: Talk) -> tuple[Hit | None, str]:
    """The hit that a passage was, and the bar before its highlight: that of an answer or not."""
    hit = next((hit for hit in talk.hits if hit.passage.id == passage.id), None)
    is_first = talk.hits[:1] == (hit,)
    return hit, bar_of(talk.answer) if talk.answer and is_first else CLOSEST_BAR


def _chosen(call: Call, names: list[str]) -> str:
    """The name that is typed, or the only one that holds what is typed; raises WrongUse."""
    known = sorted(set(names))
    typed = " ".join(call.argument.split()).casefold()
    meant = country_named(typed).casefold()
    same = [name for name in known if country_named(name).casefold() == meant]
    alike = same or [name for name in known if typed in name.casefold()]
    if typed and len(alike) == 1:
        return alike[0]
    raise NotInLibrary(
        f"{f'no {call.name} is called {call.argument}' if typed else f'choose a {call.name}'}; "
        f"there is: {', '.join(known) or 'none'}."
    )
