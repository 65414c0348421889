"""Ways of searching many vectors with faiss: how much of the exact search each finds, how fast.

python tests/bench/approximate_search.py LIBRARY [QUESTIONS.jsonl]

On the vectors of a library's index, one thread, asked by QUESTIONS and by passages that are taken
out of it. Ways that only propose candidates have them compared exactly, as Pincite does.
"""

import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from bench_collections import default_encoder
from measuring import about, said, spread

from corpus.storage.library import Library
from embeddings.local.index import open_index
from embeddings.vectors import Vectors

QUESTIONS = Path(__file__).resolve().parents[1] / "questions" / "report.jsonl"
ASKED = 200
DEPTH = 25
TRAINED_ON = 50_000
_ROUNDING = 1e-6
METRIC = faiss.METRIC_INNER_PRODUCT
BITS_8 = faiss.ScalarQuantizer.QT_8bit


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An index, how it is searched, and how many candidates for each wanted it proposes."""

    name: str
    index: faiss.Index
    parameters: faiss.SearchParameters | None = None
    candidates: int = 1


def main() -> None:
    encoder = default_encoder()
    with Library(Path(sys.argv[1])) as library:
        dense = open_index(library, encoder.identity).dense
        vectors = np.concatenate(list(dense.vectors.parts(np.arange(len(dense)))))
    chance = np.random.default_rng(0)
    order = chance.permutation(len(vectors))
    path = Path(sys.argv[2]) if len(sys.argv) > 2 else QUESTIONS
    lines = [json.loads(line)["question"] for line in path.read_text("utf-8").splitlines()]
    asked = {
        "questions": np.stack([found.vector for found in encoder.encode(lines[:ASKED])]),
        "passages": vectors[order[:ASKED]],
    }
    vectors = vectors[np.sort(order[ASKED:])]
    exact = faiss.IndexFlatIP(vectors.shape[1])
    exact.add(vectors)
    gold = {name: exact.search(queries, DEPTH)[0] for name, queries in asked.items()}
    rows = [measured(Way(name="exact", index=exact), vectors, asked, gold, 0.0)]
    for make in (scalar, lists, graph, codes):
        faiss.omp_set_num_threads(0)
        began = time.perf_counter()
        ways = make(vectors)
        seconds = time.perf_counter() - began
        rows += [measured(way, vectors, asked, gold, seconds) for way in ways]
    said({**about(), "vectors": len(vectors), "wanted": DEPTH, "ways": rows})


def scalar(vectors: Vectors) -> list[Way]:
    index = faiss.IndexScalarQuantizer(vectors.shape[1], BITS_8, METRIC)
    return [filled(Way(name="8 bits a dimension", index=index), vectors)]


def lists(vectors: Vectors) -> list[Way]:
    count = 2 ** round(np.log2(4 * np.sqrt(len(vectors))))
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(vectors.shape[1]), vectors.shape[1], count, BITS_8, METRIC
    )
    filled(Way(name="", index=index), vectors)
    return [
        Way(
            name=f"IVF{count}, 8 bits, {probed} lists",
            index=index,
            parameters=faiss.SearchParametersIVF(nprobe=probed),
        )
        for probed in (32, 128, 512)
    ]


def graph(vectors: Vectors) -> list[Way]:
    index = faiss.IndexHNSWSQ(vectors.shape[1], BITS_8, 32, METRIC)
    index.hnsw.efConstruction = 100
    filled(Way(name="", index=index), vectors)
    return [
        Way(
            name=f"HNSW32, 8 bits, ef {explored}",
            index=index,
            parameters=faiss.SearchParametersHNSW(efSearch=explored),
        )
        for explored in (64, 256, 1024)
    ]


def codes(vectors: Vectors) -> list[Way]:
    ways = []
    for dimensions in (4, 2):
        index = faiss.IndexPQFastScan(vectors.shape[1], vectors.shape[1] // dimensions, 4, METRIC)
        filled(Way(name="", index=index), vectors)
        name = f"fast scan of 4 bits for {dimensions} dimensions"
        ways += [Way(name=f"{name}, x{n}", index=index, candidates=n) for n in (2, 4, 8, 16)]
    return ways


def filled(way: Way, vectors: Vectors) -> Way:
    way.index.train(vectors[:: max(1, len(vectors) // TRAINED_ON)])
    way.index.add(vectors)
    return way


def measured(
    way: Way,
    vectors: Vectors,
    asked: dict[str, Vectors],
    gold: dict[str, Any],
    seconds: float,
) -> dict[str, Any]:
    """A way's recall and times for each kind of query, its size and how long it took to make."""
    faiss.omp_set_num_threads(1)

    def search(query: Vectors) -> Any:
        found = way.index.search(query[None], DEPTH * way.candidates, params=way.parameters)[1][0]
        if way.candidates == 1:
            return found
        found = found[found >= 0]
        return found[np.argsort(-(vectors[found] @ query))[:DEPTH]]

    row: dict[str, Any] = {"way": way.name, "seconds to make": round(seconds, 1)}
    with tempfile.NamedTemporaryFile() as file:
        faiss.write_index(way.index, file.name)
        row["MB"] = round(Path(file.name).stat().st_size / 1e6, 1)
    for name, queries in asked.items():
        times, found = [], []
        for query in queries:
            began = time.perf_counter()
            found.append(search(query))
            times.append((time.perf_counter() - began) * 1000)
        near = [vectors[rows] @ query for rows, query in zip(found, queries, strict=True)]
        recalls = {f"recall@{k}": round(recall(near, gold[name], k), 3) for k in (10, DEPTH)}
        row[name] = {**recalls, "ms": spread(times, 2)}
    return row


def recall(found: Sequence[Any], gold: Sequence[Any], k: int) -> float:
    """The mean share of the first k found that are as near as the exact k-th.

    Both are cosines, best first: of passages with the same text any one will do.
    """
    pairs = zip(found, gold, strict=True)
    return float(np.mean([(near[:k] >= exact[k - 1] - _ROUNDING).mean() for near, exact in pairs]))


if __name__ == "__main__":
    main()
