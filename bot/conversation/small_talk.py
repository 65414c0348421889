"""Greetings, thanks and questions about Pincite itself: what is said beside the asking."""

import enum
import re


class SmallTalkKind(enum.StrEnum):
    """What a line that asks the library nothing is."""

    GREETING = "greeting"
    THANKS = "thanks"
    IDENTITY = "identity"
    HELP = "help"


# What a line may open with before its question: these wherever a word ends ("hey what is ...") ...
_SALUTES = {
    SmallTalkKind.GREETING: r"(?:hi|hello|hey|hiya)(?: there| again| all)?|greetings"
    r"|good (?:morning|afternoon|evening|day)|안녕하세요|안녕|hola|buenos días|bonjour|salut",
    SmallTalkKind.THANKS: r"(?:many )?(?:thanks|thank you|thank u|thx|ty|cheers)(?! to\b)"
    r"(?: again| a lot| so much| very much| a million)?|감사합니다|고마워요|gracias|merci",
}
# ... and these only where a stop or the end follows, since a question may begin with the word.
_REMARKS = {
    SmallTalkKind.GREETING: r"(?:pleased|nice|good) to meet you|how are you(?: doing)?(?: today)?",
    SmallTalkKind.THANKS: r"great|perfect|excellent|good|nice|cool|wonderful|ok|okay|alright"
    r"|got it|i see|(?:that|this|it) (?:really )?(?:helped|helps|was helpful|is helpful|is clear)"
    r"(?: a lot)?|(?:very )?helpful|well done|good ?bye|bye(?: bye)?|see you",
}
# Courtesies around a question, which no report holds.
_COURTESY = re.compile(
    r"(?:please|pls|well|"
    r"(?:can|could|would|will) you (?:please )?(?:help me )?(?:to )?"
    r"(?:tell|show|find|explain|give)(?: out)?(?: to)?(?: me)?(?: about| whether| if)?|"
    r"(?:please )?(?:tell|show) me(?: about| whether| if)?|do you know(?: whether| if)?|"
    r"i (?:need|want|would like|wanted) to (?:know|find out|ask)(?: about| whether| if)?|"
    r"i['’]d like to (?:know|find out|ask)(?: about| whether| if)?|"
    r"i (?:wonder|was wondering)(?: about| whether| if)?|(?:i am|i['’]m) looking for)"
    r"(?!\w)[\s,:]*",
    re.IGNORECASE,
)
_ABOUT_PINCITE = {
    SmallTalkKind.IDENTITY: r"who (?:are|r) (?:you|u)|what are you|what(?: is|'s) (?:this|pincite)"
    r"|(?:who|what) is this|what(?: is|'s) your name|who (?:made|built|wrote|runs) (?:you|this)"
    r"|(?:are you|is this) (?:an? )?(?:real )?(?:human|person|bot|robot|machine|program|ai|real"
    r"|chatgpt|gpt|llm|language model)(?: or .+)?",
    SmallTalkKind.HELP: r"(?:can you |could you )?help(?: me)?"
    r"|what (?:can|could|should|may|do) (?:i|we) ask(?: you)?(?: about| here| for)?"
    r"|what (?:can|could) (?:you|this|pincite) (?:do|answer|tell me)(?: for me)?"
    r"|how (?:does|do|can|should) (?:this|you|pincite|i|we) (?:work|use this|use you|ask|start)"
    r"(?: a question)?|i (?:don't|do not) know (?:what|how) to ask"
    r"|(?:what|which) (?:reports?|documents?|countries|years) (?:do|are|have|can|is)"
    r" (?:you|there|here|this)(?: have| hold| know| cover| search| read| got| loaded)?(?: here)?"
    r"|what do you (?:know|have|cover|hold)(?: about)?|(?:give me |show me )?(?:some )?examples?"
    r"|(?:commands|instructions|usage)",
}
_STOPS = " \t.,;:!?…—–-"


def without_small_talk(line: str) -> tuple[str, SmallTalkKind | None]:
    """What a line asks, without the greeting, thanks and courtesies; and what small talk it held.

    What it asks is empty where it is small talk alone; thanks count more than a greeting.
    """
    asked, kinds = line.strip(), set()
    while opening := _opening(asked):
        kind, length = opening
        kinds.add(kind)
        asked = asked[length:].lstrip(_STOPS)
    bare = plain(asked)
    for kind, phrases in _ABOUT_PINCITE.items():
        if re.fullmatch(phrases, bare):
            return "", kind
    while (courtesy := _COURTESY.match(asked)) and asked[courtesy.end() :].strip(_STOPS):
        asked = asked[courtesy.end() :]
    asked = re.sub(r"[\s,]+(?:please|pls|thanks|thank you)(?=\W*$)", "", asked, flags=re.IGNORECASE)
    for kind in (SmallTalkKind.THANKS, SmallTalkKind.GREETING):
        if kind in kinds:
            return asked, kind
    return asked, None


def plain(text: str) -> str:
    """A text for comparing: lower case, straight apostrophes, single spaces, no stops around."""
    return " ".join(re.sub(r"[.,;:!?…]", " ", text.casefold().replace("’", "'")).split())


def _opening(line: str) -> tuple[SmallTalkKind, int] | None:
    """The small talk that a line opens with, and its length; None where it opens with none."""
    for phrases, end in ((_SALUTES, r"(?!\w)"), (_REMARKS, r"(?=\s*(?:[.,;:!?…—–]|$))")):
        for kind, phrase in phrases.items():
            if found := re.match(f"(?:{phrase}){end}", line, re.IGNORECASE):
                return kind, found.end()
    return None
