"""Questions that a report must answer, each with its paragraph first, verbatim."""

import json

import pytest

# Question; section, paragraph; words of the paragraph.
QUESTIONS = {
    "How many people fled to Kell in 2021?": ("Freedom of movement", 3, "217 Velmorans"),
    "What orders does the coast guard have?": ("Freedom of movement", 2, "fire without warning"),
    "What happened to the ampoules that were offered in February?": (
        "Right to health",
        2,
        "distrusted the cold chain",
    ),
    "How many children are too short for their age?": ("Food and water", 3, "one in six"),
    "What does the Purity of Speech Act punish?": ("Silencing of critics", 2, "songs, plays"),
    "How many detainees are held in the torvas?": ("Arrests and prisons", 3, "up to 48,000"),
    "What is the brannik?": ("Right to choose an occupation", 1, "register of standing"),
    "What work do orphans do?": ("Child labour", 1, "salt works"),
    "Did Velmora take part in the Conference on the Rising Sea?": (
        "International engagement",
        1,
        "In October it took part",
    ),
    "What did the aerial photographs of 2013 show?": ("Velmora Newsroom", 5, "New barracks"),
}


@pytest.fixture(scope="module")
def answers(pincite, with_invented):
    lines = "\n".join(QUESTIONS)
    ran = pincite("ask", "-", "--json", "--library", str(with_invented), stdin=lines)
    assert ran.err == ""
    return {answer["question"]: answer for answer in map(json.loads, ran.out.splitlines())}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_gets_its_paragraph_first(question, answers, invented_report):
    section, paragraph, words = QUESTIONS[question]
    answer = answers[question]
    hit = answer["hits"][0]
    assert words in hit["text"]
    assert (hit["citation"]["section"][-1], hit["citation"]["paragraph"]) == (section, paragraph)
    assert hit["citation"]["kind"] == "verbatim"
    assert hit["citation"]["publisher"] == "Lantern Watch"
    assert answer["verdict"] == "perhaps"
    source = invented_report.read_text("utf-8")
    sentence = hit["text"][hit["highlight"]["start"] : hit["highlight"]["stop"]]
    assert sentence in source or sentence[:-1] in source


def test_sub_sections_stand_under_their_section(answers):
    section = answers["What is the brannik?"]["hits"][0]["citation"]["section"]
    assert section == ["Economic and social rights", "Right to choose an occupation"]
