"""What people, files and faults have put where a text was expected."""

from collections.abc import Iterator

# Typed lines, fields, names: none of them may be more than wrong.
STRINGS = (
    "",
    " ",
    "-",
    "--",
    "0",
    "-1",
    "9" * 25,
    "9" * 5_000,
    "1e999",
    "NaN",
    "²",
    "٢٠٢١",
    "\u202eabc\u202c \u2066x\u2069",
    "\x1b]0;owned\x07\x1b[2J\x9b2J",
    "a\u200bb\u200d\U000e0041\u2028\u2029\x85",
    "e\u0301\u0308" * 50,
    "👨\u200d👩\u200d👧",
    "می\u200cخواهم",
    "\xad\xa0\ufeff",
    "%s %n {0} {} $HOME `id` ;|&",
    "../../etc/passwd",
    "/dev/null/x",
    "a" * 300,
    "?" * 2_000,
    "[" * 2_000,
    "<b>&amp;<!--",
    "\"\\'",
    "con.txt",
    "\ttab\nline\r\nend",
)
_DEEP = 20_000
# Contents of files that are of no use whatever they should hold.
CONTENTS = (
    b"",
    b"\n\n",
    b"\0" * 100,
    b"\xff\xfe\x00",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf{}",
    b"null",
    b"[]",
    b"{}",
    b'"text"',
    b"1" * 5_000,
    b'{"year": ' + b"9" * 5_000 + b"}",
    b"year = " + b"9" * 5_000,
    b"[" * _DEEP,
    b'{"a":' * _DEEP,
    b"a = " + b"[" * _DEEP,
    b"---\na: " + b"[" * _DEEP + b"\n---\n\nA text.\n",
    b"---\na: &a [*a]\nb: *c\n---\n\nA text.\n",
    b"PK\x03\x04" + b"\0" * 100,
    b"%PDF-1.7\n" + b"\0" * 100,
    *(text.encode("utf-8", "surrogatepass") for text in STRINGS if text),
)
# Values that JSON and TOML have, wherever another was expected.
VALUES = (None, True, -1, 10**30, 1e308, "", "\ud800", "\x1b[2J\u202e", [], [[]], {}, {"": None})


def broken(content: bytes, parts: int) -> Iterator[bytes]:
    """A file's content cut short in so many places, as a kill leaves it, and with bits turned."""
    for part in range(parts):
        at = len(content) * part // parts
        yield content[:at]
        yield content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :]


def with_other_values(thing: object) -> Iterator[object]:
    """A value of JSON with each of VALUES in the place of each of its parts, and parts missing."""
    yield from VALUES
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield {other: thing[other] for other in thing if other != key}
            yield from ({**thing, key: other} for other in with_other_values(value))
    elif isinstance(thing, list) and thing:
        yield from ([other, *thing[1:]] for other in with_other_values(thing[0]))
