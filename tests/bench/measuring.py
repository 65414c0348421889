"""What every measurement says of itself: on what machine, with what, how far values spread."""

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

_TOLD = ("faiss-cpu", "onnxruntime", "tantivy", "tokenizers", "numpy", "sentence-transformers")


def about() -> dict[str, Any]:
    """The machine and the versions."""
    return {
        "machine": {
            "processor": _processor(),
            "cores": os.cpu_count(),
            "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
            "system": f"{platform.system()} {platform.machine()}",
        },
        "versions": {"python": platform.python_version()}
        | {name: version(name) for name in ("pincite", *_TOLD)},
    }


def spread(values: Sequence[float], digits: int = 1) -> dict[str, float]:
    """How many values there are, and their median, 95th percentile, least and greatest."""
    ordered = sorted(values)
    return {
        "n": len(ordered),
        "median": round(statistics.median(ordered), digits),
        "p95": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], digits),
        "min": round(ordered[0], digits),
        "max": round(ordered[-1], digits),
    }


def wilson(right: Sequence[bool], z: float = 1.96) -> dict[str, float | list[float]]:
    """How many are right, which share, and its interval of 95 % by Wilson (JASA 22, 1927)."""
    n = len(right)
    share = sum(right) / n
    middle = share + z * z / (2 * n)
    half = z * ((share * (1 - share) + z * z / (4 * n)) / n) ** 0.5
    low, high = ((middle + sign * half) / (1 + z * z / n) for sign in (-1, 1))
    return {
        "n": n,
        "right": sum(right),
        "share": round(share, 3),
        "95 %": [round(low, 3), round(high, 3)],
    }


def resident_mb(process: int | str = "self") -> float:
    """The resident memory of a process, in MiB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
    return round(int(line.split()[1]) / 1024, 1)


def said(measured: Mapping[str, Any]) -> None:
    """Print a measurement as JSON."""
    print(json.dumps(measured, indent=2, ensure_ascii=False))


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.partition(": ")[2] for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor()
