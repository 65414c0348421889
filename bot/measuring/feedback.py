"""What people said of answers, kept in the library's folder with their consent.

Each judgement is a file of its own, so that several processes need no lock; it holds the question,
the passage's id and the judgement, and nothing of the person or the time.
"""

import enum
import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import LibraryFault, NotInLibrary, WrongUse
from corpus.remedy import Remedy
from corpus.stated import read_json
from corpus.writing import write
from embeddings.evaluation.gold import folded

FOLDER = "feedback"
# As evidence a quotation is long enough to stand in one passage only, and no longer.
_EVIDENCE_WORDS = 6


class Said(enum.StrEnum):
    """What a person says of an answer."""

    RIGHT = "right"
    WRONG_PASSAGE = "wrong passage"
    SHOULD_HAVE_SAID_NO = "should have said no"


class State(enum.StrEnum):
    """What became of a judgement."""

    PENDING = "pending"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One judgement; `evidence` are the quotations that it was accepted with."""

    id: str
    question: str
    passage_id: str
    said: Said
    state: State = State.PENDING
    evidence: tuple[str, ...] = ()


class FeedbackStore:
    """The judgements of a library. Raises LibraryFault where its folder cannot be used."""

    def __init__(self, library: Path) -> None:
        self._folder = library / FOLDER

    def record(
        self, question: str, passage_id: str, said: Said, *, consented: bool
    ) -> Feedback | None:
        """Keep a judgement; without the person's consent nothing is written, and None returned."""
        if not consented:
            return None
        feedback = Feedback(
            id=secrets.token_hex(4), question=question, passage_id=passage_id, said=said
        )
        self._write(feedback)
        return feedback

    def list(self) -> "list[Feedback]":
        """All that is kept, by id."""
        try:
            return [_read(path) for path in sorted(self._folder.glob("*.json"))]
        except OSError as error:
            raise self._fault(error) from None

    def get(self, name: str) -> Feedback:
        """One judgement; raises NotInLibrary."""
        for feedback in self.list():
            if feedback.id == name:
                return feedback
        raise NotInLibrary(f"no judgement has the id {name!r}", Remedy.LIST_JUDGEMENTS)

    def accept(self, name: str, evidence: Sequence[str]) -> Feedback:
        """Let a judgement become a question with this evidence; raises NotInLibrary."""
        found = self.get(name)
        accepted = Feedback(
            id=found.id,
            question=found.question,
            passage_id=found.passage_id,
            said=found.said,
            state=State.ACCEPTED,
            evidence=tuple(evidence),
        )
        self._write(accepted)
        return accepted

    def remove(self, name: str) -> None:
        """Delete a judgement with its question; raises NotInLibrary."""
        self.get(name)
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            raise self._fault(error) from None

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"

    def _write(self, feedback: Feedback) -> None:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            text = json.dumps(asdict(feedback), ensure_ascii=False)
            write(self._path(feedback.id), text, private=True)
        except OSError as error:
            raise self._fault(error) from None

    def _fault(self, error: OSError) -> LibraryFault:
        return LibraryFault(f"the folder {self._folder} cannot be used ({error.strerror}).")


def quotation(question: str, passage: str, others: Sequence[str]) -> str | None:
    """Six words of a passage that stand in no other, those most like the question.

    None where every six words of it stand in another passage, too.
    """
    asked = _words(question)
    words = passage.split()
    runs = [
        " ".join(words[start : start + _EVIDENCE_WORDS])
        for start in range(max(1, len(words) - _EVIDENCE_WORDS + 1))
    ]
    known = [folded(other) for other in others]
    alone = [run for run in runs if not any(folded(run) in other for other in known)]
    return max(alone, key=lambda run: len(asked & _words(run)), default=None)


def _words(text: str) -> set[str]:
    """The words of a text without the marks that stand at them."""
    return set(re.findall(r"\w+", folded(text)))


def check_evidence(feedback: Feedback, evidence: Sequence[str], texts: Sequence[str]) -> None:
    """Raise WrongUse for evidence that does not fit the judgement, or stands nowhere."""
    if feedback.said is Said.SHOULD_HAVE_SAID_NO and evidence:
        raise WrongUse(f"{feedback.id} says that there is no answer; it takes no quotation.")
    if feedback.said is not Said.SHOULD_HAVE_SAID_NO and not evidence:
        raise WrongUse(f"{feedback.id} needs to be told which passage answers", Remedy.QUOTE)
    for quoted in evidence:
        if not any(folded(quoted) in folded(text) for text in texts):
            raise WrongUse(f"“{quoted}” stands in no passage that answers come from.")


def _read(path: Path) -> Feedback:
    try:
        row = read_json(path.read_text(encoding="utf-8"))
        return Feedback(
            id=row["id"],
            question=row["question"],
            passage_id=row["passage_id"],
            said=Said(row["said"]),
            state=State(row["state"]),
            evidence=tuple(row["evidence"]),
        )
    except (ValueError, KeyError, TypeError):
        raise LibraryFault(f"{path} is not a judgement that Pincite kept; delete it.") from None
