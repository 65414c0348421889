"""Every style that a passage can be cited in, by the name that a person gives."""

import enum
from collections.abc import Callable, Mapping

from corpus.citing import processor
from corpus.citing.citations import cite
from corpus.citing.csl import Place, csl_item, place
from corpus.citing.exchange import as_bibtex, as_csl_json, as_ris
from corpus.citing.templates import cite_as, excerpt_from, short
from corpus.errors import WrongUse
from corpus.passage import Passage


class Style(enum.StrEnum):
    """A style; its value is its name."""

    NOTE = "note"
    SHORT = "short"
    TRIBUNAL = "tribunal"
    REFWORLD = "refworld"
    OSCOLA = "oscola"
    CHICAGO = "chicago"
    CHICAGO_BIBLIOGRAPHY = "chicago-bibliography"
    APA = "apa"
    APA_IN_TEXT = "apa-in-text"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"


NAMES = tuple(str(style) for style in Style)


def style_named(name: str) -> Style:
    """The style of a name, in any case; raises WrongUse naming all."""
    try:
        return Style(name.strip().lower())
    except ValueError:
        raise WrongUse(
            f"there is no style {name.strip()!r}; the styles are {', '.join(NAMES)}."
        ) from None


def cited(passage: Passage, style: Style) -> str:
    """A passage's citation in a style, with its id; the pages are those of what is quoted.

    Raises InstallationFault where the style needs a package that is not installed.
    """
    return _MAKERS[style](passage)


_Maker = Callable[[Passage], str]


def _in_note(guide: processor.Guide, said: Callable[[Place], str | None]) -> _Maker:
    def made(passage: Passage) -> str:
        # A press item is cited whole, by its own title.
        where = None if passage.press else said(place(passage))
        return _signed(processor.in_note(csl_item(passage), guide, where), passage)

    return made


def _in_bibliography(guide: processor.Guide) -> _Maker:
    def made(passage: Passage) -> str:
        return _signed(processor.in_bibliography(csl_item(passage), guide), passage)

    return made


def _signed(text: str, passage: Passage) -> str:
    return f"{text} [passage {passage.id}]"


_MAKERS: Mapping[Style, _Maker] = {
    Style.NOTE: cite,
    Style.SHORT: short,
    Style.TRIBUNAL: excerpt_from,
    Style.REFWORLD: cite_as,
    Style.OSCOLA: _in_note(processor.OSCOLA, processor.oscola_place),
    Style.CHICAGO: _in_note(processor.CHICAGO, processor.chicago_place),
    Style.CHICAGO_BIBLIOGRAPHY: _in_bibliography(processor.CHICAGO),
    Style.APA: _in_bibliography(processor.APA),
    Style.APA_IN_TEXT: _in_note(processor.APA, processor.apa_place),
    Style.BIBTEX: as_bibtex,
    Style.RIS: as_ris,
    Style.CSL_JSON: as_csl_json,
}
