"""Numbers as Word prints them (ECMA-376, part 1, 17.18.59, ST_NumberFormat)."""

from collections.abc import Callable

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_LARGEST_ROMAN = 32_767  # as many as Word counts to
_TEENS = range(11, 14)


def _roman(value: int) -> str:
    if not 0 < value <= _LARGEST_ROMAN:
        return str(value)
    written = ""
    for worth, letters in _ROMAN:
        times, value = divmod(value, worth)
        written += letters * times
    return written


def _lettered(alphabet: str) -> Callable[[int], str]:
    """A to z, then aa, bb to zz, as Word counts."""

    def written(value: int) -> str:
        if not 0 < value <= _LARGEST_ROMAN:
            return str(value)
        times, place = divmod(value - 1, len(alphabet))
        return alphabet[place] * (times + 1)

    return written


def _ordinal(value: int) -> str:
    if value % 100 in _TEENS:
        return f"{value}th"
    return f"{value}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th') }"


_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerLetter": _lettered(_LATIN),
    "upperLetter": _lettered(_LATIN.upper()),
    "russianLower": _lettered(_RUSSIAN),
    "russianUpper": _lettered(_RUSSIAN.upper()),
    "ganada": _lettered("가나다라마바사아자차카타파하"),
    "chosung": _lettered("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
    "arabicAlpha": _lettered("أبتثجحخدذرزسشصضطظعغفقكلمنهوي"),
    "arabicAbjad": _lettered("أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"),
    "ordinal": _ordinal,
    "numberInDash": lambda value: f"- {value} -",
    "decimalFullWidth": lambda value: str(value).translate(
        {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
    ),
    "none": lambda _: "",
    "bullet": lambda _: "",
}


def is_known(number_format: str) -> bool:
    """Whether numbers of this format are printed here as Word prints them."""
    return number_format in _FORMATS


def printed(value: int, number_format: str) -> str:
    """A number in a format, in figures where it is none of those known here."""
    return _FORMATS.get(number_format, str)(value)
