"""A copy of a library's file: of one moment, proven before it has its name, never half written."""

import contextlib
from pathlib import Path

from corpus.errors import LibraryFault, WrongUse
from corpus.remedy import Remedy
from corpus.storage.database import Database
from corpus.storage.proving import damage
from corpus.writing import replacing


def back_up(database: Database, target: Path) -> None:
    """Copy all that is committed to `target`, which its owner alone can read, and prove it.

    Others may write meanwhile. A copy of before stays until the new one is proven. Raises WrongUse
    where `target` cannot be written, LibraryFault where what was copied is damaged.
    """
    if target.is_dir() or (target.exists() and target.samefile(database.path)):
        raise WrongUse(f"{target} cannot be a copy of {database.path}; name another file.")
    try:
        with replacing(target, private=True) as aside:
            database.copy_to(aside)
            with contextlib.closing(Database(aside)) as copy:
                found = damage(copy)
            if found:
                raise LibraryFault(
                    f"{database.path} is damaged ({found}), so no copy of it was kept",
                    Remedy.EXAMINE,
                )
    except OSError as error:
        raise WrongUse(
            f"the copy {target} cannot be written ({error.strerror}); name another file."
        ) from None
