"""Greetings, thanks and questions about Pincite itself: what is said beside the asking."""

import enum
import re
import unicodedata


class SmallTalkKind(enum.StrEnum):
    """What a line that asks the library nothing is."""

    GREETING = "greeting"
    THANKS = "thanks"
    IDENTITY = "identity"
    HELP = "help"
    TRUST = "trust"
    DOCUMENT = "document"
    PUBLICATION = "publication"
    SUMMARY = "summary"
    TOPICS = "topics"
    MISSED = "missed"
    PUZZLED = "puzzled"
    YES = "yes"
    NO = "no"
    SWEARING = "swearing"
    SIGNS = "signs"


# What a line may open with before its question: these wherever a word ends ("hey what is ...") ...
_SALUTES = {
    SmallTalkKind.GREETING: r"(?:hi|hello|hey|hiya)(?: there| again| all)?|greetings"
    r"|good (?:morning|afternoon|evening|day)|안녕하세요|안녕|hola|buen[oa]s (?:días|tardes|noches)"
    r"|bonjour|bonsoir|salut|hallo|guten (?:tag|morgen|abend)|olá|merhaba|xin chào|привет|привіт"
    r"|здравствуйте|مرحبا|سلام|你好|こんにちは",
    SmallTalkKind.THANKS: r"(?:many )?(?:thanks|thank you|thank u|thx|ty|cheers)(?! to\b)"
    r"(?: again| a lot| so much| very much| a million)?|감사합니다|고마워요"
    r"|(?:muchas |mil )?gracias|merci(?: beaucoup| bien)?|danke(?: schön| sehr| dir)?|vielen dank"
    r"|obrigad[oa]|grazie(?: mille)?|dank (?:je|u)|teşekkürler|cảm ơn|спасибо|дякую|شكرا|谢谢"
    r"|ありがとう|ok(?:ay)?(?= (?:and|so|but|then|who|what|which|when|where|why|how)\b)",
}
# ... and these only where a stop or the end follows, since a question may begin with the word.
_REMARKS = {
    SmallTalkKind.GREETING: r"(?:pleased|nice|good) to meet you|how are you(?: doing)?(?: today)?"
    r"|(?:is )?any(?:one|body) (?:there|here)",
    SmallTalkKind.THANKS: r"great|perfect|excellent|good|nice|cool|wonderful|ok|okay|alright"
    r"|got it|i see|(?:that|this|it) (?:really )?(?:helped|helps|was helpful|is helpful|is clear)"
    r"(?: a lot)?|(?:very )?helpful|well done|good ?bye|bye(?: bye)?|see you(?: later| soon)?"
    r"|(?:no|ok) (?:thanks|thank you)|that(?:'s| is| was) (?:all|it)(?: for now| i needed)?"
    r"|(?:good|great) (?:job|work|night)|have a (?:nice|good) (?:day|one|evening)|ciao|adi[oó]s"
    r"|hasta luego|au revoir|à bientôt|tschüss|tschau|auf wiedersehen|arrivederci|tạm biệt"
    r"|до свидания",
}
# A nod before a question that goes on from it: "ok and the camps?".
_NOD = re.compile(r"(?:ok|okay|alright|got it|i see)(?= (?:and|but|so|then)\b)", re.IGNORECASE)
# Whether anybody answers at all.
_CALL = (
    rf"(?:(?:{_SALUTES[SmallTalkKind.GREETING]}) )?(?:(?:is )?(?:any(?:one|body)|some(?:one|body))"
    r" (?:there|here|home|around)|(?:are )?(?:you|u) (?:still )?there)"
)
# What is said beside these and means nothing by itself.
_BESIDE = r"and|then|so|for now|now|everyone|pincite|bot|all|you too|dear|man|again"
# Courtesies around a question, which no report holds.
_COURTESY = re.compile(
    r"(?:please|pls|well|"
    r"(?:can|could|would|will) you (?:please )?(?:help me )?(?:to )?"
    r"(?:tell|show|find|explain|give)(?: out)?(?: to)?(?: me)?(?: about| whether| if)?|"
    r"(?:please )?(?:tell|show) me(?: about| whether| if)?|do you know(?: whether| if)?|"
    r"i (?:need|want|would like|wanted) to (?:know|find out|ask)(?: about| whether| if)?|"
    r"i['’]d like to (?:know|find out|ask)(?: about| whether| if)?|"
    r"i (?:wonder|was wondering)(?: about| whether| if)?|(?:i am|i['’]m) looking for|"
    r"(?:but )?i (?:read|heard|saw|thought|was told|meant)(?: somewhere)?(?: that)?|"
    r"is it (?:true|correct|right)(?: that)?)"
    r"(?!\w)[\s,:]*",
    re.IGNORECASE,
)
# A question for a yes after what it is about: "63 defected, correct?".
_TAG = re.compile(
    r"\s*[,–—-]\s*(?:is (?:that|this|it) )?(?:correct|right|true)\s*\?\s*$", re.IGNORECASE
)
_THIS = r"this|that|it|these|them"
_PAPER = r"report|document|paper|file|text"
_WHOLE = r"whole|full|entire|complete|original"
_WISH = (
    r"(?:(?:can|could|may|would) (?:you|i|we) |i (?:want|need|would like) (?:to )?)?(?:please )?"
)
_ABOUT_PINCITE = {
    SmallTalkKind.IDENTITY: r"who (?:are|r) (?:you|u)|what are you|what(?: is|'s) (?:this|pincite)"
    r"|(?:who|what) is this|what(?: is|'s) your name|who (?:made|built|wrote|runs) you"
    r"|who (?:made|built|runs) this"
    r"|(?:did|do|does) (?:you|an? ai|chatgpt) write (?:this|that|these|it)(?: (?:with|by"
    r"|using) .+)?"
    r"|are you (?:run|made|owned|paid|built) by .+"
    r"|(?:are you|is this) (?:an? )?(?:real )?(?:human|person|bot|robot|machine|program|ai|real"
    r"|chatgpt|gpt|llm|language model)(?: or .+)?"
    r"|are you (?:run|made|built|written|paid|paid for|funded|owned|operated) by .+"
    r"|(?:are you|do you) (?:part of|work(?:ing)? for|belong to) .+"
    r"|(?:did|do) you write (?:this|that|it|these)(?: yourself)?(?: (?:with|using) .+)?"
    r"|(?:is|was) (?:this|that|it) (?:written|made|generated) by "
    r"(?:an? )?(?:ai|machine|bot|robot|computer|chatgpt|gpt|llm|language model)"
    r"|(?:do|did) you use (?:an? )?(?:ai|chatgpt|gpt|llm|language model)",
    SmallTalkKind.HELP: r"(?:can you |could you )?help(?: me)?"
    r"|what (?:can|could|should|may|do) (?:i|we) ask(?: you)?(?: about| here| for)?"
    r"|what (?:can|could) (?:you|this|pincite) (?:do|answer|tell me)(?: for me)?"
    r"|how (?:does|do|can|should) (?:this|you|pincite|i|we) (?:work|use this|use you|ask|start)"
    r"(?: a question)?|i (?:don't|do not) know (?:what|how) to ask"
    r"|(?:what|which) (?:reports?|documents?|countries|years) (?:do|are|have|can|is)"
    r" (?:you|there|here|this)(?: have| hold| know| cover| search| read| got| loaded)?(?: here)?"
    r"|what do you (?:know|have|cover|hold)(?: about)?|(?:give me |show me )?(?:some )?examples?"
    r"|(?:commands|instructions|usage)",
    SmallTalkKind.TRUST: rf"(?:can|should|may|could) (?:i|we) (?:really )?(?:trust|believe|rely on"
    rf"|cite|quote|use) (?:{_THIS}|you|your answers?)(?: in court)?|(?:is|are) (?:{_THIS}|you"
    rf"|your answers?) (?:really )?(?:reliable|trustworthy|accurate|credible|legit)|how (?:reliable"
    rf"|accurate|trustworthy|sure|right) (?:is|are) (?:{_THIS}|you|your answers?)"
    rf"|are you (?:really "
    rf"|absolutely )?sure(?: about {_THIS})?|(?:do|did) you make (?:{_THIS}|things) up"
    rf"|is (?:{_THIS}) "
    r"made up|why should i (?:trust|believe) (?:you|this|that)",
    SmallTalkKind.DOCUMENT: rf"{_WISH}(?:give|send|show|get|have|see|download|open|read|share|find)"
    rf"(?: me)?(?: (?:the|a|your|{_WHOLE}))* ?(?:pdf|{_PAPER}|original|link)(?: (?:as"
    rf"|in) (?:a )?pdf)?"
    rf"|(?:the |a )?(?:pdf|link|url|download)(?: link)?|the (?:(?:{_WHOLE}) )?{_PAPER}|(?:where"
    rf"|how) "
    rf"(?:can|do|could) (?:i|we) (?:find|get|read|download|see) (?:the |this )?(?:(?:{_WHOLE}) )?"
    rf"(?:{_PAPER}|pdf)|(?:a |the )?link to the (?:{_PAPER}|pdf|source)|is there a (?:pdf|link)"
    r"(?: version)?",
    SmallTalkKind.PUBLICATION: rf"when (?:was|were|is) (?:the |this "
    rf"|that )(?:{_PAPER}) (?:published"
    rf"|written|released|issued|made|from)|when was (?:this|it) published|who (?:wrote|published"
    rf"|issued|made|is behind) (?:this|the (?:{_PAPER})|this (?:{_PAPER}))|who (?:is|are) the "
    rf"(?:authors?|publishers?)(?: of (?:this|the (?:{_PAPER})|this (?:{_PAPER})))?|how (?:old"
    rf"|recent)"
    rf" is (?:this|the (?:{_PAPER})|this (?:{_PAPER}))|what (?:year|years|period|time) (?:is|does) "
    rf"(?:the|this) (?:{_PAPER}) (?:from|about|cover)|(?:the )?(?:publication date|date of "
    r"publication|publisher|author)",
    SmallTalkKind.SUMMARY: rf"{_WISH}(?:summari[sz]e|sum up|give (?:me )?a summary of|(?:a |the )?"
    rf"summary of)(?: (?:the|your|{_WHOLE}))*(?: (?:{_PAPER}|reports|{_THIS}|everything))?"
    rf"|(?:{_WISH}"
    r"(?:give (?:me )?)?(?:a |the )?(?:short |quick |brief )?summary)|tl ?dr",
    SmallTalkKind.TOPICS: r"(?:(?:give|show|tell|send) (?:me )?)?(?:a |the )?(?:list of "
    r"|all )?(?:the )?"
    r"(?:topics|sections|chapters|table of contents|contents|themes)(?: list)?|(?:what|which) "
    r"(?:topics|sections|chapters|themes)(?: (?:are there|is there|do you (?:have|cover|know)|are "
    rf"(?:covered|in (?:it|there|the {_PAPER}))|does (?:it|the {_PAPER}|this) (?:have|cover)"
    rf"|can i ask"
    rf"(?: about)?))?|what(?: is|'s) in (?:the|this) {_PAPER}|what does (?:the"
    rf"|this) {_PAPER} (?:cover"
    rf"|contain)|what is (?:the|this) {_PAPER} about",
    SmallTalkKind.MISSED: r"(?:no |hm+ |sorry |but )*"
    r"(?:(?:that|this|it)(?:'?s| is| was)(?: just)? )?"
    r"(?:wrong|not (?:right|correct|true|it|helpful|useful)|incorrect|nonsense)"
    r"|(?:no |hm+ |sorry |but )*(?:(?:that|this|it)(?:'?s| is| was) )?"
    r"not (?:really |quite |exactly )?what (?:i (?:asked|meant|wanted|need|needed)|(?:i was|i am"
    r"|i'm) (?:looking for|after|asking))"
    r"(?: for| about)?|(?:no )?(?:that|this|it)(?:'s| is| was|'s just| isn't"
    r"| wasn't)(?: not)? "
    r"(?:really )?(?:what i (?:asked|meant|wanted|was asking)(?: for| about)?|my question|an answer"
    r"|answering my question|what i'm asking)|(?:no |hm+ )?not (?:really |quite )?what i "
    r"(?:asked|meant|wanted|was looking)(?: for)?"
    r"|(?:that|this|it|you) (?:does not|doesn't|did not|didn't) (?:answer|help)(?: my question| me"
    r"| the question| it)?|you (?:did not|didn't|don't) (?:understand|get)(?: me| it| my question)?"
    r"|(?:no )?that'?s (?:wrong|not right|not it|incorrect)"
    r"|(?:sorry )?wrong (?:answer|passage|chat)(?: lol)?|i (?:did not"
    r"|didn't) ask (?:for )?(?:that|this)|try again",
    SmallTalkKind.PUZZLED: r"what|huh|hm+|eh|sorry|pardon|what do you mean|i (?:don't|do not) "
    r"(?:understand|get it|get this)|i am (?:lost|confused)|i'm (?:lost|confused)",
    SmallTalkKind.YES: r"yes|yeah|yep|yup|ya|sure|of course|exactly|yes please",
    SmallTalkKind.NO: r"no|nope|nah|not really|never mind|nevermind"
    r"|(?:sorry |oops )*wrong (?:chat|group|person|number|window)(?: sorry)?(?: lol| haha)?",
    SmallTalkKind.SWEARING: r"(?:oh )?(?:what the )?(?:fuck|shit|damn|hell|crap|wtf|ffs|bullshit"
    r"|idiot"
    r"|useless|stupid|screw you|fuck (?:you|off|this|it)|damn it)(?: (?:bot|thing|program"
    r"|machine))?"
    rf"|(?:you|{_THIS}) (?:are|is|'re|'s)(?: so| really| a)? (?:useless|stupid|dumb|bullshit|crap"
    rf"|shit"
    r"|an idiot|idiot|rubbish|garbage|worthless)|(?:you|this) sucks?",
}
# What the commonest of them mean.
_MEANT = {SmallTalkKind.MISSED: "👎😡😠🤬😞🙄", SmallTalkKind.THANKS: "👍🙏❤😊🙂😀👏👌🎉💯"}
# The categories of Unicode that pictures and symbols are of, with what joins and colours them.
_SIGNS = ("So", "Sk", "Mn", "Cf")
_STOPS = " \t.,;:!?…—–-"


