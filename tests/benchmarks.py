"""The tables of measurements, made of what tests/bench/ measured and kept: run by cog."""

import json
from typing import Any

from tests.documentation import ROOT

KEPT = ROOT / "tests" / "bench" / "results"
_NOTABLE = (
    "exact",
    "8 bits a dimension",
    "512 lists",
    "ef 256",
    "ef 1024",
    "2 dimensions, x4",
    "2 dimensions, x8",
)


def _kept(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((KEPT / f"{name}.json").read_text(encoding="utf-8"))
    return found


def _machine(measured: dict[str, Any]) -> str:
    machine = measured["machine"]
    return f"{machine['cores']} cores of an {machine['processor']}, {machine['system']}"


def _seconds(values: dict[str, Any] | None) -> str:
    return f"{values['median']:.2f} s" if values else "not measured"


def _milliseconds(values: dict[str, Any]) -> str:
    return f"{values['median']:.0f} ms, 95 % within {values['p95']:.0f} ms (n = {values['n']})"


def serving() -> str:
    """How fast a start and an answer are, and what they take of memory."""
    start, own, bulk, growth = map(_kept, ("start", "serving", "bulk", "growth"))
    large = growth["libraries"][-1]
    seconds, rate = start["seconds"], own["questions a second"]
    first = seconds["a first vector by sentence-transformers"]
    ratio = first["median"] / seconds["pincite ask"]["median"]
    speed = bulk["passages a second"]
    dropped = seconds["pincite ask, file cache dropped"]
    large_name = f"{large['passages']:,} passages of {large['reports']:,} reports"
    rows = {
        "`pincite --help`": _seconds(seconds["pincite --help"]),
        "`pincite ask`, a fresh process": f"{_seconds(seconds['pincite ask'])}; "
        f"{_seconds(dropped)} with the file cache dropped",
        "a fresh process with sentence-transformers, to its first vector": f"{_seconds(first)} "
        f"({ratio:.0f} times as long)",
        "a question to a loaded library, retrieval, reading and verdict": _milliseconds(
            own["milliseconds"]["all of retrieval and verdict"]
        ),
        "memory of that process": f"{own['resident MiB']['after twenty at once']:.0f} MiB",
        f"**{large_name}**, without the reader: a question": _milliseconds(large["milliseconds"]),
        "... memory": f"{large['resident MiB']['after twenty at once']:.0f} MiB",
        "... `pincite ask`, a fresh process": _seconds(large["seconds of pincite ask"]),
        "... on disk": f"{large['megabytes on disk'] / 1000:.1f} GB, half of the texts twice",
        "twenty who ask at once, against one at a time": f"{rate['20 at once']['median']:.0f} "
        f"against {rate['one at a time']['median']:.0f} questions a second, "
        f"{rate['ratio']['median']:.1f} times",
        "encoding passages, against sentence-transformers' `encode`": (
            f"{speed['Pincite']['median']:.0f} against "
            f"{speed['sentence-transformers']['median']:.0f} a second, "
            f"{bulk['ratio']['median']:.2f} times"
        ),
    }
    lines = [f"| {what} | {value} |" for what, value in rows.items()]
    return "\n".join([f"| on {_machine(start)} | median |", "|---|---|", *lines])


def ways_of_searching() -> str:
    """What each way of searching many vectors finds, and how fast."""
    measured = _kept("approximate_search")
    chosen = [row for row in measured["ways"] if any(part in row["way"] for part in _NOTABLE)]
    lines = [
        f"| {row['way']} | {_recalls(row['questions'])} | {_recalls(row['passages'])} "
        f"| {row['questions']['ms']['median']:.1f} ms | {row['MB']:.0f} MB |"
        for row in chosen
    ]
    head = f"| {measured['vectors']:,} vectors | asked by questions | by passages | median | size |"
    return "\n".join([head, "|---|---|---|---|---|", *lines])


def _recalls(asked: dict[str, Any]) -> str:
    return f"{asked['recall@10']:.3f}, {asked['recall@25']:.3f}"


def installation() -> str:
    """What the installation takes, and where it goes."""
    measured = _kept("installation")
    sizes = dict(measured["megabytes"])
    whole = sizes.pop("all")
    largest = ", ".join(f"{name} {size:.0f} MB" for name, size in list(sizes.items())[:7])
    return (
        f"The whole installation takes {whole / 1000:.1f} GB: {largest}, and what is left "
        f"{whole - sum(list(sizes.values())[:7]):.0f} MB; the light one "
        f"{measured['light']['megabytes']:.0f} MB (`tests/bench/installation.py`). PyTorch "
        "and transformers come with sentence-transformers, which runs other models; SciPy and "
        "scikit-learn measure and calibrate."
    )


def speed() -> str:
    """The same in a sentence: a start, an answer and the memory, of a small and a large library."""
    start, own, growth = map(_kept, ("start", "serving", "growth"))
    large = growth["libraries"][-1]
    small = own["milliseconds"]["all of retrieval and verdict"]["median"]
    return (
        f"On {_machine(start)}: `pincite ask` takes {_seconds(start['seconds']['pincite ask'])} in "
        f"all, a question in the chat {small:.0f} ms, and that process "
        f"{own['resident MiB']['after twenty at once']:.0f} MiB of memory. With "
        f"{large['passages']:,} passages of {large['reports']:,} reports, and without the reader, "
        f"it is {_seconds(large['seconds of pincite ask'])}, "
        f"{large['milliseconds']['median']:.0f} ms "
        f"and {large['resident MiB']['after twenty at once']:.0f} MiB."
    )
