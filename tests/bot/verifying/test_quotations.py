"""Which words of a draft are quotations, and what cites each."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.verifying.markdown_draft import read_markdown
from bot.verifying.quotations import cited_sentences, quotations, quoted_spans

WORDS = "wells in the valley ran dry"


def taken(text: str) -> list[tuple[str, str]]:
    return [(" ".join(q.text.split()), q.citation) for q in quotations(read_markdown(text))]


@pytest.mark.parametrize(
    "marks", ["“”", '""', "«»", "‘’", "''", "„“", "„”", "‹›"], ids=lambda marks: marks
)
def test_every_form_of_quotation_marks_is_read(marks):
    assert taken(f"It says {marks[0]}{WORDS}{marks[1]} (Watch 2021, para. 3).") == [
        (WORDS, "Watch 2021, para. 3")
    ]


def test_fewer_than_five_words_are_a_name_or_a_term():
    assert taken("The “back-door trade of Lunn” and the “red list” (Watch 2021) went on.") == [
        ("back-door trade of Lunn", "Watch 2021")
    ]
    assert taken("The “list of the council” went on.") == []


def test_an_apostrophe_ends_no_quotation():
    text = "He wrote ‘the prisoners’ wells in the council’s valley ran dry’ (Watch 2021, p. 4)."
    assert taken(text)[0][0] == "the prisoners’ wells in the council’s valley ran dry"
    assert taken("The prisoners' wells and the council's pumps in the dry valley's end") == []


def test_a_quotation_in_a_quotation_is_part_of_it():
    assert taken("“They said ‘wells ran dry in May’ and left” (Watch 2021).")[0][0] == (
        "They said ‘wells ran dry in May’ and left"
    )


def test_the_note_after_a_quotation_cites_it_and_no_other():
    text = (
        f"One reads “{WORDS} in May”[^a] and “{WORDS} in June”.[^b] More.[^c]\n\n"
        "[^a]: Watch 2021, para. 3.\n[^b]: Watch 2022,\n    para. 4.\n[^c]: Another, 2020."
    )
    assert taken(text) == [
        (f"{WORDS} in May", "Watch 2021, para. 3."),
        (f"{WORDS} in June", "Watch 2022,\npara. 4."),
    ]


def test_a_bracket_after_the_full_stop_cites():
    assert taken(f"It says “{WORDS}.” (Watch 2021, p. 4) So it is.")[0][1] == "Watch 2021, p. 4"


def test_a_bracket_that_cites_nothing_is_passed_over():
    text = f"It says “{WORDS}” (emphasis added) in the north (Watch 2021, para. 3)."
    assert taken(text)[0][1] == "Watch 2021, para. 3"


def test_the_sentence_itself_may_say_where():
    text = f"In para. 12 of its report on Norland, Watch House writes that “{WORDS}”."
    assert "para. 12 of its report on Norland" in taken(text)[0][1]


@pytest.mark.parametrize(
    "text",
    [
        f"> {WORDS} in May.\n>\n> — Watch 2021, para. 3",
        f"> {WORDS} in May. (Watch 2021, para. 3)",
        f"> “{WORDS} in May.” (Watch 2021, para. 3)",
        f"> {WORDS} in May.\n\n(Watch 2021, para. 3)",
        f"> {WORDS} in May.[^1]\n\n[^1]: Watch 2021, para. 3",
        f"So the report (Watch 2021, para. 3):\n\n> {WORDS} in May.",
    ],
)
def test_a_block_quotation_is_cited_in_it_after_it_or_before_it(text):
    ((quotation, citation),) = taken(text)
    assert quotation == f"{WORDS} in May."
    assert "Watch 2021, para. 3" in citation


def test_titles_and_sections_in_a_citation_are_no_quotations():
    text = (
        f"“{WORDS}” (Watch House, “Wells That Ran Dry: A Report on Norland” (2021), "
        "section “Right to water and to the means of it”, para. 3)."
    )
    assert [quotation for quotation, _ in taken(text)] == [WORDS]


def test_markup_is_no_part_of_a_quotation_and_lines_are_counted():
    draft = read_markdown("# Title\n\n- “*wells* in the\n  **valley** ran dry\\*” (Watch 2021)\n")
    (quotation,) = quotations(draft)
    assert " ".join(quotation.text.split()) == "wells in the valley ran dry*"
    assert quotation.part.place(quotation.span.stop - 1) == "line 4"


def test_a_sentence_that_cites_figures_without_quoting_is_taken():
    draft = read_markdown(
        f"Some 4,200 households had no water (Watch 2021, para. 3). And 5 had. “{WORDS}” in 2 "
        "of 3 districts (Watch 2021)."
    )
    assert [one.sentence.strip() for one in cited_sentences(draft)] == [
        "Some 4,200 households had no water ."
    ]


@given(st.text(alphabet=st.sampled_from(list("ab ,.“”‘’\"'«»()[]^:>\n-*_\\1")), max_size=120))
def test_no_text_breaks_the_reading_and_spans_are_in_order(text):
    draft = read_markdown(text)
    for part in draft.parts:
        spans = quoted_spans(part.text)
        assert all(a.stop < b.start for a, b in itertools.pairwise(spans))
        assert all(span.stop <= len(part.text) for span in spans)
        assert all(0 <= note.at <= len(part.text) for note in part.notes)
    assert all(one.text for one in quotations(draft))
    assert all(one.citation for one in cited_sentences(draft))


def test_one_citation_at_the_end_serves_all_quotations_of_a_sentence():
    text = f"It says “{WORDS} in May” and “{WORDS} in June” (Watch 2021, para. 3)."
    assert [citation for _, citation in taken(text)] == ["Watch 2021, para. 3"] * 2
    text = f"It says “{WORDS} in May” and “{WORDS} in June”.[^1]\n\n[^1]: Watch 2021."
    assert [citation for _, citation in taken(text)] == ["Watch 2021."] * 2


def test_a_cross_reference_that_ends_a_block_quotation_is_part_of_it():
    assert taken(f"> {WORDS} (see section 7).") == [(f"{WORDS} (see section 7).", "")]
