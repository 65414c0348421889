"""Lines that name a topic, and lines that ask something of it."""

import pytest

from bot.conversation.moves import EMPTY, Ask, interpret
from bot.conversation.topics import topic


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Tell me about the camps", "the camps"),
        ("please tell me more about food.", "food"),
        ("overview of the media", "the media"),
        ("Give me a short summary of women's rights", "women's rights"),
        ("What do the reports say about torture?", "torture"),
        ("what is the situation of women in detention?", "women in detention"),
        ("what's the situation?", ""),
        ("What is the human rights situation in North Korea?", ""),
        ("the situation in the country in 2021", ""),
        ("how are things", ""),
        ("overview", ""),
        ("torture", "torture"),
        ("food situation?", "food"),
        ("what is the water situation there", "water"),
    ],
)
def test_a_topic_is_named(line, named):
    assert topic(line) == named
    move = interpret(line, EMPTY)
    assert isinstance(move, Ask)
    assert move.topic == named


@pytest.mark.parametrize(
    "line",
    [
        "Tell me how many people fled",
        "Tell me about how many people fled",
        "tell me about it",
        "What is songbun?",
        "Did the situation of women improve?",
        "what about the camps?",
        "the camps",
        "everywhere?",
        "women",
    ],
)
def test_a_question_is_no_topic(line):
    assert topic(line) is None
