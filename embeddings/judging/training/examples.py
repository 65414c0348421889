"""What one step of training reads: some passages, and questions asked of each of them.

Three neighbouring paragraphs with all their questions, and two mined ones. Each answered question
is asked of other passages too, where it should score lower: of the neighbours, of the mined ones
and, with its country named, of another country's. Those that a paragraph does not answer are asked
of its section's others, which by the sheets' rule do not either. Then there are questions put to
another country, and questions that have nothing to do with it. Beside a group stand two sentences
of its paragraphs, alone, with the paragraph's questions: the reader is asked of sentences too, to
choose the one that answers, and other reports' paragraphs are shorter than these.
"""

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.english.sentences import sentences as sentences_of
from corpus.passage import Span as Stretch
from embeddings.judging.training.balancing import Balance
from embeddings.judging.training.mining import Mined
from embeddings.judging.training.paragraphs import Asked, Paragraph
from embeddings.judging.training.vocabulary import Vocabulary

TOGETHER = 3
MINED_TOGETHER = 2
PUBLIC_TOGETHER = 4
# Chances, chosen beforehand and not tuned: there was time for one training, not for several.
OF_PUBLIC = 0.22
OF_OTHER_COUNTRY = 0.6
OF_SWAPPED_COUNTRY = 0.6
OF_FAR_QUESTION = 0.3
OF_NAMED_COUNTRY = 0.3
OF_NAMED_YEAR = 0.35
OF_NO_PLACE = 0.08
OF_NO_HEADING = 0.15
# Hard negatives are taken by rank, the first ones more often: the mean rank is the inverse.
RANK_RATE = 0.35
MOST_FOREIGN = {"own": 3, "mined": 10, "public": 4}
MOST_OF_NEIGHBOURS = 2
# Labels written by hand count whole; a passage that a question was not written for may answer it.
WEIGHT = {"own": 1.0, "swapped": 0.6, "far": 0.3, "foreign": 0.25, "sentence": 0.5}
SENTENCES_TOGETHER = 2
# A sentence is chosen for holding an answer so often, else at random.
OF_ANSWERING_SENTENCE = 0.75
# Words that answer stand in a sentence if so much of them does.
SHARE_INSIDE = 0.9
# Passages with more of their words in common say the same: neither is a negative of the other.
SAME_WORDS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it is asked of one passage.

    `is_own` where it was written for this passage. `among` names the question, where its passages
    are to be ranked: one of them answers.
    """

    tokens: tuple[int, ...]
    answers: bool
    weight: float
    is_own: bool = False
    among: str | None = None


@dataclass(slots=True, kw_only=True)
class Row:
    """A passage with the questions that are asked of it."""

    paragraph: Paragraph
    tokens: list[int]
    questions: list[Question] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answered:
    """A question that a paragraph answers, in the words that it is asked in this time."""

    text: str
    home: Paragraph
    name: str


class Examples:
    """Groups of rows without end, the sheets' paragraphs in a new order every time."""

    def __init__(
        self,
        sheets: Sequence[Paragraph],
        public: Sequence[Paragraph],
        mined: Mined,
        vocabulary: Vocabulary,
        seed: int,
    ) -> None:
        self._sheets, self._public, self._mined = sheets, _by_article(public), mined
        self._balance = Balance(sheets)
        self._vocabulary = vocabulary
        self._chance = random.Random(seed)  # noqa: S311  no secret hangs on it
        self._waiting: list[list[Paragraph]] = []
        self._waiting_public: list[list[Paragraph]] = []
        self._countries = sorted({_plain(p.country) for p in sheets if p.country})
        self._sheet_questions = [asked.question for p in sheets for asked in p.asked]
        self._public_questions = [asked.question for p in public for asked in p.asked]

    def next(self) -> tuple[list[Row], list[Row]]:
        """The rows of the next group, and those of sentences beside it, which are short."""
        if self._public and self._chance.random() < OF_PUBLIC:
            return self._public_group(), []
        if not self._waiting:
            self._waiting = _grouped(self._sheets, self._chance)
        paragraphs = self._waiting.pop()
        sentences = [self._sentence(paragraph) for paragraph in self._some(paragraphs)]
        return self._sheet_group(paragraphs), [row for row in sentences if row.questions]

    def _some(self, paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
        several = [one for one in paragraphs if len(sentences_of(one.text)) > 1]
        return self._chance.sample(several, min(SENTENCES_TOGETHER, len(several)))

    def _sentence(self, paragraph: Paragraph) -> Row:
        """One of a paragraph's sentences as if it were a passage, with the same questions."""
        answers = [asked.answer for asked in paragraph.asked if asked.answer]
        spans = sentences_of(paragraph.text)
        chosen = self._chance.choice(spans)
        if answers and self._chance.random() < OF_ANSWERING_SENTENCE:
            start = paragraph.text.find(self._chance.choice(answers))
            chosen = next((span for span in spans if span.start <= start < span.stop), chosen)
        alone = replace(paragraph, text=paragraph.text[chosen.start : chosen.stop])
        row = self._row(alone)
        for asked in paragraph.asked:
            share = 0.0 if asked.answer is None else _inside(asked.answer, paragraph.text, chosen)
            if share == 0 or share > SHARE_INSIDE:
                row.questions.append(
                    Question(
                        tokens=self._vocabulary.question(asked.question),
                        answers=share > 0,
                        weight=WEIGHT["sentence"],
                    )
                )
        return row

    def _row(self, paragraph: Paragraph) -> Row:
        shown = paragraph
        if self._chance.random() < OF_NO_PLACE:
            shown = replace(shown, country=None, year=None)
        if self._chance.random() < OF_NO_HEADING:
            shown = replace(shown, section=())
        tokens = self._vocabulary.passage(shown.context, paragraph.text)
        return Row(paragraph=paragraph, tokens=tokens)

    def _ask(self, row: Row, asked: Asked, text: str, weight: float) -> None:
        is_answered = asked.answer is not None
        row.questions.append(
            Question(
                tokens=self._vocabulary.question(text),
                answers=is_answered,
                weight=WEIGHT["own"] * weight,
                is_own=True,
                among=asked.id if is_answered else None,
            )
        )

    def _refuse(self, row: Row, text: str, kind: str, among: str | None = None) -> None:
        row.questions.append(
            Question(
                tokens=self._vocabulary.question(text),
                answers=False,
                weight=WEIGHT[kind],
                among=among,
            )
        )

    def _sheet_group(self, paragraphs: Sequence[Paragraph]) -> list[Row]:
        chance, answered = self._chance, []
        rows = [self._row(paragraph) for paragraph in paragraphs]
        for row in rows:
            for asked in row.paragraph.asked:
                text = asked.question
                if chance.random() < OF_NAMED_COUNTRY:
                    text = self._with_country(text, row.paragraph)
                answers = asked.answer is not None
                weight = self._balance.weight(text, row.paragraph, answers=answers)
                self._ask(row, asked, text, weight)
                if answers:
                    answered.append(_Answered(text=text, home=row.paragraph, name=asked.id))
            self._ask_elsewhere(row)
            self._ask_of_neighbours(row, paragraphs)
        mined = self._mined_rows(paragraphs)
        for kind, some in (("own", rows), ("mined", mined)):
            for row in some:
                self._ask_foreign(row, answered, MOST_FOREIGN[kind])
        return [row for row in rows + mined if row.questions]

    def _ask_elsewhere(self, row: Row) -> None:
        """One of the row's questions put to another country, and one from far away."""
        chance, home = self._chance, row.paragraph
        if chance.random() < OF_SWAPPED_COUNTRY:
            others = [name for name in self._countries if name != _plain(home.country)]
            asked = chance.choice(home.asked).question
            swapped = self._swapped(asked, home, chance.choice(others)) if others else None
            if swapped is not None:
                self._refuse(row, swapped, "swapped")
        if self._public_questions and chance.random() < OF_FAR_QUESTION:
            self._refuse(row, chance.choice(self._public_questions), "far")

    def _ask_of_neighbours(self, row: Row, paragraphs: Sequence[Paragraph]) -> None:
        """Some questions that others of the row's section were found not to answer."""
        here = row.paragraph
        unanswered = [
            asked.question
            for one in paragraphs
            if one.id != here.id and (one.report, one.section) == (here.report, here.section)
            for asked in one.asked
            if asked.answer is None
        ]
        number = min(MOST_OF_NEIGHBOURS, len(unanswered))
        for question in self._chance.sample(unanswered, number):
            self._refuse(row, question, "foreign")

    def _mined_rows(self, paragraphs: Sequence[Paragraph]) -> list[Row]:
        chance, rows = self._chance, []
        taken = {paragraph.id for paragraph in paragraphs}
        for number in range(MINED_TOGETHER):
            is_abroad = number > 0 and chance.random() < OF_OTHER_COUNTRY
            source = self._mined.other_countries if is_abroad else self._mined.same_report
            found = source.get(chance.choice(paragraphs).id, ())
            if found:
                rank = min(int(chance.expovariate(RANK_RATE)), len(found) - 1)
                if found[rank].id not in taken:
                    taken.add(found[rank].id)
                    rows.append(self._row(found[rank]))
        return rows

    def _ask_foreign(self, row: Row, answered: Sequence[_Answered], most: int) -> None:
        """Questions that another passage answers, so that this one should score lower."""
        here = row.paragraph
        fitting = [
            one
            for one in answered
            if one.home.id != here.id
            and (one.home.country == here.country or _names(one.text, one.home))
            and _words_in_common(one.home.text, here.text) <= SAME_WORDS
        ]
        for one in self._chance.sample(fitting, min(most, len(fitting))):
            self._refuse(row, one.text, "foreign", one.name)

    def _public_group(self) -> list[Row]:
        chance, answered = self._chance, []
        if not self._waiting_public:
            self._waiting_public = chance.sample(self._public, len(self._public))
        rows = [self._row(paragraph) for paragraph in self._waiting_public.pop()]
        for row in rows:
            for asked in row.paragraph.asked:
                self._ask(row, asked, asked.question, 1.0)
                if asked.answer is not None:
                    answered.append(
                        _Answered(text=asked.question, home=row.paragraph, name=asked.id)
                    )
            if chance.random() < OF_FAR_QUESTION:
                self._refuse(row, chance.choice(self._sheet_questions), "far")
        for row in rows:
            self._ask_foreign(row, answered, MOST_FOREIGN["public"])
        return rows

    def _with_country(self, text: str, home: Paragraph) -> str:
        """The question with its country named, and sometimes its year."""
        chance, country = self._chance, _plain(home.country)
        if not country or _names(text, home):
            return text
        when = f" in {home.year}" if chance.random() < OF_NAMED_YEAR else ""
        body = text.rstrip("?. ")
        mark = text[len(body) :].strip()
        return chance.choice(
            (
                f"{body} in {country}{when}{mark}",
                f"{body} in {country}{when}{mark}",
                f"In {country}{when}, {text[:1].lower()}{text[1:]}",
                f"{country}{when}: {text}",
            )
        )

    def _swapped(self, text: str, home: Paragraph, other: str) -> str | None:
        """The question put to another country, None where that cannot be done in words."""
        country = _plain(home.country)
        if country.casefold() in text.casefold():
            return re.sub(re.escape(country), other, text, flags=re.IGNORECASE)
        if _names(text, home):
            return None
        return self._with_country(text, replace(home, country=other))


def _plain(country: str | None) -> str:
    """A country's name as people write it."""
    return (country or "").split(" (")[0]


def _names(text: str, home: Paragraph) -> bool:
    """Whether a text names a paragraph's country, also as an adjective ("Algerian")."""
    return bool(home.country) and _plain(home.country)[:5].casefold() in text.casefold()


def _inside(words: str, text: str, sentence: Stretch) -> float:
    """How much of some words of a text stands in one of its sentences."""
    start = text.find(words)
    common = min(sentence.stop, start + len(words)) - max(sentence.start, start)
    return max(0, common) / max(1, len(words)) if start >= 0 else 0.0


def _words_in_common(one: str, other: str) -> float:
    first, second = set(one.casefold().split()), set(other.casefold().split())
    return len(first & second) / max(1, len(first | second))


def _grouped(sheets: Sequence[Paragraph], chance: random.Random) -> list[list[Paragraph]]:
    """All paragraphs, TOGETHER at a time: neighbours of one country, then what is left."""
    of_country: dict[str | None, list[Paragraph]] = defaultdict(list)
    for paragraph in sorted(sheets, key=lambda paragraph: (paragraph.report, paragraph.id)):
        of_country[paragraph.country].append(paragraph)
    groups: list[list[Paragraph]] = []
    left: list[Paragraph] = []
    for paragraphs in of_country.values():
        start = chance.randrange(TOGETHER)
        stop = start + (len(paragraphs) - start) // TOGETHER * TOGETHER
        groups += [paragraphs[at : at + TOGETHER] for at in range(start, stop, TOGETHER)]
        left += paragraphs[:start] + paragraphs[max(start, stop) :]
    chance.shuffle(left)
    groups += [left[at : at + TOGETHER] for at in range(0, len(left), TOGETHER)]
    chance.shuffle(groups)
    return groups


def _by_article(public: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Paragraphs of public collections, PUBLIC_TOGETHER at a time, of one article where it can."""
    ordered = sorted(public, key=lambda paragraph: paragraph.report)
    return [ordered[at : at + PUBLIC_TOGETHER] for at in range(0, len(ordered), PUBLIC_TOGETHER)]
