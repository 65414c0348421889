"""The journal: every request as it came and what became of it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True, kw_only=True)
class Request:
    """One call. `at` and `answered_at` are Unix seconds. `status` is that of the answer, also
    where `fault` kept the answer from arriving; 0 while it is under way and where a fault kept
    the work from being done."""

    number: int
    method: str
    arguments: dict[str, Any]
    at: float
    answered_at: float | None = None
    status: int = 0
    description: str = ""
    fault: str | None = None


@dataclass(slots=True)
class Journal:
    """Requests in order, and complaints: what Telegram would let pass or silently change, and
    a careful bot would not do."""

    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, method: str, arguments: dict[str, Any], now: float) -> Request:
        """Enter a request."""
        number = len(self.requests) + 1
        request = Request(number=number, method=method, arguments=arguments, at=now)
        self.requests.append(request)
        return request
