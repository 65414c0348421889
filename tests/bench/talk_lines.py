"""Lines of talks with what should be said to them: the files tests/questions/talk*.jsonl.

A line of a file is one line of a talk, in its order: {"talk": name, "line": what a person writes,
"moves": [...], "answers": [{"evidence": [...], "voices": [...]}, ...]}. Each list holds all that is
right, written down from the digest by reading it, not from what the program says. `answers` has one
for each question of the line, in order, and none where nothing is to be quoted; an evidence is a
few words of a passage that may come first (none: whichever is shown, none is right or wrong), and
no voices mean that the passage alone counts.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# What a line asks for.
MOVES = {
    "ask": "a question that stands alone",
    "follow-up": "a question that needs what was answered before it",
    "several": "two or three questions in one line",
    "topic": "no question, but what it is to be about",
    "more": "further passages of the last answer",
    "before": "the paragraph before the one shown last",
    "after": "the paragraph after the one shown last",
    "sources": "where what was shown stands",
    "other-language": "a line in a language that is not read",
    "unclear": "nothing that could be searched or followed",
    "greeting": "hello",
    "thanks": "thank you",
    "goodbye": "the talk is over",
    "identity": "who or what answers",
    "help": "how to ask",
    "trust": "whether the answers can be relied on",
    "document": "the report itself, as a file or at its address",
    "about-report": "who published the report and when",
    "summary": "what the report says, in short",
    "topics": "what there is to ask about",
    "dissatisfied": "the last answer was not what was asked",
    "reaction": "yes, no, a lone emoji",
}
# What an answer claims to be; "none" for what is shown without a claim.
VOICES = {"answered", "perhaps", "closest", "outside", "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """An answer that is right: words of the passages that may come first, and its voices."""

    evidence: tuple[str, ...]
    voices: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkLine:
    """A line of a talk, the moves that are right for it and the answers, in order."""

    talk: str
    line: str
    moves: frozenset[str]
    answers: tuple[Expected, ...]


def read_talks(path: Path) -> dict[str, list[TalkLine]]:
    """The talks of a file by name, in its order; raises ValueError for a word of neither list."""
    talks: dict[str, list[TalkLine]] = {}
    for text in path.read_text(encoding="utf-8").splitlines():
        found = _line(json.loads(text))
        talks.setdefault(found.talk, []).append(found)
    return talks


def _line(record: dict[str, Any]) -> TalkLine:
    answers = tuple(
        Expected(evidence=tuple(one["evidence"]), voices=frozenset(one["voices"]))
        for one in record["answers"]
    )
    moves = frozenset(record["moves"])
    voices = frozenset[str]().union(*(one.voices for one in answers))
    if not moves or (strange := (moves - MOVES.keys()) | (voices - VOICES)):
        raise ValueError(
            f"{record['talk']}, “{record['line']}”: expected moves among {list(MOVES)} and "
            f"voices among {sorted(VOICES)}, found {sorted(strange) if moves else 'no move'}"
        )
    return TalkLine(talk=record["talk"], line=record["line"], moves=moves, answers=answers)
