"""Sentence boundaries in running English text, by rules, without a model.

Where an end is doubtful there is none: a quotation is then longer than it need be, and never
loses the speaker and the hedge that stand before an abbreviation ("approx. 300 people").

Of 2,007 sentences of country reports in which an end is hard to tell, drawn and compared by
`tests/bench/sentence_ends.py` and judged by eye where the three differ: an end where none is, 1
(pysbd 0.3.4 10, syntok 1.4.4 15); no end where one is, 16, most after "6 a.m." (24, 22); 0.05 s
(5.4, 0.7). Of 2,003 drawn from all: 0 and 0 (9 and 4; 2 and 1). So neither is used.
"""

import re
from itertools import pairwise

from corpus.passage import Span


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What belongs to the word after it: a full stop there never ends a sentence.
LEADING = _listed(
    "adm amb approx asst atty brig capt cdr cf cmdr cmdt col cpl cpt dr drs e.g eg esp excl "
    "gen gov hon i.e ie incl insp lt maj messrs mgr mlle mm mme mr mrs ms msgr mt mts pres prof "
    "pte pvt q.v rep reps resp rev rt sen sens sgt spc sr st supt viz vs"
)
# These end one only where an opener follows: "in the U.S. The", but not "the U.S. Senate".
ABBREVIATED = _listed(
    "a.d a.k.a a.m abbr acad addl admin al anon appx assn assoc ave avg b.c bldg blvd bros cert "
    "cit co comm comms conf cont corp d.c d.p.r.k d.r.c dep dep't dept depts dipl dist div e.u ed "
    "eds encl eng esq etc ext ft gov't govt hq hrs hwy ibid inc inst int'l intl jr kft kms lb "
    "lbs ltd mfg min mins misc nat'l natl obs orig p.m p.r.c ph.d plc prov pty r.o.k ref refs reg "
    "regs ret s.a seq soc sq stat subpara subsec suppl tel u.a.e u.k u.n u.s u.s.a u.s.s.r "
    "univ wk wks yr yrs"
)
# After these there is no end where a figure follows: No. 5, Art. 3, Rs. 500, Sept. 11.
NUMBERED = _listed(
    "apr art arts aug c ca cap ch chs cl cls dec feb fig figs fn fr fri frs gs jan jul jun ks mar "
    "mon nn no nos nov oct p para paras pp res rp rs sec secs sep sept sh thu thurs tk "
    "tue tues v vol vols"
)
# Those of them that are words or names too.
_WORDS_TOO = _listed("art cap dec fig jan mar mon no res tue")
_DOUBTFUL = ABBREVIATED | (NUMBERED - _WORDS_TOO)
# What sentences begin with. The first are no names: "J. R. The" is cut, "Kim J. In" is not.
_OPENERS = _listed(
    "according additionally after all also although among and another any approximately are as at "
    "because before being between both but by despite during each either every few following for "
    "from furthermore given had has have her how however if instead is its last later many "
    "meanwhile moreover most much neither nevertheless no nonetheless nor not one other others our "
    "prior several she since some such that the their then there therefore these they this those "
    "though through throughout thus two under unlike until upon was we were what when where "
    "whether which while who whose why with within without yet you your"
)
_OPENERS_OR_NAMES = _OPENERS | _listed("a an do he his i in it my of on or so to")
_SAID = (
    r"(?:said|says|asked|asks|told|added|wrote|replied|answered|shouted|cried|claimed|recalled|"
    r"explained|stated|warned|testified)"
)
# Longer than any abbreviation or label; longer than what a bracket with a section says.
_LOOK_BACK, _LOOK_BACK_FOR_BRACKET = 24, 120
# Longer than an opener or a speaker with the verb: the text further after it decides nothing.
_LOOK_AHEAD = 80
# Where a figure follows so short a word, the word may be an abbreviation of no list: of 72
# figures after a small letter and a full stop, in 60,000 paragraphs of country reports, one
# began a sentence.
_LONGEST_UNLISTED = 6

