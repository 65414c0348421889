"""Text that a terminal shows and does not obey; the rule stands in `corpus/unseen.py`."""

import json
import re

from corpus.unseen import ACTING, as_shown


def printable(text: str) -> str:
    """A text, its lines kept, in which no character of a report or a question acts unseen."""
    return as_shown(text)


def printable_json(value: object) -> str:
    """JSON on one line; what printable replaces is escaped, so that the value stays the same."""
    return ACTING.sub(_escape, json.dumps(value, ensure_ascii=False))


def _escape(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]
