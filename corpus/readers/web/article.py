"""Which part of a page is the report, and which stands around it on every page of a site.

Tags, roles and names of classes say it, and how much of a text is links. None of them is believed
of what holds half of the page's words.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from corpus.readers.web.tree import HEADINGS, UNSEEN, Element

_TAGS = frozenset(("nav", "footer", "dialog", "menu"))
_ROLES = frozenset(
    re.findall(
        r"[\w-]+",
        "navigation banner contentinfo search dialog alertdialog menu menubar toolbar"
        " directory doc-toc",
    )
)
# Of what is named so nothing is the report's.
_CERTAIN = frozenset(
    re.findall(
        r"[\w-]+",
        "breadcrumb breadcrumbs cookie cookies cookiebanner consent gdpr newsletter popup"
        " modal masthead navbar pagination pager sharing sharethis skiplink skiplinks"
        " offcanvas lightbox mininav advert advertisement ads onetrust footer colophon"
        " respond commentform commentlist",
    )
)
# What readers wrote below it, by a whole name: a section may be on "general-comments".
_COMMENTS = re.compile(
    r"(?<!\S)(?:comments?[-_](?:area|section|list|content|body|form|respond|wrapper)|comments"
    r"|disqus[-_]thread)(?!\S)",
    re.IGNORECASE,
)
# What is named so may be the report's, as in a section on "social-rights": links or buttons tell.
_LIKELY = frozenset(
    re.findall(
        r"[\w-]+",
        "nav navigation menu toc contents tableofcontents related recommended share social"
        " search banner sidebar side header teaser teasers card cards promo more"
        " subscribe signup donate donation comments tags topics topic carousel language"
        " languages site sites bc top readmore download downloads tools actions",
    )
)
# Named so, and short, it ends every page of the site.
_LAST = frozenset(("bottom",))
_FOR_SCREEN_READERS = frozenset(
    ["sr-only", "screen-reader-text", "visually-hidden", "visuallyhidden"]
)
_CONTAINERS = frozenset(
    re.findall(
        r"[\w-]+",
        "div section aside ul ol dl nav header footer form article span p details fieldset"
        " figure main center",
    )
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# Names that say how a box looks ("margin-bottom") or what state it is in ("has-ads", "box--ads").
_LOOKS = re.compile(r"margin|padding|spacing|border|gutter", re.IGNORECASE)
_STATE = re.compile(r"(?:[a-z]+[-_]{1,2})?(?:has|with|without|no|is|js)[-_]", re.IGNORECASE)
_MANY_LINKS = 0.3
_NEARLY_ALL_LINKS = 0.9
# A teaser of another page has a sentence or two. These bounds are chosen, not fitted.
_LONGEST_TEASER = 700
_LONGEST_OPENING = 1_500
_LEAST_ASIDE = 150
_SHORTEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A page's report: its outermost element, and what in it is not the report's.

    `is_marked` says whether the page itself marks a part as its main one.
    """

    root: Element
    furniture: Collection[Element]
    is_marked: bool


def article(page: Element, notes: Collection[Element]) -> Article:
    """The report of a page; `notes` are the elements of notes, which are its in any case.

    So are its main part and what holds that.
    """
    mains = [element for element in page.all() if _is_main(element) and element.length]
    keeping = {page}.union(*({kept} | _above(kept) for kept in [*notes, *mains]))
    alike = Counter((one.parent, one.tag) for one in page.all() if one.heads)
    furniture: set[Element] = set()
    for element in page.all():
        if (
            element.parent in furniture
            or element.tag in UNSEEN
            or (
                element not in keeping
                and _is_furniture(element, page, alike[element.parent, element.tag])
            )
        ):
            furniture.add(element)
    root = _root(page, furniture)
    _add_hollow(root, furniture)
    return Article(root=root, furniture=furniture, is_marked=root.tag not in ("html", "body"))


def _root(page: Element, furniture: Collection[Element]) -> Element:
    """What the page marks as its main part, if it holds half of its words."""
    kept = [element for element in page.all() if element not in furniture]
    words = sum(e.length - e.linked for e in kept if e.tag == "body") or page.length
    for is_main in (_is_main, lambda element: element.tag == "article"):
        found = [element for element in kept if is_main(element)]
        largest = max(found, key=lambda element: element.length, default=None)
        if largest is not None and 2 * (largest.length - largest.linked) >= _prose(kept, words):
            return largest
    return next((element for element in kept if element.tag == "body"), page)


def _prose(kept: Collection[Element], words: int) -> int:
    """How many characters outside of links stand in what is kept."""
    own = sum(
        len("".join(child.split()))
        for element in kept
        if element.tag != "a"
        for child in element.children
        if isinstance(child, str)
    )
    return min(own, words)


def _is_main(element: Element) -> bool:
    return element.tag == "main" or element.attributes.get("role") == "main"


