"""How long a fresh process takes to its end, with the file cache warm and dropped.

python tests/bench/start.py [LIBRARY]

Each figure is of whole processes, in seconds. Dropping the file cache takes the rights of root;
where they lack, those figures are null.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from measuring import about, said, spread

RUNS = 11
COLD_RUNS = 5
SLOW_RUNS = 3
QUESTION = "How many people fled to the South in 2021?"
DROP = Path("/proc/sys/vm/drop_caches")
ROOT = Path(__file__).resolve().parents[2]
# What a program that uses sentence-transformers as it comes goes through to its first vector.
BY_SENTENCE_TRANSFORMERS = (
    "from embeddings.encoders.torch_encoder import SentenceTransformerEncoder as Encoder;"
    f"Encoder().encode([{QUESTION!r}])"
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = sys.argv[1] if len(sys.argv) > 1 else folder
        ask = ["ask", QUESTION, "--library", library]
        once(ask)  # makes the library, and the model's prepared form, where they lack
        said(
            {
                **about(),
                "seconds": {
                    "pincite --help": spread([once(["--help"])[0] for _ in range(RUNS)], 3),
                    "pincite ask": spread([once(ask)[0] for _ in range(RUNS)], 3),
                    "a first vector by sentence-transformers": spread(
                        [once([], "-c", BY_SENTENCE_TRANSFORMERS)[0] for _ in range(SLOW_RUNS)], 3
                    ),
                    "pincite ask, file cache dropped": cold(ask),
                    "pincite --help, file cache dropped": cold(["--help"]),
                },
                "peak MiB of pincite ask": once(ask)[1],
            }
        )


def once(arguments: Sequence[str], *program: str) -> tuple[float, float]:
    """Seconds and peak MiB of a process, `pincite` or another, that ends well or unanswered."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *(program or ("-m", "bot")), *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 3), process.returncode
    return time.perf_counter() - began, round(used.ru_maxrss / 1024, 1)


def cold(arguments: Sequence[str]) -> dict[str, float] | None:
    """Seconds of processes that find nothing in the file cache, None where it cannot be dropped."""
    seconds = []
    for _ in range(COLD_RUNS):
        os.sync()
        try:
            DROP.write_text("3", encoding="ascii")
        except OSError:
            return None
        seconds.append(once(arguments)[0])
    return spread(seconds, 3)


if __name__ == "__main__":
    main()
