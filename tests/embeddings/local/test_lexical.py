"""BM25 over words, filtered inside the search."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.local import lexical
from embeddings.local.lexical import LexicalIndex

WORDS = ("wells", "march", "permit", "harbour", "storm", "miners", "law", "water", "prices")


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    chance = random.Random(4)
    texts = [
        (3 * n + 1, " ".join(chance.choices(WORDS, k=chance.randint(3, 40)))) for n in range(400)
    ]
    return LexicalIndex.build(tmp_path_factory.mktemp("lexical"), texts)


@given(
    st.lists(st.sampled_from([*WORDS, "zebra"]), max_size=4),
    st.integers(1, 40),
    st.sets(st.integers(0, 399), min_size=1, max_size=300),
)
def test_a_filter_gives_the_best_of_those_it_lets_through(index, words, k, chosen):
    terms = index.terms(" ".join(words))
    allowed = np.array(sorted(3 * n + 1 for n in chosen))
    everything = dict(index.search(terms, 400))
    for most_listed in (0, 1_000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lexical, "_MOST_LISTED", most_listed)
            found = index.search(terms, k, allowed)
        scores = sorted((everything[n] for n in allowed.tolist() if n in everything), reverse=True)
        assert [score for _, score in found] == pytest.approx(scores[:k])
        assert all(everything[number] == pytest.approx(score) for number, score in found)
        assert {number for number, _ in found} <= set(allowed.tolist())
        assert len({number for number, _ in found}) == len(found)
