"""A schedule with its passages in one file, which another person checks without the library.

A ZIP archive of the schedule as it is and `manifest.json`: each passage with its report and
offsets, its citation, when it was packed and of what library. A passage's id is made from its
report's id and its words, so that nobody can change the words and keep the id.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.rendering.printable import printable
from bot.scheduling.reading import ids_in, quotations_in
from corpus.citing.citations import cite
from corpus.citing.templates import clipped
from corpus.errors import WrongUse
from corpus.json_values import from_values, to_values
from corpus.passage import Passage
from corpus.stated import read_json

_VERSION = 1
_MANIFEST = "manifest.json"
_MOST_BYTES = 100_000_000
# So much of a quotation tells which it is.
_LONGEST_SHOWN = 80
_NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A bundle: what it is of, and what is wrong with it, a sentence for each thing."""

    schedule: str
    packed: str
    fingerprint: str
    passages: int
    quotations: int
    wrong: tuple[str, ...]


def pack(
    name: str, schedule: bytes, passages: Sequence[Passage], *, packed: str, fingerprint: str
) -> bytes:
    """The bundle of a schedule with the passages that it names.

    Raises WrongUse where it quotes what none of them says.
    """
    for wrong in _wrong_with(name, schedule, passages):
        raise WrongUse(f"{name} cannot be packed: {wrong}; make the schedule anew.")
    manifest = {
        "version": _VERSION,
        "packed": packed,
        "library": fingerprint,
        "schedule": {"name": name, "sha256": hashlib.sha256(schedule).hexdigest()},
        "passages": [
            {"id": one.id, "citation": cite(one), "passage": to_values(one)} for one in passages
        ],
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for inside, content in (
            (_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode()),
            (f"schedule/{name}", schedule),
        ):
            entry = zipfile.ZipInfo(inside, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return made.getvalue()


def check(content: bytes) -> Checked:
    """What a bundle is of, and what is wrong with it; raises WrongUse where it is none."""
    try:
        manifest, schedule = _unpacked(content)
        name = manifest["schedule"]["name"]
        passages, wrong = _passages(manifest["passages"])
        if hashlib.sha256(schedule).hexdigest() != manifest["schedule"]["sha256"]:
            wrong.append(f"{name} was changed after it was packed")
        wrong += _wrong_with(name, schedule, passages)
        return Checked(
            schedule=name,
            packed=manifest["packed"],
            fingerprint=manifest["library"],
            passages=len(passages),
            quotations=len(quotations_in(name, schedule)),
            wrong=tuple(wrong),
        )
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, RuntimeError, EOFError):
        raise WrongUse("this is not a bundle of Pincite’s, or it is damaged.") from None


def _unpacked(content: bytes) -> tuple[Mapping[str, Any], bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _MOST_BYTES:
            raise WrongUse(f"the bundle unpacks to more than {_MOST_BYTES // 1_000_000} MB.")
        manifest = read_json(archive.read(_MANIFEST))
        if manifest["version"] != _VERSION:
            raise WrongUse(
                f"the bundle is of version {manifest['version']}, and this Pincite reads "
                f"{_VERSION}; upgrade it."
            )
        return manifest, archive.read(f"schedule/{manifest['schedule']['name']}")


def _passages(packed: Sequence[Mapping[str, Any]]) -> tuple[list[Passage], list[str]]:
    """The passages, and what of them is not what their ids and citations say."""
    passages, wrong = [], []
    for one in packed:
        passage = from_values(Passage, one["passage"])
        if passage.id != one["id"]:
            wrong.append(f"the words of passage {one['id']} are not those that its id is made from")
        elif cite(passage) != one["citation"]:
            wrong.append(f"the citation of passage {one['id']} is not that of its report and place")
        passages.append(passage)
    return passages, wrong


def _wrong_with(name: str, schedule: bytes, passages: Sequence[Passage]) -> Iterator[str]:
    """What the schedule names or quotes and no passage bears out."""
    held = {passage.id for passage in passages}
    for missing in (one for one in ids_in(name, schedule) if one not in held):
        yield f"passage {missing} is cited and not here"
    texts = [" ".join(printable(passage.text).split()) for passage in passages]
    for quotation in quotations_in(name, schedule):
        if not any(quotation in text for text in texts):
            yield f"no passage says “{clipped(quotation, _LONGEST_SHOWN)}”"
