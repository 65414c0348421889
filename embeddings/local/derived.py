"""Where what is derived from a library's texts lies in its folder; loads nothing that reads it."""

import shutil
from pathlib import Path

INDEX_FOLDER = "index"
QUOTATIONS_FOLDER = "quotations-2"


def discard(library: Path) -> None:
    """Let go of all that is derived of the texts in a library's folder; it is made anew of them.

    Who has it open goes on with what was open. Raises OSError where something stays.
    """
    for name in (INDEX_FOLDER, QUOTATIONS_FOLDER):
        if (library / name).exists():
            shutil.rmtree(library / name)
