"""Whether a line is in another language than English: its script, its letters, its small words.

In doubt a line is English, since what is taken for another language is not searched. How often that
is right stands in tests/bench/languages.py, beside what detectors of letter sequences make of the
same lines: of keywords and names they take a third for another language.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.words import is_function, listed
from corpus.names.thesaurus import expansions

# Scripts by how the Unicode names of their letters begin. Of two languages of one script the first
# is known by its own letters or words, and all else is taken for the second.
_SCRIPTS = {
    "HANGUL": ("ko",),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "CJK": ("zh",),
    "CYRILLIC": ("uk", "ru"),
    "ARABIC": ("fa", "ar"),
}
_OWN_LETTERS = {"uk": "іїєґ", "fa": "پچژگکی"}
_OWN_WORDS = {"uk": listed("що чи хто чому та це умови"), "fa": listed("")}
_UNKNOWN = "und"

# Letters and signs that English has not, of the languages of the Latin script ...
_LETTERS = {
    "fr": "àâçèéêëîïôùûœ",
    "es": "áéíóúñ¿¡",
    "de": "äöüß",
    "pt": "áâãàçéêíóôõú",
    "it": "àèéìòù",
    "nl": "éëï",
    "tr": "çğıöşü",
    "vi": "àáâãèéêìíòóôõùúýăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỷỹỵ",
}
# ... and their small words, as any grammar has them. Of two that a line fits alike the first here
# is taken: French has é alone, Spanish hardly.
_SMALL = {
    "fr": "quoi qui que quel quelle quels quelles combien où pourquoi comment quand le la les un "
    "une des du de et a on en est sont ont été dans sur pour avec y il elle ils elles au aux ce "
    "cette ces qu'est-ce qu'est c'est n'est a-t-il peut peut-on est-ce sans leur",
    "es": "qué que quién quiénes quien cuántos cuántas cuánto cuánta cuantos cuantas cuándo cuando "
    "dónde donde cómo como cuál cual por hay a el la los las un una no me y en de del con para se "
    "su lo está están es son fue fueron hubo ha han al pero sin sobre",
    "de": "was die in so an wer wie wo warum wann wieviele welche welcher welches der das den dem "
    "ein eine einen und ist sind wird werden wurde wurden gab gibt es im zu zum zur von mit für "
    "auf aus bei nicht nach über viele darf man haben hat wenn des",
    "pt": "a as do no me quem quantos quantas quanto quando onde como qual por o os um uma e em na "
    "nos nas da dos das de com para se à ao há é são foi foram houve não que pelo pela sem",
    "it": "i a in no chi che cosa quanti quante quanto quando dove come quale perché il lo la gli "
    "le un una e di del della dei delle nel nella nei nelle al con per si è sono c'è ci hanno non "
    "cos'è degli dal dalla ha viene vengono",
    "nl": "is in was on wat wie hoe hoeveel waar waarom wanneer welke het een en de van er zijn "
    "worden werd werden heeft hebben naar voor met niet je mag als dat deze zitten tot bij ook uit "
    "waren",
    "tr": "ne nedir kim kimler kaç nasıl neden niçin nerede hangi mi mı mu mü var yok ve ile için "
    "bir bu oldu olan yapılıyor ya",
    "vi": "là gì ai có không bao nhiêu tại sao nào trong của và các những được bị ở đâu thế vì cho "
    "người",
}
_WORDS_OF = {language: listed(words) for language, words in _SMALL.items()}
_ANY_SMALL = frozenset().union(*_WORDS_OF.values())
# Those that also stand in names ("La Prensa", "Rio de Janeiro") or in English lines, words or
# slips of the finger: they count half, and nothing beside a name.
_DOUBTFUL = listed(
    "al ai au bao bin bu chi cho ci co com come con da das de del dem den der des di die dos dove "
    "du e el en es et gab ha hat hay hoe il ile je kim la las le les lo los mag man met mi mu na "
    "naar ne nos o or os para per por pour sao são sans se si sin son su sur tot un van var ve von "
    "waren wat wie y ya"
)
# What English took over with its accents.
_BORROWED = listed("café cliché d'état façade fiancé naïve protégé régime résumé rôle")
_SURE, _DOUBT, _ENOUGH = 2, 1, 2
# Of the words of a line without a sure one, so many have to speak for the language.
_MOST_OF_IT = 0.4

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SIGNS = re.compile("[¿¡]")


def other_language(line: str) -> str | None:
    """The language that a line is in, by ISO 639-1; None for English and where nothing tells.

    "und" (undetermined) is a script that none of those is known by. A term of the thesaurus is
    searched in whatever script it is written: 관리소.
    """
    if any(term == line.strip(" ?!.") for term, _ in expansions(line)):
        return None
    letters = [letter for letter in line if letter.isalpha()]
    others = [letter for letter in letters if not _is_of("LATIN", letter)]
    return _by_script(line, others) if 2 * len(others) > len(letters) else _by_words(line)


def _by_script(line: str, letters: Sequence[str]) -> str:
    """The language of a line that has letters of another script than the Latin one."""
    for script, (first, *rest) in _SCRIPTS.items():
        if any(_is_of(script, letter) for letter in letters):
            words = set(line.lower().split())
            if not rest or set(_OWN_LETTERS[first]) & set(letters) or _OWN_WORDS[first] & words:
                return first
            return rest[0]
    return _UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    """A word in lower case; `is_name` where it has a capital that does not begin the line."""

    plain: str
    is_name: bool


def _by_words(line: str) -> str | None:
    """The language whose words and letters outweigh the English words that it has not itself."""
    tokens = _tokens(line)
    around = [False, *(token.is_name for token in tokens), False]
    told = [
        token.plain
        for place, token in enumerate(tokens, 1)
        if not token.is_name
        and not (token.plain in _DOUBTFUL and (around[place - 1] or around[place + 1]))
    ]
    told += _SIGNS.findall(line)
    weights = {language: _weight(language, told, len(tokens)) for language in _WORDS_OF}
    best = max(weights, key=lambda language: weights[language])
    return best if weights[best] >= _ENOUGH else None


def _tokens(line: str) -> list[_Token]:
    """The words of a line; what it begins with is a name where another word has a capital, too."""
    written = [match[0].replace("’", "'") for match in _WORD.finditer(line)]
    names = [word[0].isupper() for word in written]
    if names:
        names[0] &= any(names[1:]) and written[0].lower() not in _ANY_SMALL
    return [
        _Token(plain=word.lower(), is_name=is_name)
        for word, is_name in zip(written, names, strict=True)
    ]


def _weight(language: str, words: Sequence[str], length: int) -> int:
    """How much speaks for a language, less what speaks for English, of a line of so many words."""
    own, letters = _WORDS_OF[language], set(_LETTERS[language])
    doubtful = [word for word in words if word in own & _DOUBTFUL]
    lettered = [word for word in words if letters & set(word) and word not in _BORROWED]
    sure = [word for word in words if word in own - _DOUBTFUL and not is_function(word)]
    english = [word for word in words if word not in own and is_function(word)]
    if not sure and len({*doubtful, *lettered}) < max(_ENOUGH, _MOST_OF_IT * length):
        return 0
    return _SURE * (len(sure) - len(english)) + _DOUBT * (len(doubtful) + len(lettered))


def _is_of(script: str, letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(script)
