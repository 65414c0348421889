"""The one way to write a file: whole, aside, and in its place by one rename.

Whoever reads it meanwhile, and whoever finds it after a fault or a power cut, has the old text or
the new one, never a part of either.
"""

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.aside import aside
from corpus.errors import WrongUse

# Windows leaves the bytes as they are.
_BINARY = getattr(os, "O_BINARY", 0)
_AT_THE_END = os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY
_ALONE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY


def write(path: Path, text: str | bytes, *, private: bool = False) -> None:
    """Write a text in UTF-8, or bytes; raises OSError, and leaves the file as it was.

    What exists keeps its permissions and, where it is a link, stays one. Where it is `private`, its
    owner alone can read it from now on. A pipe or a device is written to.
    """
    content = text if isinstance(text, bytes) else text.encode()
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    with replacing(path, private=private) as made:
        made.write_bytes(content)


@contextlib.contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[Path]:
    """An empty file that takes the place of `path` at the end, unless something is raised.

    What exists keeps its permissions and, where it is a link, stays one; raises OSError.
    """
    path = Path(os.path.realpath(path))
    with aside(path.parent) as folder:
        made = folder / path.name
        os.close(os.open(made, _ALONE, 0o600 if private else 0o666))
        yield made
        with made.open("rb+") as file:
            os.fsync(file.fileno())
        if path.exists() and not private:
            shutil.copymode(path, made)
        made.replace(path)
    _sync_folder(path.parent)


def append_line(path: Path, line: bytes, is_line: Callable[[bytes], bool]) -> None:
    """Put a line, without its line feed, at the end of a file of lines; raises OSError.

    A new file can be read by its owner alone. A last line that has no line feed goes unless
    `is_line` is true of it; where this one finds no room nothing of it stays.
    """
    with os.fdopen(os.open(path, _AT_THE_END, 0o600), "rb+", 0) as file:
        content = file.readall()
        whole = whole_lines(content, is_line)
        added = (b"" if whole[-1:] in (b"", b"\n") else b"\n") + line + b"\n"
        try:
            if len(whole) < len(content):
                file.truncate(len(whole))
            if file.write(added) != len(added):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(file.fileno())
        except BaseException:
            file.truncate(len(whole))
            raise


def whole_lines(content: bytes, is_line: Callable[[bytes], bool]) -> bytes:
    """Lines without the last one where it has no line feed and `is_line` is not true of it."""
    end = content.rfind(b"\n") + 1
    return content if is_line(content[end:]) else content[:end]


def write_chosen(path: Path, text: str | bytes) -> None:
    """Write a file that the person chose, and the folders to it; raises WrongUse."""
    with _as_wrong_use(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, text)


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet and that its owner alone can read; raises WrongUse."""
    with _as_wrong_use(path):
        try:
            os.close(os.open(path, _ALONE, 0o600))  # from now on the name is taken
        except FileExistsError:
            raise WrongUse(f"{path} exists already; choose another name.") from None
        try:
            write(path, text, private=True)
        except BaseException:
            path.unlink()
            raise


@contextlib.contextmanager
def _as_wrong_use(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WrongUse(f"{path} cannot be written ({error.strerror}).") from None
    except ValueError:  # a NUL, which no path has
        raise WrongUse(f"{str(path)!r} is no name of a file; choose another.") from None


def _sync_folder(folder: Path) -> None:
    """Keep a rename through a power cut, where the system lets folders be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
