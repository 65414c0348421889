"""Encodings told apart by their bytes."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableReport
from corpus.readers.encodings import decoded, decoded_page

ROOT = Path(__file__).resolve().parents[3]
KOREAN = "우물이 말랐다. 정부는 지난해 모이는 자유를 더욱 제한하였고, 수백 명이 잡혀갔다."


def words(values):
    """All the texts in a table of texts and tables."""
    return " ".join(words(one) for one in values.values()) if isinstance(values, dict) else values


@pytest.mark.parametrize(
    ("language", "codec", "least", "most"),
    [("fr", "cp1252", 0, 0.1), ("es", "cp1252", 0, 0.1), ("ko", "euc-kr", 0.8, 1)],
)
def test_the_share_of_letters_above_127_tells_encodings_apart(language, codec, least, most):
    path = ROOT / "bot" / "telegram" / "messages" / "catalogues" / f"{language}.toml"
    content = words(tomllib.loads(path.read_text("utf-8"))).encode(codec, "ignore")
    letters = [byte for byte in content if byte > 127 or chr(byte).isalpha()]
    assert least <= sum(byte > 127 for byte in letters) / len(letters) <= most


@pytest.mark.parametrize(("language", "usual"), [("ko", 0.3)])
def test_a_third_of_a_korean_text_is_usual_syllables(language, usual):
    from corpus.readers.encodings import _USUAL_KOREAN

    path = ROOT / "bot" / "telegram" / "messages" / "catalogues" / f"{language}.toml"
    text = words(tomllib.loads(path.read_text("utf-8")))
    hangul = [letter for letter in text if "가" <= letter <= "힣"]
    assert sum(letter in _USUAL_KOREAN for letter in hangul) >= usual * len(hangul)


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (KOREAN, "euc-kr", "EUC-KR"),
        ("우물이 말랐다", "euc-kr", "EUC-KR"),
        (KOREAN, "utf-16-le", "UTF-16"),
        (KOREAN, "utf-16-be", "UTF-16"),
        ("Wells ran dry in Tarn.", "utf-16-le", "UTF-16"),
        ("Wells ran dry in Tarn.", "utf-16-be", "UTF-16"),
        ("جفت الآبار في وادي تارن", "utf-16-le", "UTF-16"),
        ("Колодцы в долине высохли", "utf-16-be", "UTF-16"),
        ("À l’été, “wells” ran dry – 4 000 €", "cp1252", "Windows-1252"),
        (KOREAN, "utf-8", "UTF-8"),
    ],
)
def test_an_encoding_is_told_by_its_bytes_and_named(text, codec, encoding):
    assert decoded("n.txt", text.encode(codec)) == (text, encoding)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Колодцы в долине высохли, и люди ушли.", "cp1251"),
        ("Колодцы в долине высохли, и люди ушли.", "koi8-r"),
        ("Τα πηγάδια στην κοιλάδα στέρεψαν.", "cp1253"),
        ("山谷里的井干了，人们走了。", "gb2312"),
        ("谷の井戸が涸れ、人々は去った。", "shift_jis"),
    ],
)
def test_an_encoding_that_is_not_known_is_refused_rather_than_guessed(text, codec):
    with pytest.raises(UnreadableReport, match="save the file as UTF-8"):
        decoded("n.txt", text.encode(codec))


@given(st.binary(min_size=1))
def test_any_bytes_are_text_that_gives_them_back_or_are_refused(content):
    try:
        text, encoding = decoded("n.txt", content)
    except UnreadableReport as error:
        assert "\n" not in str(error)  # noqa: PT017
        return
    codecs = {"EUC-KR": ["cp949"], "Windows-1252": ["cp1252"], "UTF-8": ["utf-8", "utf-8-sig"]}
    known = codecs.get(encoding, ["utf-16-le", "utf-16-be"])
    spelled = [text.encode(codec) for codec in known] + [
        mark + text.encode(codec)
        for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
        if encoding == "UTF-16"
    ]
    assert content in spelled


@pytest.mark.parametrize(
    ("head", "codec", "encoding"),
    [
        ('<meta charset="euc-kr">', "cp949", "EUC-KR"),
        (
            '<meta http-equiv=Content-Type content="text/html; charset=windows-1251">',
            "cp1251",
            "CP1251",
        ),
        ("<meta charset=gb2312>", "gb18030", "GB18030"),
        ("<meta charset=nonsense>", "utf-8", "UTF-8"),
        ("<meta charset=base64>", "utf-8", "UTF-8"),
        ("<meta charset=utf-16>", "utf-8", "UTF-8"),
        ("", "euc-kr", "EUC-KR"),
    ],
)
def test_a_page_is_read_in_what_it_declares(head, codec, encoding):
    text = "우물이 말랐다" if encoding != "CP1251" else "Колодцы высохли"
    html = f"{head}<p>{text} 63.</p>" if codec != "gb18030" else f"{head}<p>井干了</p>"
    assert decoded_page("n.html", html.encode(codec)) == (html, encoding, 0)


def test_bytes_that_a_declared_encoding_does_not_have_are_counted():
    text, encoding, lost = decoded_page("n.html", b"<meta charset=utf-8><p>caf\xe9, na\xefve</p>")
    assert (encoding, lost, text.count("�")) == ("UTF-8", 2, 2)
