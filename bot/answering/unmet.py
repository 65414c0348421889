"""What of a question a passage does not meet: words, figures, names, years."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.answering.words import words
from corpus.english.figures import figures
from corpus.english.folded import fold
from corpus.names.mentions import mentions, seat_of
from corpus.names.thesaurus import expansions
from corpus.names.years import times, years
from corpus.passage import Span
from embeddings.hit import Hit, Why
from embeddings.wording import WORD

# How well a passage meets a word that it speaks of, at the least. Of the follow-ups in
# tests/bot/conversation/dialogues.jsonl that are answered by the right passage, the best met new
# word is met by 0.57 or more; of fifteen that nothing answers ("and the elephants?") by 0.35 or
# less.
MET = 0.5
# How well the best met word of a question is met, at the most, by a passage that says nothing of
# it. Of the lines of tests/questions/talk.jsonl that were perhaps answered three are such, and no
# passage answers them ("and planes?"); none of the 40 in digest.jsonl that one answers is such.
# Below MET were six and three ("Are pharmacies running out of pills?").
SILENT = 0.35
# Up to ten numbers are words like others in a question: "one of", "two".
_COUNTED_FROM = 11
_BOUND = re.compile(
    r"(?:\b(?:over|under|above|below|beyond|nearly|almost|about|around|roughly|approximately|some|"
    r"at least|at most|up to|(?:more|less|fewer|greater|higher|lower|older|younger|larger|smaller) "
    r"than|exceed(?:s|ed|ing)?|between|from|top|first|last)|[<>≥≤~])\s*$"
    r"|\bbetween \S+ and $",
    re.IGNORECASE,
)
_BOUND_AFTER = re.compile(
    r"\s*(?:\+|or (?:more|less|fewer|over|under|older|younger)\b|(?:and|to|-|–) ?\d)", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d_][^\W_]*(?:['’.-][^\W_]+)*")
_PLACE = re.compile(
    r"\b(?:in|at|near|around|inside|outside|from|to|of|into|through) $", re.IGNORECASE
)
# What a word and its derivations share, at the least: "Korean" and "Korea".
_ENDING, _STEM = 2, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongFigure:
    """A figure that a question says, and the one that the answering sentence gives instead.

    Both as they are written; `given` is None where the sentence counts no such thing, or several.
    """

    asked: str
    given: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """What of a question its best passage does not meet.

    `words` are those of content that no word of the passage comes near; `figures`, `names` and
    `years` stand neither in the passage nor in its section.
    """

    words: tuple[str, ...] = ()
    figures: tuple[WrongFigure, ...] = ()
    names: tuple[str, ...] = ()
    years: tuple[str, ...] = ()

    @property
    def is_wrong(self) -> bool:
        """Whether something is named or counted otherwise than the section does."""
        return bool(self.figures or self.names or self.years)


NOTHING_UNMET = Unmet()


def unmet(question: str, best: Hit, section: Callable[[], str]) -> Unmet:
    """What of a question its best passage does not meet.

    `section` gives the text of its section; it is read where the passage alone lacks something.
    """
    missed = _unmet(question, best, best.passage.text)
    return _unmet(question, best, section()) if missed.is_wrong else missed


def _unmet(question: str, best: Hit, section: str) -> Unmet:
    passage = best.passage
    said = {match[0].casefold() for match in WORD.finditer(question)}
    report = passage.report
    about = [report.title, report.publisher, report.author, report.country, passage.searched]
    text = "\n".join([*filter(None, about), section])
    return Unmet(
        words=tuple(word for word in unmet_words(best.why) if word in said),
        figures=tuple(_wrong_figures(question, best.quoted.quotation, text)),
        names=tuple(_missing_names(question, best, text)),
        years=tuple(_missing_years(question, best, text)),
    )


def unmet_words(why: Why) -> tuple[str, ...]:
    """The question's words of content that no word of the passage comes near, each once."""
    telling = {
        word.plain for word in words(" ".join(word for word, _ in why.met)) if word.is_content
    }
    missed = (word for word, value in why.met if value < MET and word in telling)
    return tuple(dict.fromkeys(missed))


def _wrong_figures(question: str, sentence: str, text: str) -> Iterator[WrongFigure]:
    held = figures(text)
    for value, shown, start in _asked_figures(question):
        if value not in held:
            counted = question[start + len(shown) :]
            yield WrongFigure(asked=shown, given=_given(counted, sentence))