def _is_furniture(element: Element, page: Element, alike: int) -> bool:
    """Whether an element is not the report's; so many beside it are `alike`, itself included."""
    if element.tag in HEADINGS or element.tag in ("html", "body", "main"):
        return False
    words, all_words = element.length - element.linked, page.length - page.linked
    if 2 * words >= all_words > 0:
        return False
    return (
        element.tag in _TAGS
        or _is_unseen(element)
        or element.attributes.get("role") in _ROLES
        or _is_site_header(element)
        or _is_aside(element)
        or (element.tag == "form" and element.controls > 0 and element.length < _LONGEST_TEASER)
        or (element.tag in _CONTAINERS and _is_named_so(element))
        or _is_list_of_links(element)
        or (alike > 1 and _is_teaser(element))
    )


def _is_unseen(element: Element) -> bool:
    """What browsers do not show, or only to a screen reader; what a click opens is longer."""
    stated = element.attributes
    style = stated.get("style", "").replace(" ", "").lower()
    return element.length < _LEAST_ASIDE and (
        "hidden" in stated
        or stated.get("aria-hidden") == "true"
        or "display:none" in style
        or not _FOR_SCREEN_READERS.isdisjoint(stated.get("class", "").lower().split())
    )


def _is_site_header(element: Element) -> bool:
    """A header is the site's, unless it stands in the report and so belongs to it."""
    if element.tag != "header":
        return False
    above = element.parent
    while above is not None:
        if above.tag in ("article", "main", "section"):
            return False
        above = above.parent
    return element.first("h1") is None


def _is_aside(element: Element) -> bool:
    if element.tag != "aside" and element.attributes.get("role") != "complementary":
        return False
    return (
        element.length < _LEAST_ASIDE
        or element.linked > _MANY_LINKS * element.length
        or not _is_within_report(element)
    )


def _is_within_report(element: Element) -> bool:
    return any(above.tag in ("article", "main") for above in _above(element))


def _is_named_so(element: Element) -> bool:
    names = set(_words(element.names))
    if "skip" in names and element.length < _LEAST_ASIDE:
        return True
    if (
        names & _CERTAIN
        or _COMMENTS.search(element.names)
        or (names & _LAST and element.length < _LONGEST_TEASER)
    ):
        return element.first("h1") is None
    if not names & _LIKELY or element.first("h1") is not None:
        return False
    return (
        element.linked > _MANY_LINKS * element.length
        or element.length == 0
        or (element.length < _SHORTEST and element.links > 0)
        or (element.length < _LONGEST_TEASER and element.controls > 0)
    )


def _words(names: str) -> Iterator[str]:
    """The words in what an element is named, but for its looks and its state."""
    for name in names.split():
        if not (_LOOKS.search(name) or _STATE.match(name)):
            yield from (word.lower() for word in _WORD.findall(name.partition("--")[0]))


def _is_list_of_links(element: Element) -> bool:
    """A menu, a contents list, related pages: all its words are links."""
    return (
        element.tag in ("ul", "ol", "dl", "table", "div", "section", "td")
        and element.linked > _NEARLY_ALL_LINKS * element.length
        and element.links > (2 if element.tag == "td" else 1)
        and not element.heads
    )


def _is_teaser(element: Element) -> bool:
    """A card that tells of another page: its heading is a link to that."""
    if element.tag not in ("article", "li", "div", "section") or element.length > _LONGEST_TEASER:
        return False
    if not element.heads:
        return False
    return all(leads_away(inside) for inside in element.all() if inside.tag in HEADINGS)


def opening(page: Element, main: Article) -> tuple[Element, Element] | None:
    """A page's title and the box of it, where it stands beside the article; that may hold a lead.

    The box is the title itself where it holds more than an opening does.
    """
    inside = set(main.root.all())
    title = next(
        (one for one in page.all() if one.tag == "h1" and one.length and one not in inside), None
    )
    if title is None:
        return None
    around = _above(main.root)
    box = title
    while box.parent is not None and box.parent not in around:
        box = box.parent
    return title, title if box.length - box.linked > _LONGEST_OPENING else box


def _above(element: Element) -> set[Element]:
    """What an element stands in."""
    found: set[Element] = set()
    above = element.parent
    while above is not None:
        found.add(above)
        above = above.parent
    return found


def leads_away(element: Element) -> bool:
    """Whether all the words of an element are a link to another page."""
    if not element.length or element.tag == "h1":
        return False
    above = element.parent
    links = [inside for inside in element.all() if inside.tag == "a"]
    while above is not None and element.linked < element.length:
        if above.tag == "a":
            links.append(above)
            break
        above = above.parent
    addresses = [link.attributes.get("href", "") for link in links if link.length]
    whole = element.linked == element.length or (links and links[-1].length >= element.length)
    return bool(whole and addresses) and all(
        address and not address.lower().startswith(("#", "javascript:")) for address in addresses
    )


def _add_hollow(root: Element, furniture: set[Element]) -> None:
    """What is left of a box whose content is furniture, such as "On this page", is it, too."""
    for element in reversed([one for one in root.all() if one not in furniture]):
        if element is root or element.tag not in _CONTAINERS or not element.length:
            continue
        inside = list(element.elements)
        if any(one in furniture and one.length for one in inside) and all(
            one in furniture or one.tag in HEADINGS or not one.length for one in inside
        ):
            own = "".join(child for child in element.children if isinstance(child, str))
            if not own.strip() and not any(one.tag == "h1" for one in inside):
                furniture.update(element.all())
