"""Make a large library, as far as it is not made yet, and say how long it took.

python tests/bench/large_library.py FOLDER [PASSAGES]

Its passages are the paragraphs of speeches in the United Nations General Debate, a report each,
from `un-general-debate-150k.jsonl.xz` where bench_collections.py looks for collections; of more
passages than there are, further reports have the same text under other ids. Where the file is
absent, passages are made of the words of the digest that ships with Pincite, and the output says
so.
"""

import json
import lzma
import random
import re
import sys
import time
from collections.abc import Iterator
from itertools import chain, count, groupby, islice
from pathlib import Path
from typing import Any

from bench_collections import COLLECTIONS, as_report, default_encoder
from measuring import about, said

from corpus.cutting import cut
from corpus.digests import shipped
from corpus.readers import Document
from corpus.report import Period, Report
from corpus.storage.library import FILE_NAME, Library
from embeddings.adding import encode_missing
from embeddings.encoders.encoder import Encoder
from embeddings.local.index import open_index

SPEECHES = COLLECTIONS / "un-general-debate-150k.jsonl.xz"
PASSAGES = 300_000
_PARAGRAPHS_A_REPORT = 20
_SENTENCES, _WORDS = 5, 20
_REPORTS_TOGETHER = 200


def main() -> None:
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else PASSAGES
    said({**about(), **fill(Path(sys.argv[1]), wanted, default_encoder())})


def fill(folder: Path, wanted: int, encoder: Encoder) -> dict[str, Any]:
    """Make a library of so many passages, as far as it is not there; returns its figures."""
    started, encoded = time.perf_counter(), 0
    with Library(folder) as library:
        if library.model is None:
            library.set_model(encoder.identity)
        for some in batches(up_to(wanted)):
            of = {report.id: cut(report, document) for report, document in some}
            encoded += encode_missing(library, encoder, list(chain.from_iterable(of.values())))
            for report, document in some:
                if not library.holding(report.sha256):
                    passages = of[report.id]
                    library.add(report, document.text, passages, today=report.accessed)
            print(f"{library.count():,} passages", file=sys.stderr)
        filled = time.perf_counter()
        open_index(library, encoder.identity)
        index = sum(file.stat().st_size for file in folder.glob("index/**/*") if file.is_file())
        return {
            "source": SPEECHES.name if SPEECHES.exists() else "made of the digest's words",
            "passages": library.count(),
            "reports": len(library.active()),
            "encoded": encoded,
            "seconds to fill": round(filled - started, 1),
            "seconds to index": round(time.perf_counter() - filled, 1),
            "megabytes": {
                "library": round((folder / FILE_NAME).stat().st_size / 1e6),
                "index": round(index / 1e6),
            },
        }


def up_to(wanted: int) -> Iterator[tuple[Report, Document]]:
    """Reports of so many passages in all."""
    left = wanted
    for copy in count(1):
        for title, paragraphs, period in speeches() if SPEECHES.exists() else made_up(wanted):
            yield as_report(title, paragraphs[:left], copy=copy, period=period)
            left -= len(paragraphs[:left])
            if not left:
                return


def speeches() -> Iterator[tuple[str, list[str], Period | None]]:
    """Title, paragraphs and period of each speech."""
    with lzma.open(SPEECHES, "rt", encoding="utf-8") as file:
        lines = map(json.loads, file)
        for title, inside in groupby(lines, lambda line: line["title"]):
            year = re.search(r"\d{4}", title)
            paragraphs = [line["text"] for line in inside]
            yield title, paragraphs, Period.parse(year[0]) if year else None


def made_up(wanted: int) -> Iterator[tuple[str, list[str], Period | None]]:
    """Reports of sentences that mean nothing, in the words of the digest."""
    chance = random.Random(20211231)
    words = re.findall(r"[A-Za-z]+", "".join(path.read_text("utf-8") for path in shipped()))
    for number in range(wanted // _PARAGRAPHS_A_REPORT + 1):
        sentences = (" ".join(chance.choices(words, k=_WORDS)).capitalize() + "." for _ in count())
        paragraphs = [" ".join(islice(sentences, _SENTENCES)) for _ in range(_PARAGRAPHS_A_REPORT)]
        yield f"Report {number}", paragraphs, Period.parse(str(1946 + number % 75))


def batches(
    reports: Iterator[tuple[Report, Document]],
) -> Iterator[list[tuple[Report, Document]]]:
    """Some reports at a time."""
    for first in reports:
        yield list(chain([first], islice(reports, _REPORTS_TOGETHER - 1)))


if __name__ == "__main__":
    main()
