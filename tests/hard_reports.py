"""Reports built to be hard to quote, and where each of their words stands by a count of its own."""

import io
import json
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

from markdown_it import MarkdownIt
from rich.console import Console, Group
from rich.text import Text

from bot.answering.answer import Answer
from bot.chat.showing import reply_lines
from bot.chat.transcript import Turn, markdown
from bot.rendering.answers import answer_lines
from bot.rendering.objects import to_json
from bot.telegram.messages.catalogue import catalogue
from bot.telegram.messages.rendering import answer_drafts
from bot.telegram.messages.view import View
from corpus.passage import Passage
from corpus.unseen import as_shown

WIDTH = 90
_BARS = re.compile(r"^[▌┆·>] ?", re.MULTILINE)
# What Telegram takes out of every text.
_NOT_IN_TELEGRAM = re.compile("[\u030a\u0333\u033f]")
_PLAIN = [
    *("The", "miners", "of", "Orrest", "struck", "while", "wells", "ran", "dry", "in", "nobody"),
    *("cafe\u0301", "n\u0303o", "관리소", "co\xadoperate", "שלום"),
    *("می\u200cخواهم", "👩\u200d⚕\ufe0f"),
    *("4\u00a0200", "3\u202f100", "a\tb", "x\u200by", "Rs.500", "No.7", "m/s²", "10⁶", "12.5%"),
    *("-5", "§4", "+8", "$9", "1,200", "1/3", "[7]", "(8)", "“so”", "it’s", "A.B.", "4–6", "№4"),
    *("C++", "a=b", "x>y", "e.g.", "50€", "°C", "½", "²", "…", "—", "|", "~5", "^2", "@x", "#1"),
]
# As it is written in Markdown, and what of that are words.
_MARKED = [
    *((f"**{word}**", word) for word in ("bold", "four", "4")),
    *((f"*{word}*", word) for word in ("slanted", "Orrest")),
    *(("***both***", "both"), ("__under__", "under"), ("`a*b_c`", "a*b_c"), ("``d`e``", "d`e")),
    *(("[link](https://e.org/a_b)", "link"), ('[two words](<x y> "t")', "two words")),
    *(("![picture](p.png)", "picture"), ("<https://e.org/*>", "https://e.org/*")),
    *(("&amp;", "&"), ("&lt;p&gt;", "<p>"), ("&#8364;5", "€5"), ("\\*", "*"), ("\\[9\\]", "[9]")),
    *(("H<sub>2</sub>O", "H₂O"), ("10<sup>6</sup>", "10⁶"), ("<b>thick</b>", "thick")),
    *(("~~struck~~", ""), ("<!-- hidden -->", ""), ("snake_case_word", "snake_case_word")),
    *(("5 * 3", "5 * 3"), ("2 < 3", "2 < 3"), ("[no link]", "[no link]"), ("[^9]", "[^9]")),
    *(("AT&T", "AT&T"), ("100%_", "100%_"), ("line\\\nbroken", "line broken")),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A paragraph by the plan of its report: its section, its number there and its words."""

    section: tuple[str, ...]
    number: int
    words: str


@dataclass(slots=True, kw_only=True)
class Plan:
    """A report as it is written, and where its paragraphs stand."""

    title: str
    ending: str
    source: str = ""
    placed: list[Placed] = field(default_factory=list)


def squeezed(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())


def reports(seed: int) -> Iterator[Plan]:
    """Reports without end: Markdown and plain text by turns."""
    chance = random.Random(seed)
    number = 0
    while True:
        number += 1
        title = f"Report {number} on Norland"
        made = _markdown(title, chance) if number % 2 else _plain_text(title, chance)
        made.source = made.source.replace("\n", chance.choice(["\n", "\r\n", "\r"]))
        yield made


def _words(chance: random.Random, *, marked: bool) -> tuple[str, str]:
    """A paragraph's source and words; it neither begins nor ends as anything but a sentence."""
    written, said = ["They"], ["They"]
    for _ in range(chance.randint(3, 25)):
        if marked and chance.random() < 0.3:
            one, words = chance.choice(_MARKED)
        else:
            words = chance.choice(_PLAIN)
            one = re.sub(r"([\\`*_\[\]<>|~#])", r"\\\1", words) if marked else words
        written.append(one)
        said.append(words)
    gaps = [chance.choice([" ", " ", " ", "\n", "  "]) for _ in written]
    source = "".join(f"{gap}{one}" for gap, one in zip(gaps, written, strict=True)).strip()
    # A line that begins with a sign could begin a list or a heading.
    source = re.sub(r"\n(?=[^\w“])", " ", source)
    return f"{source} came.", f"{' '.join(said)} came."


class _Sections:
    """The path of headings: how an author counts, who leaves out levels and repeats names."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []
        self._seen: Counter[tuple[str, ...]] = Counter()
        self._numbers: Counter[tuple[str, ...]] = Counter()

    def heading(self, level: int, name: str) -> None:
        self._open = [one for one in self._open if one[0] < level]
        above = self.path
        self._seen[*above, name] += 1
        times = self._seen[*above, name]
        self._open.append((level, name if times == 1 else f"{name} [{times}]"))

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(name for _, name in self._open)

    def placed(self, words: str) -> Placed:
        self._numbers[self.path] += 1
        return Placed(section=self.path, number=self._numbers[self.path], words=words)


def _markdown(title: str, chance: random.Random) -> Plan:
    plan, sections = Plan(title=title, ending=".md"), _Sections()
    blocks, repeated, kind = [f"# {title}"], ("They left.", "They left."), ""
    for _ in range(chance.randint(8, 25)):
        # Two lists in a row are one.
        other = [] if kind == "list" else ["list"]
        kind = chance.choice(["p", "p", "p", "again", "heading", "quote", "fence", *other])
        source, words = _words(chance, marked=True)
        if kind == "heading":
            level, name = chance.randint(1, 4), chance.choice(["Water", "Law & order", "Camps"])
            sections.heading(level, name)
            written = name.replace("&", "&amp;")
            closed = chance.choice(["", f" {'#' * level}"])
            blocks.append(f"{'#' * level} {written}{closed}")
            continue
        if kind == "again":
            source, words = repeated
        elif kind == "quote":
            source = "\n".join(f"> {line}" for line in source.split("\n"))
        elif kind == "list":
            items = [_words(chance, marked=True) for _ in range(chance.randint(1, 3))]
            source = "\n".join("- " + one.replace("\n", "\n  ") for one, _ in items)
            words = " ".join(said for _, said in items)
        elif kind == "fence":
            words = f"Code {chance.choice(_PLAIN)} * _ came."
            source = f"```\n{words}\n```"
        if kind == "p":
            repeated = source, words
        blocks.append(source)
        plan.placed.append(sections.placed(words))
    if not plan.placed:
        return _markdown(title, chance)
    plan.source = "\n\n".join(blocks) + "\n"
    return plan


def _plain_text(title: str, chance: random.Random) -> Plan:
    plan, sections = Plan(title=title, ending=".txt"), _Sections()
    blocks, repeated = [title], "They left."
    for _ in range(chance.randint(3, 8)):
        words = repeated if chance.random() < 0.3 else _words(chance, marked=False)[0]
        repeated = words
        blocks.append(words)
        plan.placed.append(sections.placed(words))
        if chance.random() < 0.5:
            name = chance.choice(["Right to water", "Law and order", "Camps"])
            sections.heading(1, name)
            # A heading has something under it.
            again = _words(chance, marked=False)[0]
            blocks += [name, again]
            plan.placed.append(sections.placed(again))
    plan.source = "\n\n".join(blocks) + "\n"
    return plan


def wrongly_placed(plan: Plan, passages: Sequence[Passage]) -> list[str]:
    """Where a report's passages are not those of its plan."""
    found = [(one.section, one.number, squeezed(one.text)) for one in passages]
    meant = [(one.section, one.number, squeezed(one.words)) for one in plan.placed]
    wrong = [f"{f} is not {m}" for f, m in zip(found, meant, strict=False) if f != m]
    if len(found) != len(meant):
        wrong.append(f"{len(found)} passages instead of {len(meant)}")
    return wrong


def wrongly_quoted(answer: Answer, text_of: Callable[[str], str]) -> list[str]:
    """What of an answer's quotations is not in the text of its report, or not shown, in a medium.

    `text_of` is the stored text of a report by its id.
    """
    if not answer.hits:
        return []
    wrong = []
    for hit in json.loads(to_json(answer))["hits"]:
        stored = text_of(hit["citation"]["report_id"])
        for name, text in (
            ("passage", hit["text"]),
            ("highlight", hit["text"][hit["highlight"]["start"] : hit["highlight"]["stop"]]),
        ):
            place = hit["offsets"][name]
            stretch = stored[place["start"] : place["stop"]]
            if not _is_without_markup(stretch, text):
                wrong.append(f"JSON, {name}: {text!r} is not {stretch!r}")
    best = answer.hits[0]
    quoted = as_shown(best.quoted.quotation)
    section, place = best.passage.section, f"para. {best.passage.number} (counted)"
    for medium, shown in _shown(answer).items():
        if medium == "Telegram":
            quoted = _NOT_IN_TELEGRAM.sub("", unicodedata.normalize("NFC", quoted))
        missing = [one for one in (quoted, place, *section) if squeezed(one) not in squeezed(shown)]
        wrong += [f"{medium}: {one!r} is not in {shown!r}" for one in missing]
    return wrong


def _is_without_markup(stretch: str, text: str) -> bool:
    """Whether a text is a stretch of a report, in order, of which only signs of markup are gone."""
    at = 0
    for character in stretch:
        if at < len(text) and character == text[at]:
            at += 1
    return at == len(text) and (stretch == text or any(sign in stretch for sign in "*_`[<\\~>#-!"))


def _shown(answer: Answer) -> dict[str, str]:
    drafts = answer_drafts(View(key="k", answer=answer), catalogue("en"), ())
    saved = MarkdownIt().render(markdown([Turn(line="q", reply=answer)]))
    return {
        "terminal": _printed(answer_lines(answer, WIDTH)),
        "chat": _BARS.sub("", "\n".join(line.plain for line in reply_lines(answer, WIDTH))),
        "saved talk": unescape(re.sub(r"</?[a-z][^<>]*>", "", saved)),
        "Telegram": "\n".join(draft.body.text for draft in drafts),
    }


def _printed(lines: Sequence[Text]) -> str:
    file = io.StringIO()
    Console(file=file, width=1_000, highlight=False).print(Group(*lines))
    return _BARS.sub("", file.getvalue())
