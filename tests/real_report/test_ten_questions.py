"""The questions that the real report must answer, each with its paragraph first, verbatim."""

import json

import pytest

# Question; section, paragraph; words of the paragraph.
QUESTIONS = {
    "How many people defected to South Korea?": ("Freedom of movement", 3, "63 North Koreans"),
    "What orders did the guards at the border have?": ("Freedom of movement", 2, "shoot anyone"),
    "What happened to the vaccine that COVAX offered in March?": (
        "Right to health",
        2,
        "2 million doses was turned down",
    ),
    "How many children are stunted?": ("Rights to food, water and sanitation", 3, "one in five"),
    "What does the law of December 2020 forbid?": (
        "Repression of dissent",
        2,
        "illegal foreign culture",
    ),
    "How many detainees are held in the kwanliso?": (
        "Arbitrary arrests and detentions",
        3,
        "Up to 120,000",
    ),
    "What is songbun?": ("Right to free choice of employment", 1, "ascribed status"),
    "What work do orphans do?": ("Child/forced labour", 1, "en masse"),
    "Did North Korea take part in COP26?": ("International engagement", 1, "COP26"),
    "What did the satellite images of 2013 show?": (
        "North Korea Newsroom",
        5,
        "kwanliso 16 appears",
    ),
}


@pytest.fixture(scope="module")
def answers(pincite, with_real):
    lines = "\n".join(QUESTIONS)
    ran = pincite("ask", "-", "--json", "--library", str(with_real), stdin=lines)
    assert ran.err == ""
    return {answer["question"]: answer for answer in map(json.loads, ran.out.splitlines())}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_gets_its_paragraph_first(question, answers):
    section, paragraph, words = QUESTIONS[question]
    hit = answers[question]["hits"][0]
    assert words in hit["text"]
    assert (hit["citation"]["section"][-1], hit["citation"]["paragraph"]) == (section, paragraph)
    assert hit["citation"]["kind"] == "verbatim"
    assert answers[question]["verdict"] != "outside"
