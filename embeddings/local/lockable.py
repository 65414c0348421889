"""Files of Tantivy on a medium that cannot be written to: to open them it writes a lock."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from corpus.aside import aside


@contextlib.contextmanager
def lockable(folder: Path) -> Iterator[Path]:
    """The folder itself, or one with the same files in which a lock can be put beside them.

    It is needed while an index is opened: what is open then stays so. Raises OSError.
    """
    if os.access(folder, os.W_OK):
        yield folder
        return
    with aside(Path(tempfile.gettempdir())) as beside:
        for file in folder.iterdir():
            if file.suffix != ".lock":
                _named_too(file.absolute(), beside / file.name)
        yield beside


def _named_too(file: Path, other: Path) -> None:
    """A link to a file, or a copy where the system makes no links."""
    try:
        other.symlink_to(file)
    except OSError:
        shutil.copyfile(file, other)
