"""The commands of a chat: what they are called, and which of them a line is. Pure."""

import re
from dataclasses import dataclass

from bot.conversation.small_talk import plain

# Two letters of five may be wrong: "/contry" is /country, "/zzz" is nothing.
_NEAR = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command: `argument` names what follows it, `words` are lines that mean it, too."""

    name: str
    argument: str = ""
    says: str
    words: frozenset[str] = frozenset()


def _command(name: str, argument: str, says: str, words: str = "") -> Command:
    return Command(
        name=name,
        argument=argument,
        says=says,
        words=frozenset(word for word in words.split(", ") if word),
    )


# The words of "more" and of the paragraphs before and after are those of bot.conversation.moves.
COMMANDS = (
    _command("more", "", "further passages for the last question"),
    _command("asis", "", "the last question again, every word as typed", "as typed"),
    _command(
        "context", "", "the paragraphs around the passage", "context, show context, in context"
    ),
    _command("open", "N", "the whole section of passage N"),
    _command("cite", "N STYLE", "the citation of passage N in a style, also to the clipboard"),
    _command("report", "ID", "answer from this report only"),
    _command("country", "NAME", "answer from reports on this country only"),
    _command("year", "YEAR", "answer from what is about this year only"),
    _command("section", "TEXT", "answer from sections with this in their title only"),
    _command("all", "", "take the filters away", "no filter, no filters, all reports"),
    _command("reports", "", "what is in the library", "reports, list reports, which reports, list"),
    _command("explain", "", "why these passages, and why this verdict", "explain, explain that"),
    _command("right", "", "the passage answers", "right, correct, that's right, that is right"),
    _command("wrong", "", "another passage answers", "wrong, that's wrong, that is wrong"),
    _command("none", "", "nothing here answers", "none, none of them, none of these"),
    _command("save", "FILE.md", "write this conversation with its citations"),
    _command("history", "on|off", "keep typed questions for the next time, or delete them"),
    _command("forget", "", "this conversation, typed questions and screen", "forget, forget this"),
    _command("help", "", "these commands", "help, commands, ?"),
    _command("quit", "", "leave (also Ctrl-D)", "quit, exit, q, bye, goodbye"),
)
_NAMES = {command.name: command for command in COMMANDS}
_WORDS = {word: command for command in COMMANDS for word in command.words}
_SPOKEN = (
    re.compile(r"(?P<name>open|cite)(?: passage)? (?P<argument>\d+)", re.IGNORECASE),
    re.compile(
        r"(?P<name>save)(?: (?:it|this))?(?: (?:to|as|in))? (?P<argument>\S+\.md)", re.IGNORECASE
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A command with what follows it."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistyped:
    """What looks like a command and is none; `nearest` is the line that it may mean, or empty."""

    name: str
    nearest: str


def parse(line: str) -> Call | Mistyped | None:
    """The command that a line is, None for a line of talk."""
    line = line.strip()
    if line.startswith("/"):
        name, _, argument = line[1:].partition(" ")
        if name.lower() in _NAMES:
            return Call(name=name.lower(), argument=argument.strip())
        return Mistyped(name=f"/{name}", nearest=_nearest(name.lower(), argument.strip()))
    for spoken in _SPOKEN:
        if found := spoken.fullmatch(line.rstrip("!")):
            return Call(name=found["name"].lower(), argument=found["argument"])
    command = _WORDS.get(line) or _WORDS.get(plain(line))
    return Call(name=command.name) if command else None


def _nearest(name: str, argument: str) -> str:
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extractOne

    begins = [known for known in _NAMES if name and known.startswith(name)]
    if begins:
        return f"/{begins[0]} {argument}".rstrip()
    found = extractOne(name, list(_NAMES), scorer=OSA.normalized_similarity, score_cutoff=_NEAR)
    return f"/{found[0]} {argument}".rstrip() if found else ""
