"""Which files a person means: a file, all of a folder that can be read, what a pattern matches."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.errors import UnreadableReport
from corpus.readers.file import READ

# Metadata beside a report, and what Word and others leave beside an open file.
_BESIDE = ".toml"
# What tells of the folder and is no report; of those the names alone, as README.md has them.
_ABOUT = re.compile(
    r"(?:read[ _-]?me|licen[cs]e|copying|notice|change ?log|contributing|authors)", re.IGNORECASE
)
_PATTERN = re.compile(r"[*?\[]")
_MARKS_OF_OTHERS = (".", "~$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Files in order, without repetition; `left` counts, by their endings, those not read.

    `about` are those that could be read, and tell of the folder: README.md and its like.
    """

    files: tuple[Path, ...]
    left: Counter[str] = field(default_factory=Counter)
    about: tuple[Path, ...] = ()


def files_of(names: Iterable[str]) -> Found:
    """The files that names stand for; raises UnreadableReport where one stands for none.

    In a folder, and in those in it, every file that some reader takes, but for what tells of the
    folder; no symbolic link in it is
    followed, so that nothing from outside of it comes in.
    """
    files: dict[Path, None] = {}
    left: Counter[str] = Counter()
    about: dict[Path, None] = {}
    for name in names:
        found = [Path(name)]
        if not found[0].exists() and _PATTERN.search(name):
            anchor = found[0].anchor
            found = sorted(Path(anchor).glob(str(found[0].relative_to(anchor))))
        before = len(files)
        for path in found:
            if path.is_dir():
                inside = _inside(path)
                about.update(dict.fromkeys(one for one in inside if _is_about(one)))
                files.update(dict.fromkeys(one for one in inside if _is_report(one)))
                left.update(one.suffix.lower() for one in inside if _is_left(one))
            else:
                files[path] = None
        if len(files) == before and (not found or found[0].is_dir()):
            raise UnreadableReport(
                f"{name} holds no file that Pincite reads ({', '.join(READ)}); name a file or a "
                "folder that does."
            )
    return Found(
        files=tuple(files), left=left, about=tuple(one for one in about if one not in files)
    )


def _inside(folder: Path) -> list[Path]:
    found: list[Path] = []
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise UnreadableReport(
            f"{folder} cannot be read ({error.strerror or error}); check its permissions."
        ) from None
    for path in entries:
        if path.is_symlink() or path.name.startswith(_MARKS_OF_OTHERS):
            continue
        if path.is_dir():
            found += _inside(path)
        elif path.is_file():
            found.append(path)
    return found


def _is_read(path: Path) -> bool:
    return path.suffix.lower() in READ


def _is_about(path: Path) -> bool:
    return _is_read(path) and _ABOUT.fullmatch(path.stem) is not None


def _is_report(path: Path) -> bool:
    return _is_read(path) and not _is_about(path)


def _is_left(path: Path) -> bool:
    return not _is_read(path) and path.suffix.lower() != _BESIDE
