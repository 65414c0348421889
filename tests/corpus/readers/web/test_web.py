"""Web pages in the manner of three publishers: the article, and nothing that stands around it."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cutting import cut
from corpus.errors import UnreadableReport
from corpus.passage import without
from corpus.readers.extraction import LeftOut
from corpus.readers.limits import MOST_TAGS
from corpus.readers.web import read_web

LD = '<script type="application/ld+json">'
PAGES = Path(__file__).parent / "pages"


def read(html, name="n.html"):
    return read_web(html.encode() if isinstance(html, str) else html, name)


def page(name):
    return read((PAGES / f"{name}.html").read_bytes(), f"{name}.html")


def shown(document):
    """Kind, level, printed number or label, and words of each block."""
    return [
        (
            block.kind.value,
            block.level or block.printed_number or block.label,
            without(document.text[block.start : block.stop], block.hidden),
        )
        for block in document.blocks
    ]


def words(html):
    return [text for _, _, text in shown(read(html))]


def test_a_page_of_a_content_system():
    document = page("watch")
    assert [one for one in shown(document) if not one[2].startswith("Prices rose")] == [
        ("title", None, "Norland"),
        ("paragraph", None, "The harbour towns were hit by three storms in\xa02021."),
        ("heading", 1, "Right to protest"),
        (
            "paragraph",
            None,
            "A march was broken up in Tarn,\nand 63 people were held. "
            "The fine was Rs.500 for each.",
        ),
        ("paragraph", None, "“Nobody told us why,” said a nurse."),
        ("heading", 2, "Arrests"),
        ("paragraph", None, "Those held were:"),
        ("item", None, "forty farmers;"),
        ("item", None, "twenty-three nurses, of whom"),
        ("item", None, "nine were later fined."),
        ("paragraph", None, "A paragraph that is a mere div, over 9 m/s²."),
        ("paragraph", None, "A dry well in Tarn, May 2021."),
        ("heading", 1, "Water"),
        ("paragraph", None, "Wells ran dry. See the ministry’s report on it."),
        ("heading", 2, "Prices"),
        ("paragraph", None, "Wells by district"),
        ("row", "Table 1, row 1", "District: Tarn; Wells: 40; Dry: 31"),
        ("row", "Table 1, row 2", "District: Tarn; Wells: 12"),
        ("heading", 2, "Notes"),
        ("note", "1", "Interview, Tarn, May 2021."),
        ("note", "2", "Decree 4 of 2021, text."),
        ("note", "3", "Letter to the ministry.\nNo answer came."),
    ]
    assert document.metadata == {
        "title": "Norland",
        "publisher": "Watch House",
        "url": "https://watch.example/world-report/2022/norland",
        "language": "en-GB",
        "published": "2022-01-13",
    }
    assert document.guesses == {}
    assert document.extraction.properties == {"modified": "2024-05-05"}
    assert (document.extraction.joined, document.extraction.unjoined) == (3, ())


def test_what_stands_around_an_article_is_named():
    left_out = " ".join(one.text for one in page("watch").extraction.furniture)
    for text in ("cookies", "Countries", "Contents", "Share", "Related", "updates", "registered"):
        assert text in left_out


def test_markers_lead_to_their_notes():
    document = page("watch")
    marks = [
        (mark.note, document.text[block.start :][mark.start : mark.stop], document.text[mark.at :])
        for block in document.blocks
        for mark in block.notes
    ]
    assert [(note, marker, words.split()[0]) for note, marker, words in marks] == [
        ("1", "1", "Interview,"),
        ("2", "[2],", "Decree"),
        ("3", "3", "Letter"),
        ("1", "1", "Interview,"),
    ]


def test_a_page_with_numbered_paragraphs_whose_headings_are_all_of_one_tag():
    assert shown(page("council")) == [
        ("title", None, "Report on the visit to Norland, 2021"),
        ("heading", 1, "I. Introduction"),
        ("paragraph", "1", "The delegation visited Norland from 3 to 9 May 2021."),
        ("paragraph", "2", "It thanks the authorities."),
        ("heading", 1, "II. Findings"),
        ("heading", 2, "A. Detention"),
        ("paragraph", "3", "Cells measured 4 m²."),
        ("heading", 3, "1. Police"),
        ("paragraph", "4", "Nobody was told of their rights."),
        ("heading", 3, "2. Prisons"),
        ("paragraph", "5", "Two prisons were visited."),
        ("heading", 2, "B. Water"),
        ("paragraph", "6", "See paragraph 5 above."),
        ("heading", 1, "III. Recommendations"),
        ("paragraph", "7", "The delegation recommends:"),
        ("item", None, "to open the wells;"),
        ("item", None, "to publish the decree."),
        ("heading", 1, "Annex I Places visited"),
        ("row", "Table 1, row 1", "Place: Tarn; Day: 3 May"),
        ("row", "Table 1, row 2", "Place: Lund; Day: 5 May"),
    ]
    metadata = page("council").metadata
    assert (metadata["published"], metadata["publisher"]) == ("2021-06-04", "Council of States")


def test_a_page_of_the_last_century():
    document = page("miners")
    assert shown(document) == [
        ("title", None, "Norland 1999: the year in the mines"),
        ("heading", 1, "Summary"),
        (
            "paragraph",
            None,
            "Miners at Tarn were “paid in bread” – so a café owner said – from May on.",
        ),
        ("paragraph", None, "A second paragraph, never closed."),
        ("paragraph", None, "A third, after two breaks."),
        ("heading", 1, "Child labour"),
        ("paragraph", None, "Children of ten hauled coal."),
        ("paragraph", None, "Shift"),
        ("item", None, "Twelve hours, six days a week."),
        ("note", "1", "Talk with a miner, June 1999."),
        ("note", "2", "The same."),
    ]
    assert document.encoding == "Windows-1252"
    assert "published" not in document.metadata
    assert "marks no main part" in document.extraction.suspicions[0].sentence


def levels(*heads):
    html = "".join(head if head.startswith("<") else f"<h3>{head}</h3><p>x</p>" for head in heads)
    found = shown(read(f"<h1>N</h1>{html}"))
    return [(level, text) for kind, level, text in found if kind == "heading"]


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        (["1. A", "1.1 B", "1.1.1 C", "1.2 D", "2. E"], [1, 2, 3, 2, 1]),
        (
            ["I. A", "A. B", "1. C", "(a) D", "(b) E", "2. F", "B. G", "II. H"],
            [1, 2, 3, 4, 4, 3, 2, 1],
        ),
        (["H. A", "I. B", "J. C"], [1, 1, 1]),
        (
            ["Part I: A", "Chapter 1. B", "Section 1. C", "a. D", "Section 2. E", "Part II: F"],
            [1, 2, 3, 4, 3, 1],
        ),
        (
            [
                "<h3>Chapter 1</h3><h3>Title of it</h3><p>x</p>",
                "<h3>Annex A</h3><h4>Places</h4><p>x",
            ],
            [1, 1],
        ),
        (["Summary", "1. A", "a. B", "b. C", "2. D", "Conclusion"], [1, 1, 2, 2, 1, 1]),
        (["2021 events", "A day"], [1, 1]),
        (["<h2>A</h2><p>x</p>", "B", "<h2>C</h2><p>x</p>"], [1, 2, 1]),
    ],
)
def test_numbering_decides_how_deep_a_heading_stands(heads, found):
    assert [level for level, _ in levels(*heads)] == found


def test_a_section_beside_a_summary_does_not_stand_under_it():
    html = (
        "<section><h2>SUMMARY</h2><p>x</p></section>"
        "<section><h4>Section 1.</h4><h3>Rights</h3><section><h3>a. Life</h3><p>x</p></section>"
        "<section><h3>Women</h3><p>x</p></section></section>"
        "<section><h3>Endnote</h3><p>x</p></section>"
    )
    assert levels(html) == [
        (1, "SUMMARY"),
        (1, "Section 1. Rights"),
        (2, "a. Life"),
        (2, "Women"),
        (1, "Endnote"),
    ]


@pytest.mark.parametrize(
    ("html", "published"),
    [
        (LD + '{"@type":"Report","datePublished":"2021-05-03"}</script>'
         '<meta name="date" content="2020-01-01">', "2021-05-03"),
        ('<meta property="article:published_time" content="2021-05-03T01:00:00Z">', "2021-05-03"),
        ('<meta property="article:modified_time" content="2021-05-03T01:00:00Z">', None),
        (LD + '{"dateModified":"2021-05-03"}</script>', None),
        (LD + '{[[</script><meta name=date content=2021-5-3>', "2021-05-03"),
        ('<meta name="date" content="2021-13-45">', None),
        (LD + '[{"@type":["WebPage"],"datePublished":7}]</script>', None),
    ],
)  # fmt: skip
def test_the_day_of_publication_is_never_that_of_a_change(html, published):
    assert read(f"{html}<h1>N</h1><p>Words.").metadata.get("published") == published


def test_a_canonical_address_of_another_site_is_not_believed():
    html = '<link rel=canonical href="https://other.example/x"><h1>N</h1><p>Words.'
    document = read(html, "https://watch.example/n")
    assert document.metadata["url"] == "https://watch.example/n"
    html = '<link rel=canonical href="/whole"><h1>N</h1><p>Words.'
    assert read(html, "https://watch.example/n").metadata["url"] == "https://watch.example/whole"
    assert "url" not in read(html).metadata


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>One<br>two<br><br>three", ["One\ntwo", "three"]),
        ("<p>A <q>b</q> c&nbsp;d", ["A “b” c\xa0d"]),
        ("<p>10<sup>6</sup> H<sub>2</sub>O, the 2<sup>nd</sup>", ["10⁶ H₂O, the 2nd"]),
        ("<p>See <a href='#s3'>3</a>.</p><h2 id=s3>Three</h2><p>x", ["See 3.", "Three", "x"]),
        ("<p>Dry.<sup>7</sup></p><p>Wet.", ["Dry.⁷", "Wet."]),
        ("<p>جفت الآبار <b>في</b> تارن</p>", ["جفت الآبار في تارن"]),
        ("<p dir=rtl>우물이 말랐다", ["우물이 말랐다"]),
        ("<pre>a\n  b</pre>", ["a\n  b"]),
        ("<form><p>A page in a form, as some systems make them.</p></form>",
         ["A page in a form, as some systems make them."]),
        ("<p>a</p>loose words<p>b</p>", ["a", "loose words", "b"]),
    ],
)  # fmt: skip
def test_words_are_as_the_page_shows_them(html, found):
    assert words(f"<h1>N</h1>{html}")[1:] == found


def test_a_page_that_a_program_fills_says_what_to_do():
    with pytest.raises(UnreadableReport, match=r"^n\.html holds no paragraph.*save"):
        read("<body><div id=root></div><script>run()</script>")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "<p>Deep words.</p>" + "</div>" * 100_000 + "<p>After.</p>",
        "<b>" * 50_000 + "Deep words." + "<p>After.",
        "<ul><li>" * 50_000 + "Deep words." + "</ul>" * 50_000 + "<p>After.",
        "<table><tr><td>" * 30_000 + "Deep words.<p>After.",
        "<blockquote><section><article>" * 20_000 + "Deep words.<p>After.",
    ],
)
def test_what_is_nested_without_end_is_read_at_once_and_not_lost(html):
    began = time.process_time()
    text = read(f"<h1>N</h1>{html}").text
    assert time.process_time() - began < 10
    assert "Deep words." in text
    assert "After." in text


def seconds(html):
    began = time.process_time()
    read(html)
    return time.process_time() - began


@pytest.mark.parametrize(
    "part",
    [
        "<p>Words of it.</p>",
        "<h3>A. Head</h3><p>Words.</p>",
        "<p>Words.<sup><a href='#n1'>1</a></sup></p>",
        "<table><tr><td rowspan=9999>a<td colspan=9>b<tr><td>c<td>d</table>",
        "<ul><li><a href=/x>y</a></ul>x",
        "<div><b><i>x",
    ],
)
def test_time_grows_no_faster_than_the_page(part):
    seconds(part * 50)
    assert seconds(part * 8_000) < 40 * max(seconds(part * 800), 0.01)


def test_passages_are_slices_of_the_text(make):
    document = page("watch")
    for passage in cut(make(), document):
        assert document.text[passage.start : passage.stop] == passage.source


PARTS = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<div class=related>",
            "</div>",
            "<h2>A. Head",
            "<h3>",
            "</h3>",
            "<ul><li>",
        ),
        *(
            "</ul>",
            "<table><tr><td colspan=3 rowspan=0>",
            "<th>",
            "</table>",
            "words ",
            "1. More. ",
        ),
        *(
            "<sup><a href=#n1>1</a></sup>",
            "<li id=n1>",
            "<a href=/x>",
            "</a>",
            "<br>",
            "&amp;",
            "\0",
        ),
        *(
            "<nav>",
            "<main>",
            "<article>",
            "<aside>",
            "<footer>",
            "<b>",
            "<pre>",
            "<q>",
            "<!--",
            "-->",
        ),
        *("<script>", "</script>", "<svg>", "<h1>", "\u202e", "\ud7ff"),
    ]
)


@given(st.lists(st.one_of(PARTS, st.text(max_size=5))).map("".join))
def test_any_page_is_read_or_refused_in_a_sentence(html):
    try:
        document = read(html.encode("utf-8", "replace"))
    except UnreadableReport as error:
        assert str(error).endswith(".")  # noqa: PT017
        return
    at = 0
    for block in document.blocks:
        assert at <= block.start < block.stop <= len(document.text)
        assert document.text[block.start : block.stop].strip()
        assert not document.text[at : block.start].strip()
        at = block.stop
        edges = [edge for span in block.hidden for edge in (span.start, span.stop)]
        assert edges == sorted(edges)
    assert not document.text[at:].strip()


ARTICLE = "<h2>Courts</h2><p>The courts sat behind closed doors all through the year.</p>"


def texts(html):
    document = read(html)
    return [document.text[block.start : block.stop] for block in document.blocks]


@pytest.mark.parametrize(
    "names",
    ["box margin-bottom", "has-sidebar", "section section--ads", "container sidebar_right"],
)
def test_what_a_box_looks_like_is_not_what_it_holds(names):
    html = (
        f"<h1>N</h1><p>{'Longer than the rest. ' * 9}</p><div class='{names}'><p>Wells.</p></div>"
    )
    assert "Wells." in texts(html)


def test_what_holds_the_main_part_is_never_left_out():
    links = "<a href=/x>Another page of the site</a> " * 40
    html = f"<div class='sidebar nav'><main><h2>A</h2><p>Wells ran dry.</p></main>{links}</div>"
    assert "Wells ran dry." in texts(f"<h1>N</h1>{html}")


def test_a_lead_beside_the_title_is_read():
    lead = "Wells ran dry in nine of the eleven valleys, and nobody was told why that was so."
    html = f"<header><h1>Norland</h1><p>{lead}</p><p>3 May</p></header><main>{ARTICLE * 4}</main>"
    assert texts(html)[:3] == ["Norland", lead, "Courts"]


@pytest.mark.parametrize(
    "html",
    [
        "<div id='comments'><p>I do not believe a word.</p></div>",
        "<ol class='comment-list'><li>I do not believe a word.</ol>",
        "<form><p>I do not believe a word.</p><textarea></textarea></form>",
        "<div class='site-footer'><p>I do not believe a word.</p></div>",
        "<aside><p>I do not believe a word.</p></aside>",
    ],
)
def test_what_readers_and_the_site_say_below_a_report_is_none_of_it(html):
    found = texts(f"<body><article><h1>N</h1>{ARTICLE * 2}</article>{html}")
    assert not any("believe" in text for text in found)


def test_a_section_on_general_comments_is_the_reports():
    html = f"<h1>N</h1>{ARTICLE}<section id='general-comments'><p>Wells.</p></section>"
    assert "Wells." in texts(html)


def test_a_short_notice_whose_title_links_to_itself_is_read():
    html = (
        "<div id=c><div class=post><h2><a href=/n>Notice</a></h2><p>Wells ran dry.</p></div></div>"
    )
    assert "Wells ran dry." in texts(f"<nav><h3><a href=/>Site</a></h3></nav>{html}")


def test_what_a_comment_that_nothing_closes_swallows_is_counted():
    html = "<main><h1>N</h1><p>The wells ran dry.</p>\n<!-- open <p>Four <b>words</b> more.</p>"
    document = read(html)
    (swallowed,) = document.dropped
    assert (swallowed.what, swallowed.line, swallowed.words) == (LeftOut.SWALLOWED, 2, 4)
    assert "more" not in document.text
    assert read(f"{html}-->").dropped == ()


def test_more_tags_than_a_report_has_are_refused_before_they_are_read():
    with pytest.raises(UnreadableReport, match="1,000,002 tags; a page may have 1,000,000"):
        read("<p></p>" * (MOST_TAGS // 2 + 1))
