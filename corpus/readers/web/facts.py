"""What a page says of itself: title, publisher, address, language, dates."""

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from corpus.readers.web.tree import Element

# In the order in which they are believed, after JSON-LD.
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "citation_publication_date",
    "citation_date",
    "dcterms.date",
    "dc.date",
    "pubdate",
    "publish-date",
    "date",
)
_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "dcterms.modified")
_PUBLISHERS = ("og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
# Between a page's title and the site's name in a `title`.
_PARTS = re.compile(r"\s+[|–—•»·:-]\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What can be cited as the page states it, and what else it says."""

    metadata: Mapping[str, str]
    properties: Mapping[str, str]


def facts(page: Element, title: str, address: str | None) -> Facts:
    """What a page with this h1 ("" where it has none), fetched from an address, says of itself."""
    meta, linked = _meta(page), list(_json_ld(page))
    site = next((meta[name] for name in _PUBLISHERS if meta.get(name)), "")
    publisher = _publisher(linked) or site
    title = title or meta.get("og:title", "") or _stated_title(page, publisher)
    metadata = {
        "title": title,
        "publisher": publisher,
        "url": _address(page, meta, address),
        "language": _language(page, meta),
        "published": _first_day([*_all(linked, "datePublished"), *_values(meta, _PUBLISHED)]),
    }
    changed = _first_day([*_all(linked, "dateModified"), *_values(meta, _MODIFIED)])
    return Facts(
        metadata={name: value for name, value in metadata.items() if value},
        properties={"modified": changed} if changed else {},
    )


def _meta(page: Element) -> dict[str, str]:
    """The page's meta elements by their names in small letters, the first of each."""
    found: dict[str, str] = {}
    for element in page.all():
        if element.tag == "meta":
            stated = element.attributes
            content = " ".join(stated.get("content", "").split())
            for name in (stated.get("property"), stated.get("name"), stated.get("itemprop")):
                if name and content:
                    found.setdefault(name.lower(), content)
    return found


def _values(meta: Mapping[str, str], names: tuple[str, ...]) -> Iterator[str]:
    return (meta[name] for name in names if name in meta)


def _json_ld(page: Element) -> Iterator[Mapping[str, Any]]:
    """The objects of the page's JSON-LD that tell of a page or a text."""
    for element in page.all():
        kind = element.attributes.get("type", "").lower()
        if element.tag != "script" or kind != "application/ld+json":
            continue
        try:
            waiting = [json.loads("".join(c for c in element.children if isinstance(c, str)))]
        except (ValueError, RecursionError):
            continue
        while waiting:
            found = waiting.pop()
            if isinstance(found, list):
                waiting += reversed(found)
            elif isinstance(found, dict):
                waiting += [found[key] for key in ("@graph", "mainEntity") if key in found]
                kinds = found.get("@type")
                named = " ".join(map(str, kinds if isinstance(kinds, list) else [kinds]))
                if re.search(r"Article|Report|Page|CreativeWork|Posting|Publication", named):
                    yield found


def _all(objects: list[Mapping[str, Any]], name: str) -> Iterator[str]:
    return (found[name] for found in objects if isinstance(found.get(name), str))


def _publisher(objects: list[Mapping[str, Any]]) -> str:
    for found in objects:
        publisher = found.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and name.strip() and not name.startswith("http"):
            return " ".join(name.split())
    return ""


def _stated_title(page: Element, publisher: str) -> str:
    """The page's title without the site's name."""
    element = page.first("title")
    texts = (child for child in element.children if isinstance(child, str)) if element else ()
    title = " ".join("".join(texts).split())
    parts = _PARTS.split(title)
    is_site = publisher and parts[-1].casefold() == publisher.casefold()
    return title[: title.rindex(parts[-1])].rstrip(" |–—•»·:-") if is_site and parts[1:] else title


def _address(page: Element, meta: Mapping[str, str], address: str | None) -> str:
    """The address that the page calls its own, if it is of the site that it was fetched from."""
    stated = [
        element.attributes.get("href", "")
        for element in page.all()
        if element.tag == "link" and "canonical" in element.attributes.get("rel", "").lower()
    ]
    for one in filter(None, [*stated, meta.get("og:url", "")]):
        try:
            whole = urljoin(address or "", one.strip())
            host = urlsplit(whole).hostname
            same = address is None or host == urlsplit(address).hostname
        except ValueError:
            continue
        if host and same and re.fullmatch(r"https?://[^\s<>\"]+", whole):
            return whole
    return address or ""


def _language(page: Element, meta: Mapping[str, str]) -> str:
    roots = (one for one in page.all() if one.tag == "html" and "lang" in one.attributes)
    stated = next((one.attributes["lang"] for one in roots), meta.get("content-language", ""))
    return stated.strip().replace("_", "-") if _LANGUAGE.fullmatch(stated.strip()) else ""


def _first_day(values: Iterable[str]) -> str:
    """The first of some values that begins with a day, as 2021-05-23."""
    for value in values:
        match = _DAY.match(value.strip())
        if match:
            try:
                return datetime.date(*map(int, match.groups())).isoformat()
            except ValueError:
                continue
    return ""
