"""Tests that run beside the others.

A test with a server and a bot of its own mostly waits. Where it is marked `@beside`, its work
begins with the first end-to-end test, and when its turn comes, only the outcome is looked at.
"""

import inspect
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import pytest

Work = Callable[..., None]

# More at once would leave the others too little of a small machine.
_AT_ONCE = 3


def beside(work: Work) -> Callable[..., None]:
    """The test whose work this is. Parameters are session fixtures, and `folder`, an empty one."""

    def test(begun: "Begun") -> None:
        begun.wait_for(work)

    test.work = work  # type: ignore[attr-defined]
    test.__doc__ = work.__doc__
    return test


class Begun:
    """The work of all such tests that are to be run."""

    def __init__(self, request: pytest.FixtureRequest, folder: Path) -> None:
        self._pool = ThreadPoolExecutor(_AT_ONCE)
        self._works: dict[Work, Future[None]] = {}
        for item in request.session.items:
            work = getattr(getattr(item, "function", None), "work", None)
            if work is not None:
                self._begin(request, work, folder / work.__name__)

    def _begin(self, request: pytest.FixtureRequest, work: Work, folder: Path) -> None:
        folder.mkdir()
        given: dict[str, Any] = {
            name: folder if name == "folder" else request.getfixturevalue(name)
            for name in inspect.signature(work).parameters
        }
        self._works[work] = self._pool.submit(work, **given)

    def wait_for(self, work: Work) -> None:
        """Wait until a work is done; raises what it raised."""
        self._works[work].result()

    def wait(self) -> None:
        """Wait until all is done."""
        wait(self._works.values())

    def close(self) -> None:
        """Wait, and let the threads go."""
        self._pool.shutdown()
