"""Bytes to text: UTF-8, UTF-16, EUC-KR and Windows-1252 told apart, a web page as it declares."""

import codecs
import re
import unicodedata
from collections import Counter

from corpus.errors import UnreadableReport

_ASCII = 127
# Of the letters of the Telegram bot's French texts 0.04 are above 127, of the Spanish 0.03, of the
# Korean in EUC-KR 0.91 (tests/corpus/readers/test_encodings.py).
_MOST_ACCENTED = 0.4
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
# Particles and endings: 0.39 of the syllables of the Telegram bot's Korean texts. The bounds are
# chosen, not fitted (tests/corpus/readers/test_encodings.py).
_USUAL_KOREAN = frozenset("이다는의을에고가를하은한지로서도나사기어인자해부그리정대")
_LEAST_KOREAN, _LEAST_USUAL = 0.8, 0.12
# The letters of a text stand in few scripts, and the blanks between words are U+0020.
_LEAST_OF_BLOCKS = 0.9
_MOST_BLOCKS = 3
_FIRST_HANGUL = 0xAC00
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_XML_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{2,40})""")
# A declaration stands within so many bytes (the HTML standard, 13.2.3.2, asks for 1024).
_DECLARED_WITHIN = 4096
# What a page that declares the first is read in (the Encoding standard, 4.2).
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    # A page that could be read so far is not in these.
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
_NAMES = {"cp1252": "Windows-1252", "cp949": "EUC-KR", "utf-8": "UTF-8"}


def decoded(name: object, content: bytes) -> tuple[str, str]:
    """A report's text and the name of the encoding that it is read in.

    UTF-8 wherever it is valid; UTF-16 with its mark, or without where the bytes are plainly that.
    Raises UnreadableReport, in which `name` is the file's, with the first byte that cannot be read.
    """
    mark, codec, encoding = next((one for one in _MARKS if content.startswith(one[0])), _MARKS[0])
    if not content.startswith(mark) and b"\0" in content:
        text = _unmarked_utf_16(content)
        if text is None:
            raise binary(name)
        return text, "UTF-16"
    try:
        return marked_text(name, content, mark, codec), encoding
    except UnicodeDecodeError as error:
        if not content.startswith(mark):
            korean = _korean(content)
            if korean is not None:
                return korean, "EUC-KR"
            if _is_windows_1252(content, error):
                return content.decode("cp1252"), "Windows-1252"
        raise undecodable(name, encoding, content, error.start) from None


def decoded_page(name: object, content: bytes) -> tuple[str, str, int]:
    """A web page's text, its encoding, and how many of its bytes that does not have (shown as �).

    Its mark decides, then what it declares, then what its bytes look like. Raises UnreadableReport.
    """
    head = content[:_DECLARED_WITHIN]
    declared = _DECLARED.search(head) or _XML_DECLARED.search(head)
    codec = _codec(declared[1].decode("ascii")) if declared else None
    if codec is None or any(content.startswith(mark) for mark, _, _ in _MARKS) or b"\0" in head:
        try:
            return (*decoded(name, content), 0)
        except UnreadableReport:
            if b"\0" in content or codec is None:
                raise
    try:
        return content.decode("utf-8"), "UTF-8", 0
    except UnicodeDecodeError:
        text = content.decode(codec, "replace")
    return text, _NAMES.get(codec, codec.upper()), text.count("�")


def _codec(label: str) -> str | None:
    """The codec for a charset that a page declares, None where it is none for text."""
    try:
        known = codecs.lookup(label.lower())
        "".encode(known.name)
        codec = _READ_AS.get(known.name, known.name)
        b"".decode(codec)
    except (LookupError, ValueError):
        return None
    return codec


def marked_text(name: object, content: bytes, mark: bytes, codec: str) -> str:
    """The text after the mark; raises UnicodeDecodeError with places in the whole content."""
    try:
        text = content.removeprefix(mark).decode(codec)
    except UnicodeDecodeError as error:
        if codec == "utf-8" and b"\0" in content:
            raise binary(name) from None
        shift = len(mark) if content.startswith(mark) else 0
        error.start, error.end = error.start + shift, error.end + shift
        raise
    if "\0" in text:
        raise binary(name)
    return text


def _unmarked_utf_16(content: bytes) -> str | None:
    """The text of UTF-16 without a mark, None where the bytes are not plainly that."""
    found = [
        text
        for codec in ("utf-16-le", "utf-16-be")
        if (text := _utf_16(content, codec)) is not None
    ]
    return found[0] if len(found) == 1 else None


def _utf_16(content: bytes, codec: str) -> str | None:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        return None
    kinds = Counter(
        unicodedata.category(character) for character in text if character not in "\t\r\n"
    )
    if not text or kinds.keys() & {"Cc", "Cn", "Co", "Cs"}:
        return None
    # 256 characters a block, as far as one half of a unit tells.
    blocks = Counter(
        ord(letter) >> 8 for letter in text if letter.isalpha() and ord(letter) < _FIRST_HANGUL
    )
    hangul = sum(ord(letter) >= _FIRST_HANGUL for letter in text if letter.isalpha())
    letters = hangul + blocks.total()
    usual = hangul + sum(count for _, count in blocks.most_common(_MOST_BLOCKS))
    is_plain = not hangul or hangul > _LEAST_OF_BLOCKS * letters or blocks.keys() <= {0}
    return text if " " in text and usual >= _LEAST_OF_BLOCKS * letters and is_plain else None


def _korean(content: bytes) -> str | None:
    """The text of bytes in EUC-KR, None where they are none.

    Russian, Greek and Chinese bytes are valid in it, too; but not as the syllables that every
    Korean text is full of, with blanks between words.
    """
    try:
        text = content.decode("cp949")
    except UnicodeDecodeError:
        return None
    others = [letter for letter in text if ord(letter) > _ASCII and letter.isalpha()]
    hangul = [letter for letter in others if "가" <= letter <= "힣"]
    usual = sum(letter in _USUAL_KOREAN for letter in hangul)
    if (
        not others
        or len(hangul) < _LEAST_KOREAN * len(others)
        or usual < _LEAST_USUAL * len(hangul)
    ):
        return None
    return text if len(hangul) > 1 else None


def _is_windows_1252(content: bytes, error: UnicodeDecodeError) -> bool:
    """Whether bytes that are not UTF-8 are western European text, rather than a damaged file.

    The encoding leaves five bytes unused, and languages that it was made for write most letters
    without an accent: bytes of Korean, Russian or Greek are nearly all above 127.
    """
    if error.reason == "unexpected end of data" and error.end - error.start > 1:
        return False
    accented = sum(byte > _ASCII for byte in content)
    letters = sum(byte > _ASCII or chr(byte).isalpha() for byte in content)
    in_utf_8 = sum(ord(character) > _ASCII for character in content.decode("utf-8", "ignore"))
    try:
        content.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return accented <= _MOST_ACCENTED * letters and in_utf_8 * 2 < accented


def undecodable(name: object, encoding: str, content: bytes, place: int) -> UnreadableReport:
    """What is said of a byte that the encoding does not have."""
    line = content.count(b"\n", 0, place) + 1
    return UnreadableReport(
        f"{name} is not {encoding}: byte 0x{content[place]:02X} at position {place:,} "
        f"(line {line:,}) cannot be read; save the file as UTF-8."
    )


def binary(name: object) -> UnreadableReport:
    """What is said of a file that is no text."""
    return UnreadableReport(
        f"{name} is a binary file, not text; save the report as plain text (UTF-8) and add that."
    )
