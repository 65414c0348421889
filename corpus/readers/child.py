"""A file read in a process of its own: one that hangs, dies or eats memory takes no other with it.

    python -m corpus.readers.child READER NAME < FILE > DOCUMENT

The process reads the file from its standard input and writes the document, as JSON, to its
standard output; both are files without a name, so that neither waits for the other.
"""

import contextlib
import importlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import IO

from corpus.errors import UnreadableReport
from corpus.json_values import from_values, to_values
from corpus.readers import limits
from corpus.readers.document import Document

# A reader: the bytes of a file, and its name for what is said of it, to a document.
Reader = Callable[[bytes, str], Document]
_OUT_OF_MEMORY = "memory"


def read_apart(
    reader: str,
    content: bytes,
    name: str,
    *,
    seconds: int = limits.SECONDS,
    memory: int = limits.MEMORY,
) -> Document:
    """What a reader, named as "module:function", makes of a file, within limits.

    Raises UnreadableReport where the reader does, and where it does not come back in time and
    whole.
    """
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as made:
        given.write(content)
        given.seek(0)
        status = _run([reader, name, str(seconds), str(memory)], given, made, patience=seconds)
        if status is None:
            raise UnreadableReport(
                f"{name} takes longer than {seconds} s to read, as damaged files do; save it anew "
                "(open it and print it to a PDF), or add its parts."
            )
        made.seek(0)
        said = _said(made.read())
    if "document" in said:
        return from_values(Document, said["document"])
    if "unreadable" in said:
        raise UnreadableReport(str(said["unreadable"]))
    if said.get("failed") == _OUT_OF_MEMORY:
        raise UnreadableReport(
            f"{name} takes more than {memory / 1e9:.0f} GB of memory to read, as damaged files do; "
            "save it anew (open it and print it to a PDF), or add its parts."
        )
    how = said.get("failed") or f"status {status}"
    raise UnreadableReport(
        f"{name} is damaged in a way that its reader does not survive ({how}); save it anew (open "
        "it and print it to a PDF) and add that."
    )


def _run(arguments: list[str], given: IO[bytes], made: IO[bytes], *, patience: float) -> int | None:
    """The exit status of the process, None where it did not end in time."""
    # -P: nothing is imported from the folder where the person stands.
    command = [sys.executable, "-P", "-m", __name__, *arguments]
    process = subprocess.Popen(  # noqa: S603  this program itself
        command, stdin=given, stdout=made, stderr=subprocess.DEVNULL
    )
    try:
        return process.wait(patience)
    except subprocess.TimeoutExpired:
        return None
    finally:
        process.kill()
        process.wait()


def _said(made: bytes) -> dict[str, object]:
    with contextlib.suppress(ValueError):
        said = json.loads(made)
        if isinstance(said, dict):
            return said
    return {}


def main(reader: str, name: str, seconds: str, memory: str) -> None:
    """Read what stands on the standard input, and say what was made of it."""
    _limit(int(seconds), int(memory))
    # What a library prints does not get between.
    out = os.dup(1)
    os.dup2(2, 1)
    try:
        said = _document(reader, name)
    except MemoryError:
        said = json.dumps({"failed": _OUT_OF_MEMORY})
    left = memoryview(said.encode())
    while left:
        left = left[os.write(out, left) :]


def _document(reader: str, name: str) -> str:
    module, _, function = reader.partition(":")
    try:
        read: Reader = getattr(importlib.import_module(module), function)
        document = read(sys.stdin.buffer.read(), name)
    except UnreadableReport as error:
        return json.dumps({"unreadable": str(error)})
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  whatever a damaged file makes of a library
        return json.dumps({"failed": type(error).__name__})
    return json.dumps({"document": to_values(document)})


def _limit(seconds: int, memory: int) -> None:
    """Bind this process to time, memory and the size of what it writes, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has none of these: there the one who waits ends it
        return
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
    main(*sys.argv[1:])