_BREAK = re.compile(r"\n[ \t]*\n\s*")
# Marks from their first on: a row of them that nothing ends is read once, not from each of them.
_END = re.compile(r"(?<![.!?…])(?P<mark>[.!?…]+)(?P<closers>[\"'”’»)\]]*)(?P<gap>\s+)(?=\S)")
_OPENING = "\"'“‘«(["
# "1.", "(a).", "iv.": the label of an item, where the sentence begins with it.
_LABEL = re.compile(r"\s*[(\[]?(?:\d{1,3}|[^\W\d_]|[ivxIVX]{1,5}|\d{1,2}(?:\.\d{1,2})+)[)\]]?\.")
_LABEL_AFTER = re.compile(r"\d{1,3}\.\s")
# The letters of "FGM/C" and "PML-N" are no initials.
_WORD = re.compile(r"(?<![^\W_])(?<![A-Z][/&-])(?:[^\W_]{1,2}\.)*[^\W\d_]+(?:['’][^\W\d_]+)?$")
# "(see section 1.d. Arrest Procedures)": its title may follow.
_SECTION = re.compile(r"\d{1,2}\.[a-z]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
# No vowel and not all capitals: "hrs", "Bldg", but not "SDF" and "MPs".
_CONSONANTS = re.compile(r"(?![A-Z]+s?$)[b-df-hj-np-tv-xzB-DF-HJ-NP-TV-XZ]{2,}")
_ROMAN_OR_LETTER = re.compile(r"(?:[IVXLC]+|[^\W\d_])(?![^\W_])")
_DAY = re.compile(r"\b\d{1,2}$")
_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_CAPITALS = re.compile(r"[A-Z]{2,}(?![^\W_])")
_ALL_CAPITALS = re.compile(r"[A-Z]{2,}\s+[A-Z]{2,}(?![^\W_])")
_FIRST_WORD = re.compile(r"[^\W_]+")
_SPEAKER = re.compile(rf"(?:(?:(?:Mr|Mrs|Ms|Dr)\.|[^\W\d_][\w'’-]*)\s+){{1,4}}{_SAID}\b")


def sentences(text: str) -> list[Span]:
    """The sentences of a text in order, without the white space between them.

    A blank line always ends a sentence. Every character that is not white space lies in
    exactly one sentence.
    """
    breaks = [0, *(match.end() for match in _BREAK.finditer(text)), len(text)]
    edges = [0]
    for start, stop in pairwise(breaks):
        for match in _END.finditer(text, start, stop):
            after = text[match.end() : min(stop, match.end() + _LOOK_AHEAD)]
            begin = max(edges[-1], match.start() - _LOOK_BACK_FOR_BRACKET)
            if _ends_sentence(text[begin : match.start()], match, after):
                edges.append(match.end())
        edges.append(stop)
    spans = []
    for start, stop in pairwise(edges):
        piece = text[start:stop]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            spans.append(Span(start=start + lead, stop=start + len(piece.rstrip())))
    return spans


def _ends_sentence(before: str, match: re.Match[str], after: str) -> bool:
    """Whether a sentence ends at a mark, between what stands in it before and what follows."""
    mark, closers = match["mark"], match["closers"]
    follower = after.lstrip(_OPENING)
    if follower.lstrip("–—- ")[:1].islower() or follower.startswith((".", "…")):
        return False
    if "?" in mark or "!" in mark:
        return not (closers and _SPEAKER.match(follower))
    if mark != "." or before.endswith((". ", "… ")):
        return closers[:1] not in {"]", ")"} and _opens(follower, _OPENERS_OR_NAMES)
    if len(before) < _LOOK_BACK and _LABEL.fullmatch(before + mark):
        return False
    if word := _WORD.search(before[-_LOOK_BACK:]):
        in_brackets = before.count("(") > before.count(")") and not closers
        return _ends_after(word[0], follower, in_brackets=in_brackets)
    return not (_DAY.search(before[-_LOOK_BACK:]) and _MONTH.match(follower))


def _ends_after(word: str, follower: str, *, in_brackets: bool) -> bool:
    """Whether a sentence ends at the full stop after a word."""
    plain = word.casefold().replace("’", "'")
    figure = follower[:1].isdigit()
    if _CAPITALS.fullmatch(word) and not (figure or _ALL_CAPITALS.match(follower)):
        return True  # an acronym, such as CPT or RS, unless all is in capitals
    numbers = plain in NUMBERED and (figure or _ROMAN_OR_LETTER.match(follower))
    if plain in LEADING or numbers or (in_brackets and _SECTION.fullmatch(word)):
        return False
    if plain in _DOUBTFUL or _CONSONANTS.fullmatch(word):
        return _opens(follower, _OPENERS_OR_NAMES)
    if _INITIALS.fullmatch(word):
        return _opens(follower, _OPENERS)
    unlisted = figure and len(word) <= _LONGEST_UNLISTED and not word.isupper()
    return not unlisted or _LABEL_AFTER.match(follower) is not None


def _opens(follower: str, openers: frozenset[str]) -> bool:
    word = _FIRST_WORD.match(follower)
    return word is not None and word[0].casefold() in openers
