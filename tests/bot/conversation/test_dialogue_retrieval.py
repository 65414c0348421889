"""Whether what a follow-up searches for finds its passage, with the real model."""

from pathlib import Path

import pytest

from bot.assemble import Pincite
from bot.cli.progress import display
from bot.conversation.moves import EMPTY
from bot.conversation.reply import reply
from bot.settings import Settings

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("library", "dialogues"),
    [
        ("prepared", HERE / "dialogues.jsonl"),
        ("with_invented", HERE.parents[1] / "data" / "velmora-dialogues.jsonl"),
    ],
)
def test_the_conversation_finds_what_the_last_line_alone_does_not(
    request, counting_found, library, dialogues
):
    """Measured among the first three: 53 of 54 and 28 of 28; the last line alone 46 and 24."""
    count, ours, alone = counting_found(request.getfixturevalue(library), dialogues)
    assert ours >= 0.85 * count
    assert ours > alone


@pytest.mark.parametrize(
    ("first", "then", "verdict"),
    [
        ("Did families have to stay in quarantine?", "and the elephants?", "closest"),
        ("Did families have to stay in quarantine?", "for how long?", "perhaps"),
        ("What did Kim Jong-un say about grain?", "and football?", "closest"),
        ("What did Kim Jong-un say about grain?", "when was that?", "perhaps"),
        ("How many political prison camps are left?", "and the cost?", "closest"),
        ("How many people fled to the South in 2021?", "and for women?", "perhaps"),
    ],
)
def test_what_a_follow_up_adds_must_be_spoken_of(prepared, first, then, verdict):
    pincite = Pincite(Settings.read(library=str(prepared)), display)
    with pincite.library:
        answer, talk = reply(first, EMPTY, pincite)
        assert answer.verdict == "perhaps"
        answer, _ = reply(then, talk, pincite)
        assert answer.carried
        assert answer.verdict == verdict
