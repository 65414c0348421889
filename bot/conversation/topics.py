"""Lines that name a topic and ask nothing of it: "tell me about the camps". Pure."""

import re

from bot.answering.words import AUXILIARIES, QUESTION_WORDS, phrases, words
from bot.conversation.follow_up import leans
from corpus.names.mentions import country_named, mentions

_PLEASE = r"(?:please|pls|can you|could you|would you|i (?:want|need|would like) (?:you )?to)"
_TOLD = (
    rf"(?:{_PLEASE} )*(?:tell|show|inform|brief)(?: me| us)?(?: something| anything| everything"
    r"| all| more| what you know)? (?:about|on)"
)
_KINDS = (
    r"(?:overview|summary|outline|briefing|information|info|details|facts|background|survey"
    r"|introduction|paragraphs|passages)"
)
_SURVEYED = (
    rf"(?:{_PLEASE} )*(?:give me |show me |i (?:want|need) |is there |do you have )?"
    rf"(?:an? |the |some |any |more |short |brief |quick |general )*{_KINDS} (?:of|on|about|to)"
)
_KNOWN = (
    r"what (?:is|are|was|were) (?:known|said|written|reported|there|the facts) (?:about|on)"
    r"|what (?:do|does) (?:the|these|this|your) reports? (?:say|tell(?: us| me)?) (?:about|on)"
    r"|what do (?:you|we) (?:know|have) (?:about|on)|(?:anything|something|everything) (?:about|on)"
)
_ABOUT = re.compile(rf"(?:{_TOLD}|{_SURVEYED}|{_KNOWN}) +(?P<topic>.+)", re.IGNORECASE)
_SITUATION = re.compile(
    rf"(?:(?:{_TOLD}|{_SURVEYED}|what(?:'s|’s| is| was)|how is|how's|describe|and) +)?"
    r"(?:the |an? )?(?:overall |general |current |human[ -]rights |present )*"
    r"(?:situation|state of (?:things|affairs|human rights)|conditions|overview|picture|summary)"
    r"(?: (?:overall|in general|today|now|there|here|like))*"
    r"(?:(?: (?:of|in|for|on|with|about|regarding))+ (?P<topic>.+))?",
    re.IGNORECASE,
)
_OF_SITUATION = re.compile(
    r"(?:(?:what(?:'s|’s| is| was)|how is|how's|describe|and) )?(?:the )?"
    r"(?P<topic>(?:\w+ ){0,2}\w+) situation(?: (?:today|now|there|here|like))*",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?P<topic>[^\W\d_]+)")
_GOING_ON = re.compile(
    r"(?:what(?:'s|’s| is) (?:going on|happening)|how are things)(?: (?:in|with) (?P<topic>.+))?",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?:the |this |that )?(?:country|human rights|situation|place|there|here|general)"
    r"(?: in (?:the|this) country| in general)?|",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:(?:^| )(?:in|of|during) )?\b(?:19|20)\d\d\b")


def topic(line: str) -> str | None:
    """The topic that a line names, empty for all there is; None for a line that asks something.

    "Tell me about it" and "tell me how many ..." are none: one leans on what was said, the other
    asks. A word alone names a topic, and none with a question mark, which asks of what was said
    before. What is named only by its country or year is all there is on these.
    """
    said = " ".join(line.split()).strip(" .,;:!?…")
    forms = (_SITUATION, _OF_SITUATION, _GOING_ON, _ABOUT)
    found = next((match for form in forms if (match := form.fullmatch(said))), None)
    if found is None and not line.rstrip().endswith("?") and not leans(said):
        found = _WORD.fullmatch(said)
    if found is None:
        return None
    named = (found["topic"] or "").strip()
    timeless = " ".join(_YEAR.sub(" ", named).split())
    if _ALL.fullmatch(timeless) or country_named(timeless) in mentions(timeless).countries:
        return ""
    asks = words(named)[0].plain in QUESTION_WORDS | AUXILIARIES
    return named if phrases(named) and not asks else None
