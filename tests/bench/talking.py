"""What is said to the lines of talks, and how it looks on a phone.

    python tests/bench/talking.py [TALKS.jsonl] [--transcripts FILE]

TALKS.jsonl (by default tests/questions/talk.jsonl; tests/bench/talk_lines.py tells its form) is
said, talk by talk, to a fresh library through what answers in Telegram, without a network. Printed
are the shares of right moves, right first passages and right voices with Wilson's interval, 95 %,
what was taken for what, and the lines and rows of buttons of the replies. FILE gets every talk as
text, with “≠” where it is not as expected, to be judged by eye.
"""

import argparse
import asyncio
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from listening import ROW, SCREEN, WIDTH, Listener, screen
from measuring import about, said, spread, wilson
from talk_lines import Expected, TalkLine, read_talks
from telegram import InlineKeyboardButton

from bot.answering.answer import Answer
from bot.assemble import Pincite
from bot.cli.progress import display
from bot.conversation import reply as replies
from bot.conversation.small_talk import SmallTalkKind
from bot.settings import Settings
from bot.telegram.messages.styled import Draft
from corpus.errors import BadQuestion
from embeddings.evaluation.gold import folded
from embeddings.judging.verdict import Verdict

Pair = tuple[frozenset[str], str]
TALKS = Path(__file__).resolve().parents[1] / "questions" / "talk.jsonl"
MOST_ROWS = 2


def _question(answer: Answer) -> str:
    if answer.language is not None:
        return "other-language"
    if answer.topic is not None:
        return "topic"
    return "follow-up" if answer.carried else "ask"


# The move that each kind of reply answers, by its name in talk_lines.
NAMES: dict[type, Callable[[Any], str]] = {
    Answer: _question,
    replies.Further: lambda _: "more",
    replies.NoMore: lambda _: "more",
    replies.Neighbouring: lambda found: "before" if found.step < 0 else "after",
    replies.EndOfReport: lambda found: "before" if found.step < 0 else "after",
    replies.Citations: lambda _: "sources",
    replies.SmallTalkAnswered: lambda found: KINDS.get(found.kind, str(found.kind)),
    replies.NothingAsked: lambda _: "unclear",
    replies.NothingShown: lambda _: "unclear",
    replies.NothingAnswered: lambda _: "unclear",
    replies.NoWords: lambda _: "unclear",
    BadQuestion: lambda _: "unclear",
}
# The small talk that talk_lines calls otherwise.
KINDS = {
    SmallTalkKind.PUBLICATION: "about-report",
    SmallTalkKind.MISSED: "dissatisfied",
    SmallTalkKind.SWEARING: "dissatisfied",
    SmallTalkKind.PUZZLED: "unclear",
    SmallTalkKind.YES: "reaction",
    SmallTalkKind.NO: "reaction",
    SmallTalkKind.SIGNS: "reaction",
}


