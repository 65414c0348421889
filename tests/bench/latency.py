"""What the ranking beyond the plain dense search costs a question, one at a time, warm.

python tests/bench/latency.py LIBRARY QUESTIONS.jsonl
"""

import json
import os
import platform
import statistics
import sys
import time
from pathlib import Path

from bot.assemble import Pincite
from bot.progress import display
from bot.settings import Settings
from embeddings.index import open_index


def main() -> None:
    pincite = Pincite(Settings.read(library=sys.argv[1]), display)
    lines = Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    index = open_index(pincite.library, pincite.encoder.identity)
    for question in questions[:5]:
        pincite.ask(question, k=3)
    times: dict[str, list[float]] = {"plain dense": [], "ask": []}
    for question in questions:
        started = time.perf_counter()
        index.dense.search(pincite.encoder.encode([question])[0].vector, 3)
        between = time.perf_counter()
        pincite.ask(question, k=3)
        times["plain dense"].append((between - started) * 1000)
        times["ask"].append((time.perf_counter() - between) * 1000)
    pairs = zip(times["ask"], times["plain dense"], strict=True)
    times["added"] = [ask - dense for ask, dense in pairs]
    print(
        json.dumps(
            {
                "machine": f"{platform.machine()}, {os.cpu_count()} cores",
                "passages": len(pincite.library.numbers()),
                "n": len(questions),
                "milliseconds": {
                    name: {
                        "median": round(statistics.median(values), 1),
                        "p95": round(statistics.quantiles(values, n=20)[-1], 1),
                    }
                    for name, values in times.items()
                },
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
