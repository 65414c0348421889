"""Who says so, and how surely."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.english.attribution import TagKind, attributions, tags
from corpus.english.sentences import sentences
from corpus.passage import Span
from corpus.quoted import Quoted


def tagged(text: str, index: int = 0) -> tuple[str, ...]:
    return tags(Quoted(text=text, span=sentences(text)[index]))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("According to the WHO, four mills ran.", "According to the WHO"),
        (
            "According to the opposition, approx. 300 people were shot.",
            "According to the opposition",
        ),
        ("According to the 2014 census, four mills ran.", "According to the 2014 census"),
        ("Her family said approx. 300 mills ran.", "Her family said"),
        (
            "Four mills ran, according to a 2019 study by two bakers.",
            "according to a 2019 study by two bakers",
        ),
        ("State media claimed that mills ran.", "State media claimed"),
        ("In June, mayor Jo Mill acknowledged a shortage.", "mayor Jo Mill acknowledged"),
        ("Jo Mill, the mayor, acknowledged a shortage.", "Jo Mill, the mayor, acknowledged"),
        (
            "The UN agency (of 1950, renewed) warned of fire.",
            "The UN agency (of 1950, renewed) warned",
        ),
        ("“Mills burn,” said Jo Mill, mayor of Town.", "said Jo Mill"),
        ("Mills burned, the agency has said.", "the agency has said"),
        ("Four ran, though this is denied by the authorities.", "denied by the authorities"),
        (
            "Data given by the town to the UN indicated that mills ran.",
            "Data given by the town to the UN indicated",
        ),
        ("This came from relatives who reported fires.", "relatives who reported"),
    ],
)
def test_who(text: str, words: str) -> None:
    found = attributions(Quoted(text=text, span=sentences(text)[0]))
    assert [(tag.kind, tag.words) for tag in found] == [(TagKind.WHO, words)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mills reportedly burned.", "reportedly"),
        ("Unconfirmed reports indicated that mills burned.", "Unconfirmed reports indicated"),
        ("Ten millers were believed to be held.", "were believed to"),
        ("The roofs still appeared to be old.", "appeared to"),
        ("There were reports of fires.", "There were reports of"),
        ("Fires continued to be reported there.", "continued to be reported"),
        ("As of November four mills ran.", "As of November"),
        ("It is unclear who left.", "It is unclear"),
    ],
)
def test_how_surely(text: str, words: str) -> None:
    found = attributions(Quoted(text=text, span=sentences(text)[0]))
    assert [(tag.kind, tag.words) for tag in found] == [(TagKind.HOW_SURELY, words)]


@pytest.mark.parametrize(
    "text",
    [
        "Fires caused by the government reported in May were few.",
        "Jobs are given according to age.",
        "Work is shared according to his plan.",
        "Officials were told to leave.",
        "The state denied families food.",
        "The land was claimed by two towns.",
        "Measures announced in May failed.",
        "Anyone believed to be a thief was held.",
        "The agency produces reports that nobody reads.",
        "The government’s claims failed.",
        "Four mills ran.",
    ],
)
def test_a_wrong_attribution_is_worse_than_none(text: str) -> None:
    assert tagged(text) == ()


HEALTH = (
    "Figures from the town indicated that no mill burned. However, this was contradicted by "
    "two bakers who reported fires. The true situation remained unclear. Corn is dear."
)


def test_a_later_denial_and_doubt_govern_what_came_before() -> None:
    assert tagged(HEALTH) == (
        "Figures from the town indicated",
        "contradicted: However, this was contradicted by two bakers",
        "The true situation remained unclear",
    )
    assert tagged(HEALTH, 1)[-1] == "The true situation remained unclear"
    assert not any(tag.startswith("contradicted:") for tag in tagged(HEALTH, 1))
    assert tagged(HEALTH, 3) == ()


def test_it_added_goes_back_to_the_one_source_before() -> None:
    text = "According to UNICEF, mills burned. It added that corn was dear. It also said no."
    assert tagged(text, 1) == ("According to UNICEF",)
    assert tagged(text, 2) == ("According to UNICEF",)
    report = "The UN report said mills burned. The same report found fires. Rain fell."
    assert tagged(report, 1)[0] == "The UN report said"
    assert tagged(report, 2) == ()


def test_of_two_sources_none_is_chosen() -> None:
    text = "The WHO said mills ran, and, according to UNICEF, burned. It added that corn was dear."
    assert tagged(text, 1) == ()


def test_the_report_is_what_was_called_one() -> None:
    assert tagged("The WHO said mills ran. The study found that two burned.", 1) == (
        "The study found",
    )


def test_he_is_no_organisation() -> None:
    assert tagged("The WHO said mills ran. He added that corn was dear.", 1) == ()
    assert tagged("The minister said mills ran. He added that corn was dear.", 1) == (
        "The minister said",
    )


def test_a_quotation_that_goes_on_keeps_its_speaker() -> None:
    text = "The agency said: “Mills burned. Corn is dear.” Rain fell."
    assert tagged(text, 1) == ("The agency said",)
    assert tagged(text, 2) == ()
    closing = "“Mills burned. Corn is dear,” said Jo Mill."
    assert tagged(closing, 0) == ("said Jo Mill",)


@given(st.text(max_size=150), st.data())
def test_every_tag_is_a_stretch_of_the_text(text: str, data: st.DataObject) -> None:
    text = f"{HEALTH} {text} according to the WHO. It added that “no, he said. Yes.”"
    first = data.draw(st.integers(0, len(text) - 1))
    last = data.draw(st.integers(first + 1, len(text)))
    found = attributions(Quoted(text=text, span=Span(start=first, stop=last)))
    assert all(text[tag.span.start : tag.span.stop] == tag.words for tag in found)
    assert all(tag.span.stop <= after.span.start for tag, after in pairwise(found))
