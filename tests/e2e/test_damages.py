"""Each way to damage a library once: it is found, or no answer changes (tests/bench/damages.py)."""

import random
import shutil
from functools import partial

import pytest

from bot.rendering.mending import told
from corpus.citing.styles import Style, cited
from corpus.errors import PinciteError
from corpus.scope import Scope
from corpus.storage.library import Library
from embeddings.adding import encode_missing
from embeddings.local.derived import discard
from embeddings.local.index import open_index
from tests.bench.damaging import LIBRARY, Place, library_older

QUESTIONS = (
    ("Which wells ran dry in the valley?", Scope()),
    ("Who was held for marching?", Scope(country="Norland")),
    ("What did the miners of Orrest do?", Scope(report="norland")),
    ("What does the new law say?", Scope(section="Child labour")),
)


@pytest.fixture(scope="module")
def libraries(tmp_path_factory, page, putting, word_encoder):
    """A library, the same before its last report, and another."""
    folder = tmp_path_factory.mktemp("libraries")
    words = word_encoder()

    def add(name, text, *ids):
        path = folder / "page.txt"
        path.write_text(text, encoding="utf-8")
        with Library(folder / name) as library:
            for given in ids:
                report = putting(library, path, id=given, country="Norland", period="2021")
                encode_missing(library, words, library.all_passages(report.id))
            if library.model is None:
                library.set_model(words.identity)
            if name == "sound" and len(ids) > 1:
                library.remove(ids[-1])
            discard(library.folder)
            open_index(library, words.identity)

    add("other", "Sudland\n\nThe mills of Sudland stood still.\n", "sudland")
    add("sound", page, "norland")
    shutil.copytree(folder / "sound", folder / "older")
    add("sound", "Westland\n\nThe wells of Westland ran dry, too.\n", "westland", "gone")
    return folder


@pytest.fixture
def answers(search_of, word_encoder):
    def found(folder):
        with Library(folder) as library:
            search = search_of(library, word_encoder())
            shown = []
            for question, scope in QUESTIONS:
                for hit in search.search(question, 3, scope):
                    library.prove(hit.passage)
                    shown += [hit.passage, hit.highlight]
                    shown.append(cited(library.resolve(hit.passage.id).passage, Style.NOTE))
            return shown, library.entries(), library.active()

    return found


@pytest.mark.parametrize("kind", LIBRARY)
def test_damage_is_told_in_a_sentence_or_changes_no_answer(libraries, answers, tmp_path, kind):
    older = LIBRARY[kind] is library_older  # a library that is sound
    expected = answers(libraries / ("older" if older else "sound"))
    of = partial(Place, older=libraries / "older", other=libraries / "other")
    for seed in range(2):
        library = tmp_path / str(seed)
        shutil.copytree(libraries / "sound", library)
        LIBRARY[kind](of(library=library, chance=random.Random(f"{kind} {seed}")))
        try:
            assert answers(library) == expected
        except PinciteError as error:
            said = told(error)
            assert (said[-1], len(said.splitlines())) == (".", 1), said
