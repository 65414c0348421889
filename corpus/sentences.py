"""Sentence boundaries in running English text, by rules, without a model."""

import re
from itertools import pairwise

from corpus.passage import Span

# A full stop after a title or the like never ends a sentence.
TITLES = frozenset(
    {
        "adm",
        "al",
        "capt",
        "cf",
        "cmdr",
        "col",
        "dr",
        "ed",
        "eg",
        "gen",
        "gov",
        "hon",
        "ie",
        "lt",
        "maj",
        "messrs",
        "mr",
        "mrs",
        "ms",
        "mt",
        "prof",
        "pvt",
        "rep",
        "rev",
        "sen",
        "sgt",
        "st",
        "viz",
        "vs",
    }
)
# After these it does not where a figure follows: No. 5, Art. 3, Sept. 11.
NUMBERED = frozenset(
    {
        "apr",
        "art",
        "arts",
        "aug",
        "ca",
        "ch",
        "dec",
        "feb",
        "fig",
        "figs",
        "jan",
        "jul",
        "jun",
        "mar",
        "no",
        "nos",
        "nov",
        "oct",
        "p",
        "para",
        "paras",
        "pp",
        "res",
        "sec",
        "sept",
        "v",
        "vol",
        "vols",
    }
)
# Longer than any word of these lists: the rest of a text before a full stop decides nothing.
_LOOK_BACK = 16
_END = re.compile(r"(?P<mark>[.!?…]+)(?P<closers>[\"'”’»)\]]*)(?P<gap>\s+)(?=\S)")
_BREAK = re.compile(r"\n[ \t]*\n\s*")


def sentences(text: str) -> list[Span]:
    """The sentences of a text in order, without the white space between them.

    A blank line always ends a sentence. Every character that is not white space lies in
    exactly one sentence.
    """
    cuts = {match.end() for match in _BREAK.finditer(text)}
    cuts |= {match.end() for match in _END.finditer(text) if _ends_sentence(text, match)}
    edges = [0, *sorted(cuts), len(text)]
    spans = []
    for start, stop in pairwise(edges):
        piece = text[start:stop]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            spans.append(Span(start=start + lead, stop=start + len(piece.rstrip())))
    return spans


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    follower = text[match.end() :].lstrip("\"'“‘«([")[:1]
    if follower.islower():
        return False
    if match["mark"] != ".":
        return True
    word = re.search(r"[^\W\d_]+$", text[max(0, match.start() - _LOOK_BACK) : match.start()])
    if word is None:
        return True
    if len(word[0]) == 1 and word[0].isupper():
        return False
    if word[0].casefold() in NUMBERED:
        return not follower.isdigit()
    return word[0].casefold() not in TITLES
