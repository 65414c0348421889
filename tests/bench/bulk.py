"""Passages a second in bulk encoding, against sentence-transformers' own `encode`, in one run.

python tests/bench/bulk.py [PASSAGES]

The passages are the first of the collection that large_library.py uses. Ours keep each word
piece's vector, too, which `encode` does not; both use every core.
"""

import sys
import time
from itertools import islice
from typing import Any

from bench_collections import default_encoder
from large_library import SPEECHES, made_up, speeches
from measuring import about, said, spread

from embeddings.encoders.torch_encoder import SentenceTransformerEncoder
from embeddings.encoders.whole_passages import encode_whole

PASSAGES = 600
TURNS = 5


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else PASSAGES
    source = speeches() if SPEECHES.exists() else made_up(wanted)
    texts = list(islice((text for _, paragraphs, _ in source for text in paragraphs), wanted))
    ours, reference = default_encoder(), SentenceTransformerEncoder()
    model: Any = reference._model
    rates: dict[str, list[float]] = {"Pincite": [], "sentence-transformers": []}
    for encode, warm in ((ours.encode, texts[:32]), (model.encode, texts[:32])):
        encode(warm)
    for _ in range(TURNS):
        began = time.perf_counter()
        encode_whole(ours, texts)
        between = time.perf_counter()
        model.encode(texts, show_progress_bar=False)
        ended = time.perf_counter()
        rates["Pincite"].append(len(texts) / (between - began))
        rates["sentence-transformers"].append(len(texts) / (ended - between))
    pairs = zip(rates["Pincite"], rates["sentence-transformers"], strict=True)
    said(
        {
            **about(),
            "passages": len(texts),
            "words a passage": round(sum(len(text.split()) for text in texts) / len(texts), 1),
            "passages a second": {name: spread(values) for name, values in rates.items()},
            "ratio": spread([one / other for one, other in pairs], 2),
        }
    )


if __name__ == "__main__":
    main()
