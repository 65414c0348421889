"""Print the figures of a kept run as a Markdown table.

python tests/bench/result_table.py RUN.json
"""

import json
import sys
from pathlib import Path


def main() -> None:
    figures = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["figures"]
    print("| measure | value | 95 % interval | n |\n|---|---|---|---|")
    for name, figure in figures.items():
        if not name.startswith("latency"):  # another machine has another
            low, high = f"{figure['low']:.2f}", f"{figure['high']:.2f}"
            print(f"| {name} | {figure['value']:.2f} | {low} – {high} | {figure['n']} |")


if __name__ == "__main__":
    main()
