"""HTML inside Markdown: paragraphs and headings of it, and what of it is said to be left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.document import BlockKind
from corpus.readers.extraction import LeftOut
from corpus.readers.html_block import read_html
from corpus.readers.markdown import read_markdown


def told(content):
    """Level and words of each stretch."""
    stretches, _ = read_html(content)
    return [
        (
            stretch.level,
            "".join(
                content[found.span.start : found.span.stop]
                if found.instead is None
                else found.instead
                for found in stretch.words
            ),
        )
        for stretch in stretches
    ]


def missed(content):
    """What is left out, with its text."""
    _, reading = read_html(content)
    return [(found.what, content[found.span.start : found.span.stop]) for found in reading.missed]


@pytest.mark.parametrize(
    ("content", "stretches"),
    [
        ("<p>One</p><p>Two</p>", [(0, "One"), (0, "Two")]),
        ("<p>One <b>two</b> <i>three</i></p>", [(0, "One two three")]),
        ("<ul><li>One</li><li>Two</li></ul>", [(0, "One"), (0, "Two")]),
        ("<h2>Wells</h2>They ran dry.", [(2, "Wells"), (0, "They ran dry.")]),
        ("<h6>Wells <em>and</em> rivers</h6>", [(6, "Wells and rivers")]),
        ("<div><p></p></div>", []),
        ("One<br>two", [(0, "One\ntwo")]),
        ("One<br/>two", [(0, "One\ntwo")]),
        ("<tr><td>2021</td><td>63</td></tr>", [(0, "2021\t63")]),
        ("<p>4 &lt; 5 &amp; 6 &gt; 5</p>", [(0, "4 < 5 & 6 > 5")]),
        ("<p>&#8220;Dry&#x201D;</p>", [(0, "“Dry”")]),
        ("<p>&unknown; stays</p>", [(0, "&unknown; stays")]),
        ("<P>Large <B>letters</B></P>", [(0, "Large letters")]),
        ("<p>One<custom-box>Two</custom-box></p>", [(0, "One"), (0, "Two")]),
        ("No tag at all", [(0, "No tag at all")]),
        ("<p>One <!-- open", [(0, "One  open")]),
    ],
)
def test_words_come_in_the_paragraphs_and_headings_that_tags_make(content, stretches):
    assert told(content) == stretches


@pytest.mark.parametrize(
    ("content", "what", "stretch"),
    [
        ("<!-- a note -->Words", LeftOut.COMMENT, "<!-- a note -->"),
        ("<script>run()</script>Words", LeftOut.SCRIPT, "<script>run()</script>"),
        ("<style>p { x }</style>Words", LeftOut.SCRIPT, "<style>p { x }</style>"),
        ("<template><p>x</p></template>Words", LeftOut.SCRIPT, "<template><p>x</p></template>"),
        ("<img src='a.png' alt='b'>Words", LeftOut.PICTURE, "<img src='a.png' alt='b'>"),
        ("<IFRAME src=x></IFRAME>Words", LeftOut.PICTURE, "<IFRAME src=x>"),
        ("<!DOCTYPE html>Words", LeftOut.OTHER, "<!DOCTYPE html>"),
        ("<?php echo 1 ?>Words", LeftOut.OTHER, "<?php echo 1 ?>"),
        ("<![CDATA[ x ]]>Words", LeftOut.OTHER, "<![CDATA[ x ]]>"),
        ("Words<!-- open", LeftOut.OPEN_COMMENT, "<!--"),
        ("<br>Words", LeftOut.TAG, "<br>"),
        ("<p>Words</p>", LeftOut.TAG, "<p>"),
    ],
)
def test_what_is_left_out_is_named_for_what_it_is(content, what, stretch):
    assert (what, stretch) in missed(content)
    assert told(content)[0][1].strip().startswith("Words")


def test_a_script_inside_what_is_unseen_is_left_out_with_it_as_one():
    content = "<template>a<script>b</script>c</template>Words"
    assert missed(content) == [(LeftOut.SCRIPT, content.removesuffix("Words"))]


def test_what_stands_after_an_end_tag_of_a_script_that_never_began_is_shown():
    assert "".join(words for _, words in told("One</script> Two")) == "One Two"


def test_an_attribute_that_looks_like_words_is_none():
    assert told('<p title="All was well.">It was dry.</p>') == [(0, "It was dry.")]


def test_words_that_are_compared_with_a_sign_are_not_a_tag():
    assert told("<p>3 < 4 and a<b</p>")[0][1].startswith("3 < 4 and a")


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<h2>",
        "</h2>",
        "<br>",
        "<td>",
        "<img src=x>",
        "&amp;",
        "&nbsp;",
        "&what",
        "<!-- x -->",
        "<!--",
        "-->",
        "<?x?>",
        "<",
        ">",
        "words ",
        "\n",
        "2021",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_every_character_is_shown_or_said_to_be_left_out_and_none_twice(content):
    stretches, reading = read_html(content)
    spans = [found.span for stretch in stretches for found in stretch.words]
    spans += [found.span for found in reading.missed if found.what is not LeftOut.OPEN_COMMENT]
    spans += [found.span for found in reading.missed if found.what is LeftOut.OPEN_COMMENT]
    places = [place for span in spans for place in range(span.start, span.stop)]
    assert sorted(places) == list(range(len(content)))


def test_headings_of_html_open_sections_of_the_report():
    text = "# Norland\n\n<h2>Wells</h2>\n<p>They ran dry.</p>\n\n<h3>Tankers</h3>\n\nThey came."
    document = read_markdown(text, "n.md")
    headings = [
        (block.level, block.heading) for block in document.blocks if block.kind is BlockKind.HEADING
    ]
    assert headings == [(2, "Wells"), (3, "Tankers")]
