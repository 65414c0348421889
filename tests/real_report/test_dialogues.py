"""Whether what a follow-up searches for finds its passage in the real report."""

from pathlib import Path

QUESTIONS = Path(__file__).parents[1] / "questions" / "dialogues.jsonl"


def test_the_conversation_finds_what_the_last_line_alone_does_not(counting_found, with_real):
    """Measured: 45 of 47 among the first three (all 45 first); the last line alone 38 (35)."""
    count, ours, alone = counting_found(with_real, QUESTIONS)
    assert ours >= 0.85 * count
    assert ours > alone
