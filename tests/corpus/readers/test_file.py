"""Files that can and cannot become a report."""

import codecs
import os
from pathlib import Path

import pytest

from corpus.errors import UnreadableReport
from corpus.readers import read, read_content, read_text_file
from corpus.readers.limits import LARGEST_TEXT, MOST_LINES


def write(folder, content, name="report.txt"):
    path = folder / name
    path.write_bytes(content)
    return path


def refusal(path):
    with pytest.raises(UnreadableReport) as raised:
        read(path)
    sentence = str(raised.value)
    assert str(path) in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_a_file_is_its_text_and_its_bytes(tmp_path):
    content = "Wells ran dry — in Tarn.\r\n".encode()
    document, found = read(write(tmp_path, content))
    assert found == content
    assert document.text == content.decode()


def test_a_byte_order_mark_is_not_part_of_the_text(tmp_path):
    text, content = read_text_file(write(tmp_path, b"\xef\xbb\xbfWells ran dry."))
    assert text == "Wells ran dry."
    assert content.startswith(b"\xef\xbb\xbf")
    document, _ = read(write(tmp_path, b"\xef\xbb\xbf---\r\ntitle: N\r\n---\r\nWords.", "n.md"))
    assert document.metadata == {"title": "N"}


def test_the_ending_says_what_reads_it(tmp_path):
    content = b"# Norland\n\nWords.\n"
    assert read(write(tmp_path, content, "n.MD"))[0].metadata == {"title": "Norland"}
    assert read(write(tmp_path, content, "n"))[0].metadata == {"title": "# Norland"} or (
        read(write(tmp_path, content, "n"))[0].metadata == {}
    )


def test_a_file_that_is_missing(tmp_path):
    assert "does not exist; check the name and the folder" in refusal(tmp_path / "none.txt")
    for address in ("www.watch.example/report", "watch.example/2021/chad", "ftp://watch.example"):
        assert "begin an address with https://" in refusal(Path(address))


def test_a_folder(tmp_path):
    assert "is a folder" in refusal(tmp_path)


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n"])
def test_a_file_without_words(tmp_path, content):
    assert "is empty" in refusal(write(tmp_path, content))


@pytest.mark.parametrize("content", [b"\x89PNG\0\xff", b"words\0words", bytes(range(256))])
def test_a_binary_file(tmp_path, content):
    assert "is a binary file" in refusal(write(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"\xef\xbb\xbfcaf\xe9 x", "UTF-8: byte 0xE9 at position 6 (line 1)"),
        (b"cut short \xe2\x80", "UTF-8: byte 0xE2 at position 10 (line 1)"),
        # Russian in Windows-1251: read as western letters it would be noise.
        ("Один\nдва".encode("cp1251"), "UTF-8: byte 0xCE at position 0 (line 1)"),
        # A byte that Windows-1252 does not use; UTF-8 that was damaged in one place.
        (b"one\ntwo\n\x81three", "UTF-8: byte 0x81 at position 8 (line 3)"),
        ("café, naïve, “wells”".encode() + b"\xff.", "UTF-8: byte 0xFF"),
        (b"\xff\xfeW\0e\0l", "UTF-16: byte 0x6C at position 6 (line 1)"),
    ],
)
def test_another_encoding_is_refused_with_the_byte(tmp_path, content, place):
    assert f"is not {place}" in refusal(write(tmp_path, content))


@pytest.mark.parametrize(
    ("codec", "mark", "encoding"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", codecs.BOM_UTF8, "UTF-8"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "UTF-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "UTF-16"),
        ("cp1252", b"", "Windows-1252"),
    ],
)
@pytest.mark.parametrize("name", ["n.txt", "n.md"])
def test_a_text_is_the_same_in_every_encoding_that_is_read(tmp_path, codec, mark, encoding, name):
    text = "Norland\r\n\r\nÀ l’été, “wells” ran dry – 4 000 € were paid."
    document, content = read(write(tmp_path, mark + text.encode(codec), name))
    assert (document.text, document.encoding) == (text, encoding)
    assert content == mark + text.encode(codec)


def test_a_text_of_200_megabytes_is_refused_unread(tmp_path):
    path = tmp_path / "dump.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    assert "has 200 MB" in refusal(path)
    assert LARGEST_TEXT < 200_000_000


@pytest.mark.parametrize("ending", ["doc", "odt", "rtf", "EPUB"])
def test_a_format_that_is_not_read_says_which_are(tmp_path, ending):
    sentence = refusal(write(tmp_path, b"words", f"report.{ending}"))
    assert f"a .{ending.lower()} file" in sentence
    for kind in ("PDF", "(.html)", "(.docx)", "(.txt)", "(.md)"):
        assert kind in sentence


def test_a_device_is_not_waited_for(tmp_path):
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert "not a regular file" in refusal(pipe)


def test_a_name_that_no_file_system_has(tmp_path):
    refusal(tmp_path / ("n" * 300))


@pytest.mark.parametrize(
    ("sample", "name"),
    [
        ("annual.html", "annual.txt"),
        ("annual.docx", "annual.doc"),
        ("annual.docx", "annual.pdf"),
        ("annual-groff.pdf", "annual.docx"),
    ],
)
def test_a_file_is_read_as_what_it_is_whatever_it_is_called(sample, name):
    folder = Path(__file__).parents[2] / "data" / "annual"
    content = (folder / sample).read_bytes()
    assert read_content(Path(name), content).text == read_content(folder / sample, content).text


def test_more_lines_than_a_report_has_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "lines.md"
    path.write_text("a\n\n" * (MOST_LINES // 2 + 1), encoding="utf-8")
    with pytest.raises(UnreadableReport, match="500,002 ends of lines; a report may have 500,000"):
        read(path)
