"""Where a report's metadata come from, and what they must be.

The first source that states a field wins: what the person gives with the command, a TOML file
beside the report with the same name, what the library knows of a file that it already holds, the
file itself (front matter, title).
"""

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

from corpus.errors import BadMetadata
from corpus.readers import read_text_file
from corpus.report import Kind, Period, Report, parse_date, read_date
from corpus.stated import read_toml

FIELDS = (
    "id",
    "title",
    "publisher",
    "author",
    "number",
    "country",
    "period",
    "published",
    "accessed",
    "url",
    "archived",
    "captured",
    "language",
    "licence",
    "kind",
)


def beside(path: Path) -> Mapping[str, str]:
    """The metadata in the TOML file beside a report, empty where there is none.

    Raises BadMetadata where the file is not valid TOML or has a field that is not in FIELDS.
    """
    companion = path.with_suffix(".toml")
    if companion == path or not companion.is_file():
        return {}
    try:
        values = read_toml(read_text_file(companion)[0])
    except ValueError as error:
        raise BadMetadata(
            f'{companion} is not valid TOML ({error}); write one `field = "value"` a line.'
        ) from None
    unknown = sorted(set(values) - set(FIELDS))
    if unknown:
        raise BadMetadata(
            f"{companion} has the field {unknown[0]!r}, which means nothing here; "
            f"the fields are {', '.join(FIELDS)}."
        )
    for key, value in values.items():
        if isinstance(value, list | dict):
            raise BadMetadata(f'{key} in {companion} is not one value; write {key} = "value".')
    return {key: str(value) for key, value in values.items()}


def describe(
    path: Path,
    own: Mapping[str, str],
    content: bytes,
    *,
    given: Mapping[str, str],
    known: Report | None = None,
    today: datetime.date,
) -> Report:
    """The report that a file is; raises BadMetadata where a field means nothing.

    `own` is what the file states itself; `known` is the report that the library holds of the same
    bytes.
    """
    earlier = _fields(known) if known else {}
    if earlier.get("title") == path.stem:
        # Nobody stated that: the file's name stood in for a title.
        del earlier["title"]
    stated = {**own, **earlier, **beside(path), **given}
    stated = {key: value.strip() for key, value in stated.items() if value.strip()}
    title = stated.get("title") or path.stem
    period = Period.parse(stated["period"]) if "period" in stated else None
    return Report(
        id=stated.get("id") or identity(path.stem, title, stated.get("publisher"), period),
        title=title,
        publisher=stated.get("publisher"),
        author=stated.get("author"),
        number=stated.get("number"),
        country=stated.get("country"),
        period=period,
        published=_date(stated, "published"),
        accessed=_date(stated, "accessed") or today,
        url=_web_address(stated, "url"),
        archived=_web_address(stated, "archived"),
        captured=_date(stated, "captured") or _capture_day(stated.get("archived")),
        language=stated.get("language"),
        licence=stated.get("licence"),
        kind=_kind(stated.get("kind", Kind.VERBATIM)),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def usable_guesses(guesses: Mapping[str, str], stated: Mapping[str, str]) -> Mapping[str, str]:
    """Those of the guesses that could be stated, as they would be, and are not stated already.

    A date may be spelled: "29 March 2022" becomes 2022-03-29.
    """
    found = {}
    for field, text in guesses.items():
        value = " ".join(text.split())
        if field == "published" and (date := read_date(value)) is not None:
            value = str(date)
        if field in FIELDS and field not in stated and _can_be(field, value):
            found[field] = value
    return found


def _can_be(field: str, value: str) -> bool:
    checks: Mapping[str, Callable[[str], object]] = {
        "published": lambda text: parse_date(text, "published"),
        "period": Period.parse,
        "url": lambda text: _web_address({"url": text}, "url"),
        "kind": _kind,
    }
    try:
        checks.get(field, str)(value)
    except BadMetadata:
        return False
    return bool(value)


def identity(stem: str, title: str, publisher: str | None, period: Period | None) -> str:
    """The id of a report that states none: publisher, title and period, else the file's name.

    Without a publisher two reports of the same title would take each other's place.
    """
    if publisher is None:
        return slug(stem)
    return slug(" ".join([publisher, title, str(period) if period else ""]))


def slug(text: str) -> str:
    """Lower-case letters, digits and single hyphens, of a text in any script.

    A text that these cannot spell ends in its hash, so that two of them stay two.
    """
    letters = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = re.findall(r"[a-z0-9]+", letters)
    if not words or any(letter.isalnum() and not letter.isascii() for letter in letters):
        words = [*(words or ["report"]), hashlib.sha256(text.encode()).hexdigest()[:12]]
    return "-".join(words)


def _fields(report: Report) -> dict[str, str]:
    values = {field: getattr(report, field) for field in FIELDS}
    return {field: str(value) for field, value in values.items() if value is not None}


def _date(stated: Mapping[str, str], field: str) -> datetime.date | None:
    return parse_date(stated[field], field) if field in stated else None


def _kind(text: str) -> Kind:
    try:
        return Kind(text.lower())
    except ValueError:
        raise BadMetadata(f"kind {text!r} is not known; a report is verbatim or digest.") from None


def _capture_day(archived: str | None) -> datetime.date | None:
    """The day in an archive's address that has one, as the Wayback Machine's and its kin's do."""
    # Fourteen figures, year to second, before the address that was captured.
    stamp = re.search(r"/(\d{8})(?:\d{6})(?:[a-z]{2}_)?/https?:", archived or "")
    try:
        return datetime.date.fromisoformat(stamp[1]) if stamp else None
    except ValueError:
        return None


def _web_address(stated: Mapping[str, str], field: str) -> str | None:
    text = stated.get(field)
    if text is not None and not re.fullmatch(r"https?://[^\s<>\"]+", text):
        raise BadMetadata(
            f"{field} {text!r} is not a web address; write it whole, beginning with https://."
        )
    return text