def _asked_figures(question: str) -> Iterator[tuple[str, str, int]]:
    """The figures that a question takes for so: no years, no bounds, no parts of names."""
    taken = [time.span for time in times(question)]
    for value, shown in figures(question).items():
        start = question.find(shown)
        before, after = question[:start], question[start + len(shown) :]
        is_part = re.search(r"[\w-]$", before) or re.match(r"-?[^\W\d_]", after)
        is_year = any(span.start <= start < span.stop for span in taken)
        is_bound = _BOUND.search(before) or _BOUND_AFTER.match(after)
        is_word = any(map(str.isalpha, shown[:1])) and (
            any(map(str.isalpha, value)) or float(value) < _COUNTED_FROM
        )
        if not (is_part or is_year or is_bound or is_word):
            yield value, shown, start


def _given(counted: str, sentence: str) -> str | None:
    """The one figure of a sentence that counts what a question counts, else its only one."""
    spans = [time.span for time in times(sentence)]
    found = []
    for shown in figures(sentence).values():
        start = sentence.find(shown)
        if not any(span.start <= start < span.stop for span in spans):
            found.append((shown, sentence[start + len(shown) :]))
    noun = next(iter(_nouns(counted)), None)
    if noun is None:  # it numbers and counts nothing: "camp 14"
        return None
    alike = [shown for shown, after in found if noun in _nouns(after)]
    chosen = alike or [shown for shown, _ in found]
    return chosen[0] if len(chosen) == 1 else None


def _nouns(after: str) -> list[str]:
    """Of the two words after a figure those of content, without the ending of a plural."""
    return [word.plain.removesuffix("s") for word in words(after)[:2] if word.is_content]


def _missing_years(question: str, best: Hit, text: str) -> Iterator[str]:
    period = best.passage.period
    held = {*years(text), *(period.years if period else ())}
    return (str(year) for year in years(question) if year not in held and str(year) not in text)


def _missing_names(question: str, best: Hit, text: str) -> Iterator[str]:
    """Names of a question of which a text has some word nowhere, nor another name for them."""
    folded = {word.removesuffix("'s") for word in fold(text).words}
    held = folded | {part for word in folded for part in re.split(r"['.-]", word)}
    known = mentions(text).countries
    read = {change.asked.casefold() for change in best.why.changes}
    others = {term.casefold(): forms for term, forms in expansions(question)}
    for name in _names(question):
        plain = name.casefold()
        parts = re.split(r"[ -]", name)
        is_held = _is_abbreviated(name, text) or all(
            _is_held(part, held) or _is_abbreviated(part, text) for part in parts
        )
        is_country = bool(mentions(name).countries) or (
            seat_of(name) in known and not _PLACE.search(question[: question.index(name)])
        )
        is_read = any(plain in term or term in plain for term in {*read, *others})
        if not (is_held or is_country or is_read):
            yield name


def _is_held(part: str, held: set[str]) -> bool:
    plain = "".join(fold(part).words)
    stem = plain[: max(len(plain) - _ENDING, _STEM)]
    return (
        plain in held
        or any(word.startswith(stem) for word in held if len(word) >= _STEM)
        or (len(plain) > _STEM and any(_is_misspelt(plain, word) for word in held))
    )


def _is_misspelt(written: str, word: str) -> bool:
    """Whether a word is another but for one edit (optimal string alignment)."""
    from rapidfuzz.distance import OSA

    return OSA.distance(written, word, score_cutoff=1) <= 1


def _is_abbreviated(name: str, text: str) -> bool:
    """Whether a text spells out an abbreviation, or abbreviates a name."""
    if name.isupper():
        initials = r"[a-z’']+ (?:(?:of|for|and|the|on) )*".join(map(re.escape, name))
        return re.search(rf"\b{initials}[a-z]+", text) is not None
    capitals = "".join(word[0] for word in name.split() if word[0].isupper())
    return len(capitals) > 1 and re.search(rf"\b{re.escape(capitals)}\b", text) is not None


def _names(question: str) -> Iterator[str]:
    """Runs of words with a capital that do not open the question, or are all capitals."""
    spans = [
        Span(start=match.start(), stop=match.end())
        for match in _NAME.finditer(question)
        if _is_name(question, match)
    ]
    at = 0
    while at < len(spans):
        last = at
        while last + 1 < len(spans) and question[spans[last].stop : spans[last + 1].start] == " ":
            last += 1
        name = question[spans[at].start : spans[last].stop]
        yield re.sub(r"['’]s$", "", name)
        at = last + 1


def _is_name(question: str, match: re.Match[str]) -> bool:
    written = match[0]
    if not written[0].isupper() or not any(
        w.is_content and not w.slot for w in words(f"x {written}")[1:]
    ):
        return False
    opens = not re.search(r"[^\W_][^.?!]*$", question[: match.start()])
    return not opens or (written.isupper() and len(written) > 1)
