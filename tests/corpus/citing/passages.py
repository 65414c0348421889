"""Passages of every kind that styles cite otherwise, with nothing stated or everything."""

import dataclasses
import datetime

from corpus.passage import PageStart, Passage, PressItem
from corpus.report import Kind, Period

SOURCE = "The wells ran dry."


def kinds(make):
    """Passages by what is particular to them; `make` makes a report in which all is stated."""
    whole = Passage(
        report=make(title="State of Rights in Norland", period=Period.parse("2021")),
        section=("Economic rights", "Right to water"),
        number=3,
        start=0,
        stop=len(SOURCE),
        source=SOURCE,
    )

    def of(passage=whole, **fields):
        return dataclasses.replace(passage, report=dataclasses.replace(passage.report, **fields))

    pages = tuple(
        PageStart(start=at, sheet=sheet, printed=str(sheet - 2)) for at, sheet in [(0, 14), (9, 15)]
    )
    body = of(author="Inquiry into Water", number="A/HRC/46/1")
    return {
        "page": whole,
        "report": dataclasses.replace(body, pages=pages, printed_number="124.16"),
        "undated": of(published=None),
        "unsigned": of(publisher=None),
        "unsigned report": of(publisher=None, number="POL 10/4870/2022"),
        "bare": of(publisher=None, published=None, url=None, country=None, period=None),
        "digest": of(kind=Kind.DIGEST),
        "introduction": dataclasses.replace(whole, section=()),
        "note": dataclasses.replace(whole, label="note 8"),
        "press": dataclasses.replace(
            whole,
            press=PressItem(date=datetime.date(2021, 5, 23), kind="Report", title="Dry Wells"),
        ),
        "quoting": of(title="The “Free” March & Its 100% True Story_1"),
        "archived": of(
            archived="https://archive.example/web/20220502010101/https://example.org/norland",
            captured=datetime.date(2022, 5, 2),
        ),
    }
