"""How starting, memory and answering grow with the library, as JSON and as a picture.

python tests/bench/growth.py FOLDER PICTURE.png [PASSAGES ...]

Libraries of so many passages lie in FOLDER, and are made there as far as they lack; the largest
is encoded (large_library.py) and the others take its encodings. Each is measured in processes of
its own by serving.py and start.py. The picture needs matplotlib: pip install '.[bench]'.
"""

import contextlib
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench_collections import default_encoder
from large_library import batches, fill, up_to
from measuring import about, said

from corpus.errors import NotInLibrary
from corpus.scope import Scope
from corpus.storage.library import Library
from corpus.storage.rows import vector_key

PASSAGES = (50, 1_000, 10_000, 100_000, 300_000)
HERE = Path(__file__).parent
QUESTIONS = HERE.parent / "questions" / "report.jsonl"
SEARCHED = "all of retrieval and verdict"


def main() -> None:
    folder, picture = Path(sys.argv[1]), Path(sys.argv[2])
    sizes = sorted(map(int, sys.argv[3:])) or PASSAGES
    make(folder, sizes)
    rows = [measured(folder / str(size)) for size in sizes]
    draw(rows, picture)
    said({**about(), "libraries": rows})


def make(folder: Path, sizes: Sequence[int]) -> None:
    """The libraries that are not there yet."""
    encoder = default_encoder()
    largest = folder / str(sizes[-1])
    if not largest.exists():
        fill(largest, sizes[-1], encoder)
    for size in sizes[:-1]:
        if (folder / str(size)).exists():
            continue
        with Library(largest) as source, Library(folder / str(size)) as library:
            library.set_model(encoder.identity)
            for some in batches(up_to(size)):
                for report, _ in some:
                    # The last report of a smaller library may end earlier: it is encoded.
                    with contextlib.suppress(NotInLibrary):
                        copy_encodings(source, library, encoder.identity, report.id)
        fill(folder / str(size), size, encoder)


def copy_encodings(source: Library, library: Library, model: str, report: str) -> None:
    """Give a library the encodings that another has of a report."""
    numbers = source.numbers(Scope(report=report))
    passages, encodings = source.passages(numbers), source.encodings(model, numbers)
    library.store_encodings(
        model, {vector_key(passages[number].searched): encodings[number] for number in numbers}
    )


def measured(library: Path) -> dict[str, Any]:
    """The figures of one library."""
    serving = run("serving.py", str(library), str(QUESTIONS))
    start = run("start.py", str(library))
    return {
        "passages": serving["passages"],
        "reports": serving["reports"],
        "milliseconds": serving["milliseconds"][SEARCHED],
        "resident MiB": serving["resident MiB"],
        "seconds of pincite ask": start["seconds"]["pincite ask"],
        "file cache dropped": start["seconds"]["pincite ask, file cache dropped"],
        "megabytes on disk": round(
            sum(path.stat().st_size for path in library.rglob("*") if path.is_file()) / 1e6
        ),
    }


def run(script: str, *arguments: str) -> dict[str, Any]:
    """What another measurement says."""
    done = subprocess.run(
        [sys.executable, str(HERE / script), *arguments], check=True, stdout=subprocess.PIPE
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def draw(rows: Sequence[dict[str, Any]], picture: Path) -> None:
    """Four curves over the number of passages."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    sizes = [row["passages"] for row in rows]
    curves = {
        "Median of a warm question, ms": [row["milliseconds"]["median"] for row in rows],
        "95th percentile, ms": [row["milliseconds"]["p95"] for row in rows],
        "A fresh process to its answer, ms": [
            1000 * row["seconds of pincite ask"]["median"] for row in rows
        ],
        "Resident memory, MiB": [row["resident MiB"]["after twenty at once"] for row in rows],
    }
    figure, panels = plt.subplots(2, 2, figsize=(9, 5.5), layout="constrained", sharex=True)
    for panel, (title, values) in zip(panels.flat, curves.items(), strict=True):
        panel.plot(sizes, values, marker="o", color="#1f6f8b", linewidth=2)
        panel.set_title(title, fontsize=10, loc="left")
        panel.set_xscale("log")
        panel.set_ylim(0, 1.25 * max(values))
        panel.grid(visible=True, color="#dddddd")
        panel.spines[["top", "right"]].set_visible(False)
        for size, value in zip(sizes, values, strict=True):
            panel.annotate(
                f"{value:,.0f}",
                (size, value),
                textcoords="offset points",
                xytext=(0, 7),
                ha="center",
                fontsize=8,
            )
    for panel in panels[1]:
        panel.set_xlabel("passages in the library")
        panel.set_xticks(sizes, [_short(size) for size in sizes])
        panel.tick_params(axis="x", which="minor", bottom=False)
    figure.savefig(picture, dpi=110)


def _short(passages: int) -> str:
    return f"{passages / 1000:.0f}k" if passages >= 1000 else str(passages)


if __name__ == "__main__":
    main()
