"""What is shown of a passage by its permanent id."""

import re

import pytest

from bot.rendering.resolving import passage_block, resolved_block
from corpus.citing.fates import fate_of
from corpus.citing.styles import Style


@pytest.fixture
def shown(library):
    """A passage as `pincite show` shows it, and what became of it."""

    def show(passage_id):
        history = library.history(passage_id)
        block = passage_block(library.resolve(passage_id), history.editions, Style.NOTE)
        return block, resolved_block(fate_of(history), Style.NOTE)

    return show


@pytest.fixture
def change(library, page_file, putting):
    putting(library, page_file, id="norland")

    def change(was, now):
        text = page_file.read_text("utf-8")
        page_file.write_text(text.replace(was, now), encoding="utf-8")
        putting(library, page_file, id="norland")

    return change


def test_a_passage_of_an_older_version_says_so_under_its_citation(shown, change, library):
    passage = next(p for p in library.all_passages("norland") if "storms" in p.text)
    assert "version" not in shown(passage.id)[0]
    change("three storms", "four storms")
    block, _ = shown(passage.id)
    assert block.startswith("The harbour towns were hit by three storms.\n\n")
    assert block.endswith("From version 1 of the report; the current version does not have it.")


def test_words_that_a_later_version_repeats_before_keep_the_place_they_were_cited_with(
    shown, change, library
):
    prices = next(p for p in library.all_passages("norland") if "threefold" in p.text)
    change("This entry", f"{prices.text}\n\nThis entry")
    assert library.resolve(prices.id).passage.section == ()
    block, fate = shown(prices.id)
    for told in (block, fate):
        first, second = (line for line in told.splitlines() if line.startswith("As cited"))
        assert re.search(r"\(version 1\).*section “Right to water”", first)
        assert re.search(r"\(version 2\).*introduction", second)
    assert "It stands in the report as it was cited." in fate
