"""Which passages answer a question: by quotation, so that gold survives another cutting."""

import re
from collections.abc import Iterable, Mapping, Sequence

from corpus.passage import Passage
from corpus.remedy import Remedy
from embeddings.evaluation.questions import Question

# Grades of passages by their id, for each question by its id; above 0 is relevant. A question
# without a relevant passage has no answer in the library. What TREC calls qrels.
Gold = Mapping[str, Mapping[str, int]]

_SAME = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " "}
)


def folded(text: str) -> str:
    """A text for comparing quotations: case, white space, forms of quotes and dashes are one."""
    return " ".join(text.translate(_SAME).casefold().split())


def by_quotation(questions: Iterable[Question], passages: Sequence[Passage]) -> Gold:
    """The gold of questions: each passage that holds one of a question's quotations.

    Raises BadQuestionSet for a quotation that stands in no passage.
    """
    texts = [(passage.id, folded(passage.text)) for passage in passages]
    gold: dict[str, dict[str, int]] = {}
    for question in questions:
        gold[question.id] = {}
        for quotation in question.evidence:
            found = standing_in(quotation, texts)
            if not found:
                raise question.fault(
                    "evidence",
                    f"“{quotation}” stands in no passage of the library that answers come from, "
                    "and nothing was run",
                    Remedy.CORRECT_SET,
                )
            gold[question.id].update(dict.fromkeys(found, 1))
    return gold


def standing_in(quotation: str, texts: Iterable[tuple[str, str]]) -> list[str]:
    """Ids of the folded texts in which a quotation stands."""
    wanted = folded(quotation)
    return [name for name, text in texts if wanted in text]


def says(highlight: str, question: Question) -> bool | None:
    """Whether a highlight says what a question asks.

    It does where it holds a quotation of the evidence, or an answer word for word, or is part of
    a longer answer; None where the question has neither.
    """
    if not question.evidence and not question.answers:
        return None
    text = folded(highlight)
    if any(folded(quotation) in text for quotation in question.evidence):
        return True
    return any(
        text in answer or re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", text)
        for answer in map(folded, question.answers)
    )


def section_name(passage: Passage) -> str:
    """The section of a passage in words."""
    return " – ".join(passage.section) or "(introduction)"
