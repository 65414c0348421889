"""What a file states in JSON or TOML, where people, kills and faults may have written it."""

import json
import tomllib
from collections.abc import Callable, Sequence
from typing import Any

_TOO_MUCH = "a nesting that is too deep"


def read_json(
    text: str | bytes, pairs: Callable[[Sequence[tuple[str, Any]]], Any] | None = None
) -> Any:
    """What JSON says; `pairs` makes each object of its fields. Raises ValueError where it is none.

    So does a nesting that Python cannot follow, a number of thousands of figures, and half of a
    surrogate pair, which is no text and which libraries in C do not survive.
    """
    try:
        said = json.loads(text, object_pairs_hook=pairs)
        json.dumps(said, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError(_TOO_MUCH) from None
    return said


def read_toml(text: str) -> dict[str, Any]:
    """What TOML says; raises ValueError where it is none, or as `read_json` does."""
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError(_TOO_MUCH) from None
