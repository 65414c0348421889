"""A page as a picture, with a quotation marked where it stands."""

import io

import pytest
from PIL import Image

from corpus.errors import UnreadableReport
from corpus.readers.pdf import places, render_page
from tests.corpus.readers.pdf.written import Put, lines, written

QUOTED = "nobody knew of the ferry that had sunk"
PAGE = [
    *lines(["The wardens kept a list, and nobody", "knew of the ferry that had sunk."], 60, 100),
    Put("Another paragraph altogether.", 60, 200),
]


def yellow(picture, x, y):
    """Whether a place in points is marked: no ink there, red and green full, blue not."""
    red, green, blue = picture.getpixel((int(2 * x), int(2 * y)))
    return red == green == 255 and blue < 128


def test_a_quotation_over_two_lines_is_marked_on_both_and_nowhere_else():
    content = written([PAGE])
    found = places(content, 1, QUOTED)
    assert len(found) == 2
    picture = Image.open(io.BytesIO(render_page(content, 1, found))).convert("RGB")
    assert picture.size == (1190, 1684)
    first, second = found
    assert first[0] > 150  # not the beginning of the line, which is not quoted
    assert yellow(picture, first[0] - 0.5, (first[1] + first[3]) / 2)
    assert yellow(picture, second[2] + 0.5, second[1])
    assert not yellow(picture, 62, 200)


def test_of_a_quotation_over_pages_each_has_its_part():
    pages = [
        lines(["It all ended in the long winter of"], 60, 780),
        lines(["the northern harbour."], 60, 80),
    ]
    content = written(pages)
    quoted = "ended in the long winter of the northern harbour"
    assert [len(places(content, sheet, quoted)) for sheet in (1, 2)] == [1, 1]


def test_what_does_not_stand_on_the_page_is_nowhere():
    assert places(written([PAGE]), 1, "zebras zigzag quietly over xylophones") == []


def test_a_sheet_that_is_not_there_is_said():
    with pytest.raises(UnreadableReport, match="no sheet 2; it has 1"):
        render_page(written([PAGE]), 2, [])


def test_a_quotation_that_goes_on_in_a_short_second_column_is_marked_there():
    left = ["The boats were sold abroad in", "the spring and a buyer had been"]
    above = ["No boat of the northern harbour", "was ever seen again by the crew"]
    beside = lines(["told in writing that they"], 300, 100)
    page = [*lines(above, 60, 100), *lines(left, 60, 126), *beside]
    found = places(written([page]), 1, "a buyer had been told in writing that they")
    assert [box[0] > 290 for box in found] == [False, True]
