"""Answers as text: every width, every word, and nothing that acts on a terminal."""

import dataclasses
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, Group

from bot.answering.answering import answer, coverage
from bot.rendering.answers import answer_lines
from bot.rendering.objects import to_json
from bot.rendering.printable import printable
from corpus.passage import Span
from embeddings.adding import encode_missing
from embeddings.judging.verdict import Judgement, Verdict, shipped_models


@pytest.fixture(scope="module")
def answered(tmp_path_factory, putting, word_encoder, search_of):
    from corpus.storage.library import Library

    folder = tmp_path_factory.mktemp("rendering")
    path = folder / "n.md"
    path.write_text(
        "# Norland\n\n## Right to wells – water\n\nIt rained. 평양의 wells ran dry in Norland’s "
        "longlonglonglonglonglonglonglonglonglonglonglong valley.\x1b[31m More was said.\n\n"
        "Prices rose. The \u2028line\x9bends.\n",
        "utf-8",
    )
    encoder = word_encoder()
    with Library(folder / "library") as library:
        report = putting(library, path, country="Norland", period="2021")
        encode_missing(library, encoder, library.all_passages(report.id))
        search, covered = search_of(library, encoder), coverage([report])
        found = answer("Which wells ran dry?", search, covered, k=3, model=shipped_models()[-1])
    return {
        verdict: dataclasses.replace(found, verdict=verdict, confidence=judged.confidence)
        for verdict in Verdict
        for judged in [Judgement(verdict=verdict, confidence=0.5)]
    }


def rendered(answer, width, **console):
    file = io.StringIO()
    lines = Group(*answer_lines(answer, width))
    Console(file=file, width=width, highlight=False, **console).print(lines)
    return file.getvalue()


@given(st.integers(20, 200), st.sampled_from(Verdict))
def test_every_line_fits_its_width(answered, width, verdict):
    text = rendered(answered[verdict], width)
    assert all(cell_len(line) <= width for line in text.splitlines())
    assert not set(text) & set("\x1b\x9b\x07")


@given(st.integers(40, 200))
def test_every_word_of_the_passage_and_its_citation_is_there(answered, width):
    shown = answered[Verdict.ANSWERED]
    text = rendered(shown, width).replace("▌", " ")
    words = "".join(text.split())
    passage = shown.hits[0].passage
    assert "".join(printable(passage.text).split()) in words
    assert passage.id in words
    assert "notstated:publisher" in words


def test_the_answering_sentence_stands_out_with_and_without_colour(answered):
    plain = rendered(answered[Verdict.ANSWERED], 80)
    marked = " ".join(line[1:].strip() for line in plain.splitlines() if line.startswith("▌"))
    assert "wells ran dry" in marked
    assert "It rained" not in marked
    coloured = rendered(answered[Verdict.ANSWERED], 80, force_terminal=True)
    assert any("\x1b[1;" in line for line in coloured.splitlines() if "wells" in line)


def test_a_refusal_quotes_no_answer(answered):
    outside = rendered(answered[Verdict.OUTSIDE], 80)
    assert "▌" not in outside
    assert "Not in these reports" in outside
    assert "The library holds “Norland”" in outside
    assert "These reports do not" in rendered(answered[Verdict.CLOSEST], 80)


def test_of_a_passage_that_does_not_answer_the_nearest_sentence_is_shown_and_where_it_is_cut(
    answered,
):
    found = answered[Verdict.CLOSEST]
    first = dataclasses.replace(found.hits[0], highlight=Span(start=11, stop=104))
    found = dataclasses.replace(found, hits=(first,))
    lines = rendered(found, 80).splitlines()
    marked = [at for at, line in enumerate(lines) if line.startswith("· ")]
    assert "wells ran dry" in lines[marked[0]]
    assert (lines[marked[0] - 1], lines[marked[-1] + 1]) == ("  …", "  …")
    assert not any("It rained" in line or "▌" in line or "┆" in line for line in lines)
    coloured = rendered(found, 80, force_terminal=True).splitlines()
    assert not any("\x1b[1" in line for line in coloured if "wells ran dry in" in line)


def test_json_is_one_line_that_no_terminal_obeys(answered):
    line = to_json(answered[Verdict.ANSWERED])
    assert len(line.splitlines()) == 1
    assert not set(line) & set("\x1b\x9b\u2028\x85\x7f")
    texts = {hit["text"] for hit in json.loads(line)["hits"]}
    assert any("\x1b[31m" in text for text in texts)
    assert any("\u2028line\x9bends" in text for text in texts)