def without_small_talk(line: str) -> tuple[str, SmallTalkKind | None]:
    """What a line asks, without the greeting, thanks and courtesies; and what small talk it held.

    What it asks is empty where it is small talk alone; thanks count more than a greeting.
    """
    asked, kinds = line.strip(), set[SmallTalkKind]()
    alone = _alone(asked)
    if alone:
        return "", alone
    while opening := _opening(asked):
        kind, length = opening
        kinds.add(kind)
        asked = asked[length:].lstrip(_STOPS)
    if about := _about(asked):
        return "", about
    while (courtesy := _COURTESY.match(asked)) and asked[courtesy.end() :].strip(_STOPS):
        asked = asked[courtesy.end() :]
    asked = re.sub(r"[\s,]+(?:please|pls|thanks|thank you)(?=\W*$)", "", asked, flags=re.IGNORECASE)
    asked = _TAG.sub("?", asked)
    if about := _about(asked):
        return "", about
    for kind in (SmallTalkKind.THANKS, SmallTalkKind.GREETING):
        if kind in kinds:
            return asked, kind
    return asked, None


def plain(text: str) -> str:
    """A text for comparing: lower case, straight apostrophes, single spaces, no stops around."""
    return " ".join(re.sub(r"[.,;:!?…]", " ", text.casefold().replace("’", "'")).split())


