"""Citations as data, read back by the parsers that reference managers are built on."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citing.csl import csl_item
from corpus.citing.exchange import as_bibtex, as_csl_json, as_ris
from corpus.passage import Passage
from tests.corpus.citing.passages import SOURCE, kinds

bibtexparser = pytest.importorskip("bibtexparser", reason="bibtexparser is not installed")
rispy = pytest.importorskip("rispy", reason="rispy is not installed")

KINDS = (
    *("page", "report", "undated", "unsigned", "bare", "digest"),
    *("introduction", "note", "press", "quoting", "archived"),
)


@pytest.fixture
def passages(make):
    return kinds(make)


def from_bibtex(text):
    from bibtexparser import middlewares

    library = bibtexparser.parse_string(
        text, append_middleware=[middlewares.LatexDecodingMiddleware()]
    )
    assert not library.failed_blocks
    (entry,) = library.entries
    return entry, {name: field.value.strip("{}") for name, field in entry.fields_dict.items()}


def from_ris(text):
    (record,) = rispy.loads(text)
    return record


@pytest.mark.parametrize("kind", KINDS)
def test_bibtex_comes_back_as_it_was(passages, kind):
    passage = passages[kind]
    item = csl_item(passage)
    entry, fields = from_bibtex(as_bibtex(passage))
    assert entry.key == f"pincite-{passage.id}"
    assert fields["title"] == item["title"]
    assert fields["note"] == item["note"]
    assert fields.get("author") == (item["author"][0]["literal"] if "author" in item else None)
    assert fields.get("institution") == item.get("publisher")
    assert fields.get("number") == item.get("number")
    assert fields.get("url") == item.get("URL")
    assert fields["urldate"] == "2026-01-31"
    assert fields.get("year") == (str(passage.published.year) if passage.published else None)


@pytest.mark.parametrize("kind", KINDS)
def test_ris_comes_back_as_it_was(passages, kind):
    passage = passages[kind]
    item = csl_item(passage)
    record = from_ris(as_ris(passage))
    assert record["id"] == passage.id
    assert record["title"] == item["title"]
    assert record.get("authors") == ([item["author"][0]["literal"]] if "author" in item else None)
    assert record.get("publisher") == item.get("publisher")
    assert record.get("urls", [None])[0] == item.get("URL")
    assert record["notes"] == [item["note"]]
    assert record["access_date"] == "2026/01/31"
    assert record.get("year") == (str(passage.published.year) if passage.published else None)


@pytest.mark.parametrize("kind", KINDS)
def test_csl_json_comes_back_as_it_was(passages, kind):
    assert json.loads(as_csl_json(passages[kind])) == [csl_item(passages[kind])]


# Letters, figures and every sign that either format could take for its own.
TITLES = (
    st.text(
        st.characters(
            categories=["L", "N"], include_characters=" ,;:-_%&#$~^{}\\\"'@=()[]<>/|*+!?."
        ),
        min_size=1,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


@given(title=TITLES, publisher=TITLES)
def test_no_sign_of_a_title_breaks_a_record(make, title, publisher):
    passage = Passage(
        report=make(title=title, publisher=publisher),
        section=(title,),
        number=1,
        start=0,
        stop=len(SOURCE),
        source=SOURCE,
    )
    entry, _ = from_bibtex(as_bibtex(passage))
    assert entry.key == f"pincite-{passage.id}"
    assert "urldate" in entry.fields_dict
    record = from_ris(as_ris(passage))
    assert (record["title"], record["id"]) == (title, passage.id)
