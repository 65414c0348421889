"""The search of a library, for tests that bring their own encoder."""

from functools import partial

from corpus.storage.library import Library
from embeddings.encoders.encoder import Encoder
from embeddings.local.engine import LocalEngines
from embeddings.local.index import open_index
from embeddings.retriever import Retriever


def search_in(library: Library, encoder: Encoder, **options: bool) -> Retriever:
    """The search of a library whose passages are all encoded."""
    engines = LocalEngines(
        library, encoder.identity, partial(open_index, library, encoder.identity)
    )
    return Retriever(engines, encoder, **options)
