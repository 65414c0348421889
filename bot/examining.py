"""All that an answer depends on examined, and made anew where it can be."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.assemble import Pincite
from bot.settings import Settings
from corpus.errors import LibraryFault, ModelFault
from corpus.storage.examining import Examined
from corpus.storage.library import Library
from corpus.trust import distrusted, take_back
from embeddings.encoders.default_model import DEFAULT_MODEL, default_model_folder
from embeddings.judging.reader_files import shipped_weights
from embeddings.local.examining import examine as examine_derived

# Less room than a report of a few hundred pages takes with its encodings.
_LEAST_FREE = 100_000_000


def examine(settings: Settings, library: Library) -> Iterator[Examined]:
    """Each part of a library and of what answers from it; reads all of them."""
    yield from _folder(library.folder)
    yield from library.examined()
    if library.model is None:
        yield Examined(part="encodings", wrong=None)
    else:
        yield from examine_derived(library, library.model)
    yield Examined(part="model", wrong=_model(settings))
    yield Examined(part="reader", wrong=_reader())


def repair(pincite: Pincite) -> None:
    """Make anew what can be: permissions, names of encodings, encodings, the indexes.

    What could not be, as a report is damaged that it would be made of, an examination tells.
    """
    for path in _distrusted(pincite.library.folder):
        take_back(path)
    with contextlib.suppress(LibraryFault):
        pincite.library.mend()
        pincite.rebuild()


def _folder(folder: Path) -> Iterator[Examined]:
    room = shutil.disk_usage(folder).free
    wrong = f"{room / 1e6:.0f} MB are left in {folder}" if room < _LEAST_FREE else None
    yield Examined(part="room", wrong=wrong)
    whys = "; ".join(_distrusted(folder).values())
    yield Examined(part="permissions", wrong=whys or None, mendable=True)


def _distrusted(folder: Path) -> dict[Path, str]:
    found = {path: distrusted(path) for path in (folder, *folder.iterdir())}
    return {path: why for path, why in found.items() if why}


def _model(settings: Settings) -> str | None:
    if settings.model != DEFAULT_MODEL:
        return None
    try:
        default_model_folder()
    except ModelFault as error:
        return error.wrong
    return None


def _reader() -> str | None:
    try:
        weights = shipped_weights()
        if weights is None:
            return "missing"
        weights.check()
    except ModelFault as error:
        return error.wrong
    return None
