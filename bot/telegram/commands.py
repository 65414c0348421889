"""The commands of the menu."""

import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import replace

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.conversation.moves import EMPTY, focused, within
from bot.telegram import asking
from bot.telegram.desk import Desk
from bot.telegram.incoming import GROUP_COMMANDS, Command, Sender
from bot.telegram.messages.catalogue import LANGUAGES, Catalogue, catalogue
from bot.telegram.messages.keyboards import example_rows, filter_rows, report_name
from bot.telegram.messages.rendering import coverage_text, passage_drafts, scope_text
from bot.telegram.messages.styled import Draft, Rows, button, clipped, plain
from corpus.errors import NotInLibrary
from corpus.scope import EVERYTHING, Scope, Shelved

# A keyboard has room for a hundred buttons; nobody looks through more than a screen of them.
_MOST_OF_A_KIND = 6
# What was typed is repeated so far that the person knows it again.
_LONGEST_ECHO = 100
# The button over the inline results opens the private chat with this.
FROM_INLINE = "inline"
FILTERS = ("country", "year", "report")


async def obey(desk: Desk, command: Command) -> None:
    """Do what a command says; an unknown one gets the help."""
    await _COMMANDS.get(command.name, help_)(desk, command)


async def start(desk: Desk, command: Command) -> None:
    """Say what this is, with three questions to try, in a group how to ask; or open a passage."""
    sender, say = command.sender, desk.say(command.sender)
    if sender.in_group:
        await greet(desk, sender)
        return
    if command.argument and command.argument != FROM_INLINE:
        await _open_passage(desk, sender, command.argument)
        return
    covered = await desk.engine.coverage()
    text = say("start", coverage=coverage_text(covered, say), languages=say("reading_languages"))
    await desk.send_text(sender, text, example_rows(await desk.examples()))


async def greet(desk: Desk, sender: Sender) -> None:
    """Say in a group how to ask."""
    text = desk.say(sender)("group_how", bot=desk.bot.username)
    await desk.send(sender, Draft(body=plain(text)), reply=sender.message > 0)


async def _open_passage(desk: Desk, sender: Sender, name: str) -> None:
    say, talk = desk.say(sender), desk.talk(sender)
    try:
        passage, superseded = await desk.engine.passage(name)
    except NotInLibrary:
        await desk.send_text(sender, say("no_passage"))
        return
    shown = replace(EMPTY, passages=(passage,), ranked=(), scope=talk.conversation.scope)
    talk.conversation = focused(shown, passage)
    for draft in passage_drafts(passage, say, superseded=superseded):
        await desk.send(sender, draft)


async def ask(desk: Desk, command: Command) -> None:
    """Ask what stands after the command."""
    await asking.hear(desk, command.sender, command.argument, edited=command.edited, repeated=False)


async def more(desk: Desk, command: Command) -> None:
    """The next passage."""
    await asking.more(desk, command.sender)


async def sources(desk: Desk, command: Command) -> None:
    """Full citations."""
    await asking.sources(desk, command.sender)


async def cite(desk: Desk, command: Command) -> None:
    """The passage that was last looked at, cited in a style: `/cite oscola`."""
    await asking.cite_in_style(desk, command.sender, command.argument)


async def help_(desk: Desk, command: Command) -> None:
    """How to ask."""
    await asking.help_text(desk, command.sender, await desk.examples())


async def privacy(desk: Desk, command: Command) -> None:
    """The whole privacy text."""
    text = desk.say(command.sender)("privacy", source=desk.choices.source)
    await desk.send_text(command.sender, text)


async def new(desk: Desk, command: Command) -> None:
    """Forget the talk, its filters too."""
    desk.talk(command.sender).conversation = EMPTY
    await desk.send_text(command.sender, desk.say(command.sender)("new"))


async def cancel(desk: Desk, command: Command) -> None:
    """Drop what is waiting."""
    dropped = desk.lanes.drop_waiting(command.sender.person)
    text = desk.say(command.sender)("cancelled" if dropped else "nothing_waiting")
    await desk.send_text(command.sender, text)


async def forget(desk: Desk, command: Command) -> None:
    """Ask whether all is to be deleted."""
    say = desk.say(command.sender)
    row = (button(say("forget_yes"), "forget:yes"), button(say("forget_no"), "forget:no"))
    await desk.send_text(command.sender, say("forget_ask"), (row,))