def named(said: Sequence[Any]) -> str:
    """The move that a line was taken for, by the replies to it."""
    return "several" if len(said) > 1 else NAMES[type(said[0])](said[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a reply shows of the library: the first passage's text, if any, and its voice."""

    passage: str = ""
    voice: str = "none"


def given(reply: Any) -> tuple[Given, ...]:
    """The answers in a reply, in order."""
    match reply:
        case Answer():
            shown = reply.hits[:1] if reply.verdict is not Verdict.OUTSIDE else ()
            passage = shown[0].passage.text if shown else ""
            return (Given(passage=passage, voice=str(reply.verdict)),)
        case replies.Further():
            return (Given(passage=reply.hits[0].passage.text),)
        case replies.Neighbouring():
            return (Given(passage=reply.passage.text),)
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A line, the move that it was taken for, what was shown for it, and the messages."""

    asked: TalkLine
    move: str
    given: tuple[Given, ...]
    drafts: tuple[Draft, ...]

    @property
    def answers(self) -> list[tuple[Expected, Given]]:
        """Each expected answer with the one in its place."""
        lacking = len(self.asked.answers) - len(self.given)
        return list(zip(self.asked.answers, (*self.given, *[Given()] * lacking), strict=False))

    @property
    def passages(self) -> list[bool]:
        """Whether a right passage is first, for each expected answer that names some."""
        return [
            any(folded(words) in folded(found.passage) for words in wanted.evidence)
            for wanted, found in self.answers
            if wanted.evidence
        ]

    @property
    def voices(self) -> list[Pair]:
        """The right voices and the one that spoke, for each expected answer that has some."""
        return [(wanted.voices, found.voice) for wanted, found in self.answers if wanted.voices]

    @property
    def lines(self) -> int:
        return sum(len(screen(draft)) for draft in self.drafts)

    @property
    def rows(self) -> int:
        return sum(len(draft.rows) for draft in self.drafts)


async def said_to(listener: Listener, talks: Iterable[Sequence[TalkLine]]) -> list[Outcome]:
    found = []
    for talk, lines in enumerate(talks, 1):
        for number, asked in enumerate(lines, 1):
            said, drafts = await listener.say(talk, number, asked.line)
            shown = tuple(one for reply in said for one in given(reply))
            found.append(Outcome(asked=asked, move=named(said), given=shown, drafts=drafts))
    return found


def measured(found: Sequence[Outcome]) -> dict[str, Any]:
    moves = [(one.asked.moves, one.move) for one in found]
    voices = [pair for one in found for pair in one.voices]
    return {
        "talks": len({one.asked.talk for one in found}),
        "right move": wilson([move in wanted for wanted, move in moves]),
        "right first passage": wilson([right for one in found for right in one.passages]),
        "right voice": wilson([voice in wanted for wanted, voice in voices]),
        "wrong moves": dict(Counter(_wrong(moves)).most_common()),
        "wrong voices": dict(Counter(_wrong(voices)).most_common()),
        f"text within {SCREEN} lines of {WIDTH}": wilson([one.lines <= SCREEN for one in found]),
        "text and buttons within as many": wilson(
            [one.lines + ROW * one.rows <= SCREEN for one in found]
        ),
        f"at most {MOST_ROWS} rows of buttons": wilson([one.rows <= MOST_ROWS for one in found]),
        "lines": spread([one.lines for one in found]),
        "rows of buttons": dict(sorted(Counter(one.rows for one in found).items())),
    }


def _wrong(pairs: Iterable[Pair]) -> list[str]:
    return [f"{' or '.join(sorted(wanted))} -> {got}" for wanted, got in pairs if got not in wanted]


def transcript(found: Sequence[Outcome]) -> str:
    """The talks as a person sees them, a folded quotation cut after its third line."""
    parts, talk = [], ""
    for one in found:
        if one.asked.talk != talk:
            talk = one.asked.talk
            parts.append(f"{'=' * WIDTH} {talk}")
        wrong = [f"move {pair}" for pair in _wrong([(one.asked.moves, one.move)])]
        wrong += ["passage"] * (not all(one.passages))
        wrong += [f"voice {pair}" for pair in _wrong(one.voices)]
        note = f" ≠ {'; '.join(wrong)}" if wrong else ""
        size = f"{one.lines} lines, {one.rows} rows"
        parts.append(f"> {one.asked.line}\n[{one.move}; {size}]{note}")
        parts += ["\n".join([*screen(draft), *map(_buttons, draft.rows)]) for draft in one.drafts]
    return "\n\n".join(parts) + "\n"


def _buttons(row: Sequence[InlineKeyboardButton]) -> str:
    return " ".join(f"[{button.text}]" for button in row)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("talks", nargs="?", type=Path, default=TALKS)
    parser.add_argument("--transcripts", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pincite = Pincite(Settings.read({}, library=folder), display)
        listener = Listener(pincite)
        with pincite.library:
            found = asyncio.run(said_to(listener, read_talks(chosen.talks).values()))
        listener.close()
    if chosen.transcripts:
        chosen.transcripts.write_text(transcript(found), encoding="utf-8")
    said({**about(), "asked": chosen.talks.name, **measured(found)})


if __name__ == "__main__":
    main()