def _alone(line: str) -> SmallTalkKind | None:
    """What a line is that holds greetings and thanks in any mix, or signs alone."""
    signs = [letter for letter in line if unicodedata.category(letter) in _SIGNS]
    bare = plain(
        "".join(" " if letter in signs or letter in "-–—()" else letter for letter in line)
    )
    bare = bare.replace("\ufe0f", "").replace("\u200d", "").strip()
    if signs and not bare:
        kinds = (kind for kind, held in _MEANT.items() if set(held) & set(signs))
        return next(kinds, SmallTalkKind.SIGNS)
    if re.fullmatch(_CALL, bare):
        return SmallTalkKind.GREETING
    greetings = f"{_SALUTES[SmallTalkKind.GREETING]}|{_REMARKS[SmallTalkKind.GREETING]}"
    thanks = f"{_SALUTES[SmallTalkKind.THANKS]}|{_REMARKS[SmallTalkKind.THANKS]}"
    if re.fullmatch(rf"(?:{greetings})(?: (?:{greetings}|{_BESIDE}))*", bare):
        return SmallTalkKind.GREETING
    mixed = rf"(?:{greetings}|{thanks})(?: (?:{greetings}|{thanks}|{_BESIDE}))*"
    return SmallTalkKind.THANKS if re.fullmatch(mixed, bare) else None


def _about(asked: str) -> SmallTalkKind | None:
    """What a line is that asks about Pincite, its reports or its answers."""
    bare = plain(asked)
    kinds = (kind for kind, phrases in _ABOUT_PINCITE.items() if re.fullmatch(phrases, bare))
    return next(kinds, None)


def _opening(line: str) -> tuple[SmallTalkKind, int] | None:
    """The small talk that a line opens with, and its length; None where it opens with none."""
    for phrases, end in ((_SALUTES, r"(?!\w)"), (_REMARKS, r"(?=\s*(?:[.,;:!?…—–]|$))")):
        for kind, phrase in phrases.items():
            if found := re.match(f"(?:{phrase}){end}", line, re.IGNORECASE):
                return kind, found.end()
    nod = _NOD.match(line)
    return (SmallTalkKind.THANKS, nod.end()) if nod else None
