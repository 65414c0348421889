"""A file read in a process of its own: one that hangs, dies or eats memory takes no other with it.

    python -m corpus.readers.child < TASK > RESULT

The task is a line of JSON (whom to call, with what, within which limits) and the file's bytes; the
result is JSON. Both are files without a name, so that neither process waits for the other and no
list of processes shows what is read.
"""

import base64
import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from typing import IO, Any

from corpus.errors import UnreadableReport
from corpus.json_values import from_values, to_values
from corpus.readers import limits
from corpus.readers.document import Document

_OUT_OF_MEMORY = "memory"
_ANEW = "save it anew (open it and print it to a PDF)"


def read_apart(
    reader: str,
    content: bytes,
    name: str,
    *,
    seconds: int = limits.SECONDS,
    memory: int = limits.MEMORY,
) -> Document:
    """What a reader, named as "module:function", makes of a file, within limits.

    It takes the file's bytes, and its name for what is said of it. Raises UnreadableReport where
    the reader does, and where it does not come back in time and whole.
    """
    made = _called(reader, content, name, [], seconds=seconds, memory=memory)
    return from_values(Document, made)


def picture_apart(
    renderer: str, content: bytes, name: str, arguments: Sequence[str | int]
) -> bytes:
    """The picture that a renderer makes of a file, its name and what else it takes; so named.

    Raises UnreadableReport as `read_apart` does.
    """
    made = _called(renderer, content, name, arguments, seconds=limits.SECONDS, memory=limits.MEMORY)
    return base64.b64decode(str(made))


def _called(
    function: str,
    content: bytes,
    name: str,
    arguments: Sequence[str | int],
    *,
    seconds: int,
    memory: int,
) -> Any:
    """What a function makes of a file in another process, as JSON says it."""
    limited = {"seconds": seconds, "memory": memory}
    task = {"call": function, "name": name, "with": list(arguments), **limited}
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made:
        given.write(json.dumps(task).encode() + b"\n")
        given.write(content)
        given.seek(0)
        status = _run(given, made, patience=seconds)
        made.seek(0)
        said = _said(made.read()) if status is not None else {}
    if "made" in said:
        return said["made"]
    if "unreadable" in said:
        raise UnreadableReport(said["unreadable"])
    if status is None:
        what = f"takes longer than {seconds} s to read, as damaged files do; {_ANEW}, or add"
        raise UnreadableReport(f"{name} {what} its parts.")
    if said.get("failed") == _OUT_OF_MEMORY:
        what = f"takes more than {memory / 1e9:.0f} GB of memory to read, as damaged files do"
        raise UnreadableReport(f"{name} {what}; {_ANEW}, or add its parts.")
    how = said.get("failed") or _ended(status)
    raise UnreadableReport(
        f"{name} is damaged, or asks for too much memory, in a way that its reader does not "
        f"survive ({how}); {_ANEW} and add that."
    )


def _ended(status: int) -> str:
    """How a process ended, by the name of the signal that ended it where one did."""
    with contextlib.suppress(ValueError):
        return signal.Signals(-status).name
    return f"status {status}"


def _run(given: IO[bytes], made: IO[bytes], *, patience: float) -> int | None:
    """The exit status of the process, None where it did not end in time."""
    # -P: nothing is imported from the folder where the person stands.
    process = subprocess.Popen(  # noqa: S603  this program itself
        [sys.executable, "-P", "-m", __name__],
        stdin=given,
        stdout=made,
        stderr=subprocess.DEVNULL,
    )
    try:
        return process.wait(patience)
    except subprocess.TimeoutExpired:
        return None
    finally:
        process.kill()
        process.wait()


def _said(made: bytes) -> dict[str, Any]:
    with contextlib.suppress(ValueError):
        said = json.loads(made)
        if isinstance(said, dict):
            return said
    return {}


def main() -> None:
    """Do the task that stands on the standard input, and say what was made."""
    task = json.loads(sys.stdin.buffer.readline())
    _limit(task["seconds"], task["memory"])
    # What a library prints does not get between.
    out = os.dup(1)
    os.dup2(2, 1)
    try:
        said = json.dumps(_done(task))
    except MemoryError:
        said = json.dumps({"failed": _OUT_OF_MEMORY})
    left = memoryview(said.encode())
    while left:
        left = left[os.write(out, left) :]


def _done(task: dict[str, Any]) -> dict[str, Any]:
    module, _, function = task["call"].partition(":")
    try:
        call = getattr(importlib.import_module(module), function)
        made = call(sys.stdin.buffer.read(), task["name"], *task["with"])
    except UnreadableReport as error:
        return {"unreadable": str(error)}
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  whatever a damaged file makes of a library
        return {"failed": type(error).__name__}
    if isinstance(made, bytes):
        return {"made": base64.b64encode(made).decode()}
    return {"made": to_values(made)}


def _limit(seconds: int, memory: int) -> None:
    """Bind this process to time, memory and the size of what it writes, where the system can."""
    if sys.platform == "win32":  # it has none of these: there the one who waits ends it
        return
    import resource

    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, limits.LARGEST_UNPACKED),
        (resource.RLIMIT_CORE, 0),
    ):
        # A tighter limit of the person's own stays; macOS refuses some.
        with contextlib.suppress(ValueError, OSError):
            _, hard = resource.getrlimit(what)
            lower = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(what, (lower, lower))


if __name__ == "__main__":
    main()
