"""How much is asked and how fast it is answered: sums, of which nothing below five is told."""

from bisect import bisect_left
from collections import Counter

# A count of four or fewer could be about one person.
LEAST_TOLD = 5
BUCKETS_S = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Counts:
    """Counts since the start, and since the last hour's line."""

    def __init__(self) -> None:
        self._all: Counter[str] = Counter()
        self._hour: Counter[str] = Counter()
        self._latencies = [0] * (len(BUCKETS_S) + 1)
        self._latency_sum_s = 0.0

    def count(self, what: str) -> None:
        """Count one: a verdict, an error, something refused."""
        self._all[what] += 1
        self._hour[what] += 1

    def answered_in(self, seconds: float) -> None:
        """Count how long an answer took from its question's arrival to its sending."""
        self._latencies[bisect_left(BUCKETS_S, seconds)] += 1
        self._latency_sum_s += seconds

    def hour(self) -> str:
        """The last hour in words, and begin the next."""
        told = [f"{what}={count}" for what, count in sorted(self._hour.items()) if _is_told(count)]
        self._hour.clear()
        return " ".join(told) or "quiet"

    def prometheus(self) -> str:
        """Prometheus's text format, version 0.0.4."""
        lines = ["# TYPE pincite_telegram_events_total counter"]
        lines += [
            f'pincite_telegram_events_total{{kind="{what}"}} {count}'
            for what, count in sorted(self._all.items())
            if _is_told(count)
        ]
        total = sum(self._latencies)
        if _is_told(total):
            name = "pincite_telegram_answer_seconds"
            lines.append(f"# TYPE {name} histogram")
            sums = [sum(self._latencies[: place + 1]) for place in range(len(BUCKETS_S))]
            lines += [
                f'{name}_bucket{{le="{bound:g}"}} {count}'
                for bound, count in zip(BUCKETS_S, map(_rounded, sums), strict=True)
            ]
            lines.append(f'{name}_bucket{{le="+Inf"}} {_rounded(total)}')
            lines.append(f"{name}_sum {self._latency_sum_s:.3f}")
            lines.append(f"{name}_count {_rounded(total)}")
        return "\n".join(lines) + "\n"


def _is_told(count: int) -> bool:
    return count >= LEAST_TOLD


def _rounded(count: int) -> int:
    """Down to a multiple of five, so that no difference of two sums is below five but zero."""
    return count - count % LEAST_TOLD
