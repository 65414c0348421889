"""What a chat shows, as lines for a terminal. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from bot.answering.answer import Answer
from bot.chat.commands import COMMANDS
from bot.chat.notices import notice_text
from bot.conversation.reply import Citations, Further, Neighbouring, Reply
from bot.rendering.answers import (
    ANSWER_BAR,
    PLAIN_BAR,
    WIDEST,
    answer_lines,
    citation_lines,
    note_lines,
    passage_lines,
    short_place,
    shown,
    tag_line,
    wrapped,
)
from corpus.citing.citations import cite
from corpus.citing.styles import Style
from corpus.passage import Passage
from corpus.report import Kind, Report
from corpus.scope import Shelved
from corpus.storage.entries import Entry
from embeddings.hit import Hit

Lines = list[Text]
FIRST_SCREEN_LINES = 8
_CARD_COLUMN = 13
_UNDO = "; /asis takes every word as typed"
_LEAVING = "/help lists the commands, Ctrl-D leaves."
_MEMORY_ONLY = "Questions are kept in memory only, until you leave; /history on keeps them."
_ON_DISK = "Questions are kept for the next time; /history off deletes them."
_SHORT_MEMORY_ONLY = "Questions are not kept (/history)."
_SHORT_ON_DISK = "Questions are kept (/history)."


def first_screen(
    active: Sequence[Shelved], passages: int, examples: Sequence[str], width: int, *, kept: bool
) -> Lines:
    """What is loaded, questions to begin with, how to leave: at most eight lines.

    `active` are the reports that answers come from and `passages` how many they have; `kept`
    tells whether typed questions are kept when the person leaves.
    """
    counts = f"{_counted(len(active), 'report')}, {_counted(passages, 'passage')}"
    periods = list(dict.fromkeys(str(report.period) for report in active if report.period))
    lines = [Text("Pincite", style="bold") + Text(f"  {counts}{_listed(periods, width)}")]
    long, short = (_ON_DISK, _SHORT_ON_DISK) if kept else (_MEMORY_ONLY, _SHORT_MEMORY_ONLY)
    memory = long if cell_len(long) <= min(width, WIDEST) else short
    leaving = [*note(_LEAVING, width), *note(memory, width)]
    asked = _first_questions(examples, width, FIRST_SCREEN_LINES - len(lines) - len(leaving))
    room = FIRST_SCREEN_LINES - len(lines) - len(leaving) - len(asked)
    lines += _titles(active, width)[: 1 if room else 0]
    return [*lines, *asked, *leaving]


def examples_lines(examples: Sequence[str], width: int) -> Lines:
    """Questions to begin with, where they were found after the first screen."""
    return [*note("For example:", width), *_first_questions(examples, width, FIRST_SCREEN_LINES)]


def reply_lines(reply: Reply, width: int) -> Lines:
    """A reply as it is shown."""
    width = min(width, WIDEST)
    match reply:
        case Answer():
            return answer_lines(reply, width, undo=_UNDO)
        case Further(from_rank=first, hits=hits):
            return [
                line for rank, hit in enumerate(hits, first) for line in _more(rank, hit, width)
            ]
        case Neighbouring(passage=passage):
            return paragraphs([passage], width)
        case Citations(passages=passages):
            return [
                line
                for rank, passage in enumerate(passages, 1)
                for line in wrapped(f"{rank}. {cite(passage)}", width, "", "cyan")
            ]
        case _:
            text = notice_text(reply)
            return [line for part in text.split("\n") for line in _indented(part, width)]


def paragraphs(
    passages: Iterable[Passage], width: int, marked: Hit | None = None, bar: str = ANSWER_BAR
) -> Lines:
    """Whole paragraphs with their places, `bar` before the highlight of `marked`."""
    width = min(width, WIDEST)
    lines: Lines = []
    for passage in passages:
        lines += [Text()] if lines else []
        lines += wrapped(short_place(passage), width, PLAIN_BAR, "cyan")
        if marked and marked.passage.id == passage.id:
            lines += passage_lines(marked, width, bar)
        else:
            lines += wrapped(passage.text, width, PLAIN_BAR, "")
        lines += note_lines(passage, width)
    return lines


def citation(passage: Passage, width: int, style: Style = Style.NOTE) -> Lines:
    """A passage's citation in a style, with its id."""
    return list(citation_lines(passage, min(width, WIDEST), style))


