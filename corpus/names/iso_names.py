"""The names of countries and territories in ISO 3166-1, English, as pycountry has them.

Its table alone is read: importing the package costs every start 27 ms, most of it for its own
version, and the table takes 1.
"""

import importlib.util
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader


@dataclass(frozen=True, slots=True, kw_only=True)
class IsoNames:
    """The usual name, and all names: "South Korea"; "Korea, Republic of", "Republic of Korea"."""

    usual: str
    names: tuple[str, ...]


def iso_names() -> Mapping[str, IsoNames]:
    """By alpha-2 code. Raises ModuleNotFoundError where pycountry is not installed."""
    spec = importlib.util.find_spec("pycountry")
    if spec is None or not isinstance(spec.loader, SourceFileLoader):
        raise ModuleNotFoundError("No module named 'pycountry'", name="pycountry")
    files = spec.loader.get_resource_reader("pycountry").files()
    table = json.loads((files / "databases" / "iso3166-1.json").read_text(encoding="utf-8"))
    return {country["alpha_2"]: _names(country) for country in table["3166-1"]}


def _names(country: Mapping[str, str]) -> IsoNames:
    listed = [country[kind] for kind in ("common_name", "name", "official_name") if kind in country]
    said = [_as_said(name) for name in listed]
    return IsoNames(usual=listed[0], names=tuple(dict.fromkeys([*listed, *said])))


def _as_said(name: str) -> str:
    """As in "Republic of Korea" for "Korea, Republic of"; lists of islands have commas, too."""
    word, comma, kind = name.partition(", ")
    return f"{kind} {word}" if comma and "," not in kind and " and " not in kind else name
