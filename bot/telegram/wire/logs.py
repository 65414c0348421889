"""Logs that hold nothing about anyone: what this package says, and no word of the libraries'.

httpx writes the token into every line and python-telegram-bot writes the bodies of updates that
it cannot read, so a record of another logger keeps its name, level and error class only.
"""

import asyncio
import logging
import secrets
import sys
import threading
from types import TracebackType
from typing import Any

from bot.rendering.printable import printable

OWN = "pincite.telegram"
logger = logging.getLogger(OWN)


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        start = f"{self.formatTime(record)} {record.levelname}"
        if record.name == OWN:
            return printable(f"{start} {record.getMessage()}")
        kind = record.exc_info[0] if record.exc_info else None
        return f"{start} {record.name}{f' ({kind.__name__})' if kind else ''}"


class _Redaction(logging.Filter):
    """Takes a secret out of whatever is logged: the last wall, should a message ever hold it."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._secret = secret

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if self._secret in message:
            record.msg, record.args = message.replace(self._secret, "…"), ()
        return True


def configure(secret: str) -> None:
    """Log to standard error; from now on nothing else in this process prints a record."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter())
    handler.addFilter(_Redaction(secret))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logger.setLevel(logging.INFO)
    threading.excepthook = lambda failed: report(failed.exc_value)
    sys.unraisablehook = lambda failed: report(failed.exc_value)


def report(error: BaseException | None) -> str:
    """Log an error by its class alone; returns the random reference that it is logged under."""
    reference = secrets.token_hex(4)
    place = _innermost(error.__traceback__ if error else None)
    logger.error("error %s: %s%s", reference, type(error).__name__, place)
    return reference


def _innermost(trace: TracebackType | None) -> str:
    """File and line where an error arose, without what was there."""
    while trace and trace.tb_next:
        trace = trace.tb_next
    if trace is None:
        return ""
    name = trace.tb_frame.f_code.co_filename.rpartition("/")[2]
    return f" at {name}:{trace.tb_lineno}"


def on_loop_error(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What the event loop calls for an error that nobody waits for."""
    report(context.get("exception"))
