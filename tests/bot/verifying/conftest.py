"""A library with the invented report in two versions, and what holds quotations against it."""

from pathlib import Path

import pytest

from bot.assemble import open_verifier
from bot.cli.progress import display
from bot.verifying.markdown_draft import read_markdown, read_quotation
from corpus.storage.library import Library

GIVEN = {
    "id": "velmora-2021",
    "title": "Velmora 2021",
    "publisher": "Lantern Watch",
    "country": "Velmora",
    "period": "2021",
    "published": "2022-03-29",
}
# What the first version said of the boats.
OLDER = "crews may fire twice without warning at any boat that leaves the harbour after dark"
NEWER = "crews may fire without warning at any boat that leaves the harbour after dark"


@pytest.fixture(scope="session")
def shelved(tmp_path_factory, invented_report, putting) -> Path:
    """The library's folder."""
    folder = tmp_path_factory.mktemp("verifying")
    text = invented_report.read_text(encoding="utf-8")
    assert NEWER in text
    older = folder / "older.txt"
    older.write_text(text.replace(NEWER, OLDER), encoding="utf-8")
    with Library(folder / "library") as library:
        putting(library, older, **GIVEN)
        putting(library, invented_report, **GIVEN)
    return folder / "library"


@pytest.fixture(scope="session")
def verifier(shelved):
    with Library(shelved) as library, open_verifier(library, display) as opened:
        yield opened


@pytest.fixture
def found(verifier):
    """What is found of a draft in Markdown."""
    return lambda text: verifier.draft(read_markdown(text))


@pytest.fixture
def said(verifier):
    """Verdict and words of what is found of one quotation, with what cites it."""

    def of(quotation: str, citation: str = ""):
        (finding,) = verifier.draft(read_quotation(quotation, citation))
        return finding

    return of
