"""The annual report in the formats that reports come in, against the truth made with it."""

import functools
import json
import sys

import pytest

from tests.bench import readers
from tests.bench.readers import SAMPLES

# With room below what tests/bench/readers.py measures: what falls under these is broken.
_LEAST = {
    "annual-typst.pdf": 0.9,
    "annual-groff.pdf": 0.9,
    "annual-libreoffice.pdf": 0.9,
    "annual-weasyprint.pdf": 0.8,
    "annual-wide.pdf": 0.65,
    "annual.html": 0.95,
    "chapters.html": 0.95,
    "entry.html": 0.85,
    "annual.docx": 0.95,
    "annual.md": 0.95,
    "annual.txt": 0.95,
}


@functools.cache
def measured(name):
    return readers.measured(name)


@pytest.mark.parametrize("name", _LEAST)
def test_reads_most_paragraphs_of_the_annual_report_exactly(name):
    found = measured(name)
    right = found.right["paragraph"]
    assert sum(right) >= _LEAST[name] * len(right), "\n".join(found.misses[:20])


@pytest.mark.parametrize("name", [f"annual-{made}.pdf" for made in readers.PROGRAMS])
def test_knows_the_printed_page_and_the_sheet_of_most_sentences(name):
    found = measured(name)
    for what in ("printed page", "sheet"):
        right = found.right[what]
        assert sum(right) >= 0.85 * len(right), "\n".join(found.misses[:20])


@pytest.mark.parametrize("name", ["annual.html", "chapters.html", "entry.html"])
def test_shows_nothing_of_what_stands_around_an_article(name):
    furniture = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))["furniture"]
    strays = measured(name).strays
    assert [text for text in furniture if any(text in stray for stray in strays)] == []


def test_the_truth_is_that_of_the_report_that_the_samples_are_made_of(monkeypatch):
    monkeypatch.syspath_prepend(str(SAMPLES))
    monkeypatch.delitem(sys.modules, "report", raising=False)
    import report

    truth = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))["parts"]
    assert [(part["id"], part["text"], tuple(part["section"])) for part in truth] == [
        (part.id, part.text, part.section) for part in report.parts()
    ]
