"""Whether a line is in another language than English."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.languages import other_language
from bot.rendering.unread import unread
from corpus.names.thesaurus import expansions

QUESTIONS = Path(__file__).parents[2] / "questions"
LINES = [
    json.loads(line)
    for line in (QUESTIONS / "languages.jsonl").read_text(encoding="utf-8").splitlines()
]
OTHERS = sorted({line["language"] for line in LINES} - {"en"})


def test_no_english_line_is_taken_for_another_language():
    english = [line["text"] for line in LINES if line["language"] == "en"]
    assert len(english) == 100
    taken = {text: found for text in english if (found := other_language(text))}
    assert taken == {}


@pytest.mark.parametrize("name", ["digest", "report"])
def test_no_question_of_the_sets_is_taken_for_another_language(name):
    sheet = (QUESTIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in sheet]
    questions += [question.lower() for question in questions]
    assert [question for question in questions if other_language(question)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_most_short_questions_of_a_language_are_told(language):
    """Measured: tests/bench/languages.py. The least are Dutch keywords."""
    lines = [line["text"] for line in LINES if line["language"] == language]
    assert len(lines) == 20
    told = Counter(other_language(line) for line in lines)
    assert told[language] >= 11
    assert told.total() - told[None] >= 12


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("¿Cuántas minas cerraron?", "es"),
        ("cuantas minas hay", "es"),
        ("Combien de mines ont fermé ?", "fr"),
        ("Welche Gruben sind zu?", "de"),
        ("Чому закрили шахти?", "uk"),
        ("Почему закрыли шахты?", "ru"),
        ("چرا معدن بسته شد؟", "fa"),
        ("لماذا أغلق المنجم؟", "ar"),
        ("Γιατί έκλεισε το ορυχείο;", "und"),
        # More of the letters are of another script.
        ("COVAX 백신을 제안했나요", "ko"),
        ("songbun 성분", None),
        # A name's small words say nothing, nor do those that English has, too.
        ("La Paz de Ayacucho", None),
        ("was die cast in 2021", None),
        ("coup d'état in Velmora", None),
        ("Führer cult", None),
        # A term that the thesaurus knows is searched.
        ("관리소", None),
        ("2021?", None),
        ("😀", None),
        ("", None),
    ],
)
def test_the_language_of_a_line(line, language):
    assert other_language(line) == language


@given(st.text(max_size=60))
def test_any_line_has_a_language_or_none(line):
    assert other_language(line) in {None, "und", *OTHERS}


@given(st.sampled_from([line for line in LINES if line["language"] == "en"]))
def test_case_does_not_make_a_line_foreign(line):
    assert other_language(line["text"].upper()) is None


def test_a_korean_term_of_the_thesaurus_stands_alone():
    assert expansions("성분")
    assert other_language("성분?") is None
    assert other_language("성분이 무엇입니까") == "ko"


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_is_told_in_itself_and_in_english(language):
    said = unread(language)
    assert said != unread("und")
    assert said.endswith(unread("und"))