async def language(desk: Desk, command: Command) -> None:
    """Choose the language of the interface."""
    named = {catalogue(code).name.casefold(): code for code in LANGUAGES}
    wanted = command.argument.casefold()
    chosen = named.get(wanted, wanted)
    say = desk.say(command.sender)
    if chosen in LANGUAGES:
        await set_language(desk, command.sender, chosen)
    elif wanted:
        names = ", ".join(catalogue(code).name for code in LANGUAGES)
        await desk.send_text(command.sender, say("language_unknown", languages=names))
    else:
        rows = tuple((button(catalogue(code).name, f"l:{code}"),) for code in LANGUAGES)
        await desk.send_text(command.sender, say("language_choose"), rows)


async def set_language(desk: Desk, sender: Sender, code: str) -> None:
    """Speak a language from now on, in this chat."""
    desk.talk(sender).language = code
    await desk.send_text(sender, catalogue(code)("language_set"))


async def filter_(desk: Desk, command: Command) -> None:
    """Show the filters, or set one: `/filter country North Korea`, `/filter none`."""
    say = desk.say(command.sender)
    if command.argument:
        kind, _, value = command.argument.partition(" ")
        await set_filter(desk, command.sender, kind.casefold(), value.strip())
        return
    scope = desk.talk(command.sender).conversation.scope
    now = "filter_none" if scope.is_everything else "filter_now"
    rows = _filter_rows(await desk.engine.reports(), say)
    lines = [say("filter_how"), say(now, filters=scope_text(scope, say))]
    await desk.send_text(command.sender, "\n\n".join(lines), rows)


def _filter_rows(reports: Sequence[Shelved], say: Catalogue) -> Rows:
    countries = list(dict.fromkeys(report.country for report in reports if report.country))
    years = sorted({year for report in reports if report.period for year in report.period.years})
    named = [
        *(("country", country, country) for country in countries[:_MOST_OF_A_KIND]),
        *(("year", str(year), str(year)) for year in years[-_MOST_OF_A_KIND:]),
        *(("report", report.id, report_name(report)) for report in reports[:_MOST_OF_A_KIND]),
    ]
    return filter_rows(named, say)


async def set_filter(desk: Desk, sender: Sender, kind: str, value: str) -> None:
    """Answer only from what a filter lets through, from now on."""
    say, talk = desk.say(sender), desk.talk(sender)
    if kind in ("none", "off", "clear"):
        talk.conversation = within(talk.conversation, EVERYTHING)
        await desk.send_text(sender, say("filter_cleared"))
        return
    scope = await _scope(desk, talk.conversation.scope, kind, value)
    if scope is None:
        wanted = clipped(f"{kind} {value}".strip(), _LONGEST_ECHO)
        await desk.send_text(sender, say("filter_unknown", value=wanted))
        return
    talk.conversation = within(talk.conversation, scope)
    await desk.send_text(sender, say("filter_set", filters=scope_text(scope, say)))


async def _scope(desk: Desk, scope: Scope, kind: str, value: str) -> Scope | None:
    """The scope with one more filter, None where nothing is in it."""
    if kind not in FILTERS or not value or (kind == "year" and not re.fullmatch(r"\d{1,4}", value)):
        return None
    match kind:
        case "country":
            narrower = replace(scope, country=value)
        case "report":
            narrower = replace(scope, report=value)
        case _:
            narrower = replace(scope, year=int(value))
    try:
        await desk.engine.passages_in(narrower)
    except NotInLibrary:
        return None
    return narrower


def menus() -> list[tuple[list[BotCommand], BotCommandScope, str | None]]:
    """The menus to set: commands, scope, and language code (None for every other language)."""
    codes = [None, *LANGUAGES[1:]]
    scopes: Sequence[tuple[Collection[str], BotCommandScope]] = (
        (_COMMANDS, BotCommandScopeAllPrivateChats()),
        (GROUP_COMMANDS, _GROUPS),
    )
    return [
        (_menu([name for name in _COMMANDS if name in names], code), scope, code)
        for names, scope in scopes
        for code in codes
    ]


def _menu(names: list[str], code: str | None) -> list[BotCommand]:
    say = catalogue(code or LANGUAGES[0])
    return [BotCommand(name, say(f"command_{name}")) for name in names]


_GROUPS = BotCommandScopeAllGroupChats()
_COMMANDS: Mapping[str, Callable[[Desk, Command], Awaitable[None]]] = {
    "start": start,
    "ask": ask,
    "more": more,
    "sources": sources,
    "cite": cite,
    "filter": filter_,
    "language": language,
    "help": help_,
    "privacy": privacy,
    "forget": forget,
    "cancel": cancel,
    "new": new,
    "settings": language,
}
