"""Figures at the ends of sentences: which are note markers, and which the report's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cutting import cut
from corpus.note_markers import note_markers
from corpus.passage import without
from corpus.readers.text import read_text

NOTES = [f"{number} See it." for number in range(1, 30)]


def shown(*sources, notes=()):
    """The paragraphs without their markers."""
    spans = note_markers([*sources, *notes])
    return [without(source, found) for source, found in zip(sources, spans, strict=False)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Wells ran dry.1 Tankers came.2", "Wells ran dry. Tankers came."),
        ("“Far too few.”1 It rained.", "“Far too few.” It rained."),
        ("He said “no”.1 It rained.", "He said “no”. It rained."),
        ("(It was dry.)12 Rain came.", "(It was dry.) Rain came."),
        ("Why?1 Because!2", "Why? Because!"),
        ("It was dry.¹ Rain came.²³", "It was dry. Rain came."),
        ("It was dry[1] and hot.[23]", "It was dry and hot."),
        ("An area of 25 km² and 3 m³.", "An area of 25 km² and 3 m³."),
        ("A million is 10⁶.", "A million is 10⁶."),
        ("Prices rose by 3.5 per cent.", "Prices rose by 3.5 per cent."),
        ("It cost 1.50 in all.", "It cost 1.50 in all."),
        ("Article No.5 was dropped.", "Article No.5 was dropped."),
        ("See page.1234 of it.", "See page.1234 of it."),
        ("The road B.2x is closed.", "The road B.2x is closed."),
        ("[1] stands at the beginning.", "[1] stands at the beginning."),
        ("It was dry. 1 well was left.", "It was dry. 1 well was left."),
    ],
)
def test_only_a_marker_of_a_note_in_the_report_is_left_out(source, text):
    assert shown(source, notes=NOTES) == [text]
    assert shown(source) == [source]


@pytest.mark.parametrize(
    "source",
    [
        "A fine of Rs.500 was paid.",
        "A fine of Rs.5",
        "It fell at 9 m/s² and 3 kg·m².",
        "In Sector.1 and in Sector.2 it was dry.",
        "An area of 7 mi² and 5 yd².",
        "As the report.3 says.",
    ],
)
def test_a_figure_that_is_no_marker_stays_though_there_are_notes(source):
    assert shown(source, notes=NOTES) == [source]


@pytest.mark.parametrize("note", ["1 See it.", "1. See it.", "[1] See it.", "¹ See it.", "1) See."])
def test_a_note_shows_its_marker_where_it_comes_after_it(note):
    assert shown("Dry.1 Wet.", note) == ["Dry. Wet.", note]
    assert shown(note, "Dry.1 Wet.") == [note, "Dry.1 Wet."]


def test_a_figure_that_breaks_the_order_of_the_notes_stays():
    assert shown("One.1", "Two.2", "In Lantern.99 it changed. Three.3", "Four.4") == [
        "One.",
        "Two.",
        "In Lantern.99 it changed. Three.",
        "Four.",
    ]


def test_a_note_that_is_cited_again_is_still_a_marker():
    assert shown("One.1 Again.1 Two.2 Two.2 Three.3") == ["One. Again. Two. Two. Three."]


def test_two_figures_in_order_may_be_chance():
    assert shown("In Zone.1 Nobody came. In Zone.2") == ["In Zone.1 Nobody came. In Zone.2"]


@given(st.lists(st.integers(0, 1), max_size=30))
def test_notes_that_count_up_are_all_left_out_wherever_they_stand(steps):
    number, sources = 1, ["Wells ran dry.1 Tankers came."]
    for step in [*steps, 1, 1]:
        number += step
        sources.append(f"Wells ran dry.{number} Tankers came.")
    assert shown(*sources) == ["Wells ran dry. Tankers came."] * len(sources)


@given(st.lists(st.text("ab .!?12¹²[]”)"), max_size=6))
def test_markers_are_figures_in_order_and_leave_every_letter(sources):
    for source, spans in zip(sources, note_markers(sources), strict=True):
        edges = [edge for span in spans for edge in (span.start, span.stop)]
        assert edges == sorted(edges)
        for span in spans:
            assert not set(source[span.start : span.stop]) - set("12¹²[]")


def test_the_same_sentence_with_another_note_is_the_same_text_told_apart_by_its_order(make):
    document = read_text("Norland\n\nIt was dry.1\n\nIt was dry.2\n\nRain came.3\n")
    passages = cut(make(), document)
    assert [(p.text, p.occurrence) for p in passages[:2]] == [
        ("It was dry.", 1),
        ("It was dry.", 2),
    ]
    assert passages[0].id != passages[1].id


def test_a_paragraph_that_is_nothing_but_markers_is_no_passage(make):
    text = "Norland\n\nIt was dry.[1] It was hot.[2]\n\nx[3]\n"
    document = read_text(text)
    assert [passage.text for passage in cut(make(), document)] == ["It was dry. It was hot.", "x"]


def test_numbers_count_passages_and_not_what_was_skipped(make):
    document = read_text("Norland\n\nOne.\n\nTwo.\n\nWells\n\nThree.\n\nFour.\n")
    assert [(p.section, p.number) for p in cut(make(), document)] == [
        ((), 1),
        ((), 2),
        (("Wells",), 1),
        (("Wells",), 2),
    ]