def note(text: str, width: int, style: str = "dim") -> Lines:
    """Something that Pincite says of itself."""
    return list(wrapped(text, min(width, WIDEST), "", style))


def card_lines(card: Iterable[str], width: int) -> Lines:
    """The card of an explanation: its columns stay, what is folded stands in the last one."""
    lines: Lines = []
    for text in card:
        first = Text(shown(text)).wrap(Console(width=width), width)[0]
        rest = text[len(first) :].strip()
        lines += [first, *wrapped(rest, width, " " * _CARD_COLUMN, "")]
    return lines


def report_lines(entries: Sequence[Entry], width: int) -> Lines:
    """The reports in a library: the id that `/report` takes, and what each is."""
    lines: Lines = []
    for entry in entries:
        report = entry.report
        about = [
            _title(report),
            f"covering {report.period}" if report.period else "period not stated",
            _counted(entry.passages, "passage"),
            f"steps aside for {entry.aside_for}" if entry.aside_for else "",
        ]
        lines += wrapped(report.id, min(width, WIDEST), "", "cyan")
        lines += wrapped(
            ", ".join(part for part in about if part), min(width, WIDEST), PLAIN_BAR, ""
        )
    return lines


def help_lines(width: int) -> Lines:
    """Every command with what it does, and what else can be typed."""
    width = min(width, WIDEST)
    called = [f"/{command.name} {command.argument}".rstrip() for command in COMMANDS]
    column = max(map(len, called)) + 2
    lines: Lines = []
    for call, command in zip(called, COMMANDS, strict=True):
        said = list(wrapped(command.says, width, " " * column, ""))
        said[0] = Text(call.ljust(column), style="cyan") + said[0][column:]
        lines += said
    lines.append(Text())
    lines += wrapped(
        "Or say it: “more”, “sources”, “the paragraph before”, “next”, “open 2”, “cite 2”. Follow "
        "up as in a talk: “why?”, “and for women?”, “what about food?”.",
        width,
        "",
        "",
    )
    return lines


def prompt_text(scope: str, width: int) -> str:
    """What stands before the line that is typed: the filters, at most half of the width."""
    filters = Text(shown(scope))
    filters.truncate(max(width // 2 - cell_len(" > "), 1), overflow="ellipsis")
    return f"{filters.plain} > " if scope else "> "


def _more(rank: int, hit: Hit, width: int) -> Iterator[Text]:
    yield from wrapped(f"{rank}. {short_place(hit.passage)}", width, "", "cyan")
    yield from wrapped(hit.quoted.quotation, width, "   ", "")
    yield from note_lines(hit.passage, width, "   ")
    yield from (Text(" ") + line for line in tag_line(hit, width - 1))


def _indented(text: str, width: int) -> Iterator[Text]:
    return wrapped(text, width, text[: len(text) - len(text.lstrip())], "")


def _first_questions(examples: Sequence[str], width: int, room: int) -> Lines:
    lines: Lines = []
    for example in examples:
        more = list(wrapped(example, min(width, WIDEST), PLAIN_BAR, "green"))
        if len(lines) + len(more) <= room:
            lines += more
    return lines


def _titles(reports: Sequence[Shelved], width: int) -> Lines:
    named = list(dict.fromkeys(_title(report) for report in reports[:width]))
    line = Text(shown("; ".join(named)))
    line.truncate(min(width, WIDEST), overflow="ellipsis")
    return [line] if named else []


def _title(report: Shelved | Report) -> str:
    digest = "digest of " if report.kind is Kind.DIGEST else ""
    return f"“{report.title}” ({digest}{report.publisher or 'publisher not stated'})"


def _listed(periods: Sequence[str], width: int) -> str:
    text = f", {', '.join(periods)}"
    return text if periods and len(text) < width // 2 else ""


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
