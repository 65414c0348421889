"""Markdown with front matter."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableReport
from corpus.passage import without
from corpus.readers.document import BlockKind
from corpus.readers.markdown import read_markdown

REPORT = """\
---
title: Norland 2021
publisher: Watch House
period: "2021"
published: 2022-03-29
---

# Norland

The **harbour** towns were hit by *three* storms[^1], says [the ministry](https://example.org/a_b).

## Right to `water`

- Wells ran dry
  in the Tarn valley.
- Prices rose __threefold__.

1. First, a permit.
2. Then, a march.

> Nobody came,
> said a witness.

### Workers’ rights

Miners struck_for 2 * 3 days.
"""
PARTS = st.sampled_from(
    [
        "# Title\n",
        "## Section\n",
        "Text *with* **marks**.\n",
        "- item\n",
        "> quote\n",
        "1. one\n",
        "    indented\n",
        "\n",
        "Setext\n---\n",
        "```\ncode\n```\n",
        "[link](https://example.org)\n",
        "\\*plain\\*\n",
        "2022-05-23 · Report · Dry wells\n",
        "### 2022-05-23 · Report · Dry wells\n",
        "lazy\n",
        "\t",
        "é…”\n",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PARTS).map("".join))


def shown(text):
    """Kind and words of each block, markup left out."""
    found = []
    for block in read_markdown(text, "report.md").blocks:
        words = without(text[block.start : block.stop], block.hidden)
        found.append((block.kind.name.lower(), block.heading or words))
    return found


def paragraphs(text):
    return [words for kind, words in shown(text) if kind == "paragraph"]


def test_a_report_is_read_block_by_block():
    assert shown(REPORT) == [
        ("title", "Norland"),
        ("paragraph", "The harbour towns were hit by three storms, says the ministry."),
        ("heading", "Right to water"),
        ("paragraph", "Wells ran dry\n  in the Tarn valley."),
        ("paragraph", "Prices rose threefold."),
        ("paragraph", "First, a permit."),
        ("paragraph", "Then, a march."),
        ("paragraph", "Nobody came,\nsaid a witness."),
        ("heading", "Workers’ rights"),
        ("paragraph", "Miners struck_for 2 * 3 days."),
    ]
    levels = [
        block.level
        for block in read_markdown(REPORT, "report.md").blocks
        if block.kind is BlockKind.HEADING
    ]
    assert levels == [1, 2]


def test_front_matter_is_metadata():
    assert read_markdown(REPORT, "report.md").metadata == {
        "title": "Norland 2021",
        "publisher": "Watch House",
        "period": "2021",
        "published": "2022-03-29",
    }


def test_the_first_heading_is_the_title_where_front_matter_states_none():
    assert read_markdown("# Norland\n\nWords.", "n.md").metadata == {"title": "Norland"}
    assert read_markdown("Words only.", "n.md").metadata == {}


def test_front_matter_says_what_stands_in_it():
    text = "---\nlanguage: no\npublished: 2022-13-45\nperiod: 2021\nlicence:\nurl: ~\n---\nWords."
    assert read_markdown(text, "n.md").metadata == {
        "language": "no",
        "published": "2022-13-45",
        "period": "2021",
    }


@pytest.mark.parametrize(
    ("front", "sentence"),
    [
        ("title: [", "the front matter of n.md is not valid YAML"),
        ("title: a: b", "the front matter of n.md is not valid YAML"),
        ("just words", "the front matter of n.md is not a list of fields"),
        ("- a\n- b", "the front matter of n.md is not a list of fields"),
        ("country: [Norland, Sudland]", "country in the front matter of n.md is not one value"),
        ("title: \x1b[31m", "the front matter of n.md is not valid YAML"),
    ],
)
def test_front_matter_that_is_broken_is_refused(front, sentence):
    with pytest.raises(UnreadableReport, match=f"^{sentence}"):
        read_markdown(f"---\n{front}\n---\n\nWords.", "n.md")


def test_a_rule_is_not_front_matter():
    assert read_markdown("Words.\n\n---\n\nMore: words.\n\n---\n", "n.md").metadata == {}


def test_windows_line_ends_make_no_difference():
    windows = REPORT.replace("\n", "\r\n")
    assert [(kind, words.replace("\r\n", "\n")) for kind, words in shown(windows)] == shown(REPORT)
    assert read_markdown(windows, "n.md").metadata == read_markdown(REPORT, "n.md").metadata


@given(TEXTS)
def test_blocks_stand_in_order_and_hide_only_markup(text):
    text = text.replace("\0", "")
    try:
        document = read_markdown(text, "n.md")
    except UnreadableReport:
        return
    assert document.text == text
    edges = [edge for block in document.blocks for edge in (block.start, block.stop)]
    assert edges == sorted(edges)
    assert not edges or edges[-1] <= len(text)
    for block in document.blocks:
        source = text[block.start : block.stop]
        assert source == source.strip() != ""
        inside = [edge for span in block.hidden for edge in (span.start, span.stop)]
        assert inside == sorted(inside)
        assert not inside or inside[-1] <= len(source)


@given(st.lists(st.text("abc *_[]()`>#-.\\\n")).map("".join))
def test_no_word_is_lost(text):
    kept = "".join(words for _, words in shown(text))
    addresses = [
        text[block.start + span.start : block.start + span.stop]
        for block in read_markdown(text, "n.md").blocks
        for span in block.hidden
        if "](" in text[block.start + span.start : block.start + span.stop]
    ]
    letters = [c for c in text if c in "abc"]
    assert len([c for c in kept + "".join(addresses) if c in "abc"]) <= len(letters)
    if not set(text) & set("[]`#\\-"):
        assert [c for c in kept if c in "abc"] == letters


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("*a* and **b** and _c_ and __d__", "a and b and c and d"),
        ("***a***", "a"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("see [a page](https://example.org/x_y_z) now", "see a page now"),
        ('see [a page](https://example.org "its title") now', "see a page now"),
        ("see [1] and [^2] and [a] (b)", "see [1] and  and [a] (b)"),
        ("![a map](map.png)", "a map"),
        ("`code` stays", "code stays"),
        ("\\*plain\\* and 5 \\# 6", "*plain* and 5 # 6"),
        ("a\\\\b", "a\\b"),
    ],
)
def test_markup_is_left_out_and_words_stay(text, words):
    assert paragraphs(text) == [words]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("## Right to water ##", "Right to water"),
        ("## 1. Introduction", "1. Introduction"),
        ("## 2021", "2021"),
        ("## Right to *water*", "Right to water"),
        ("Right to water\n---", "Right to water"),
    ],
)
def test_a_heading_is_its_words(text, heading):
    assert shown(f"# Title\n\n{text}\n\nWords.")[1] == ("heading", heading)


def test_text_that_is_only_indented_is_not_lost():
    assert paragraphs("Words.\n\n    More words, indented.\n") == [
        "Words.",
        "More words, indented.",
    ]


def test_dated_headings_gather_what_stands_under_them():
    text = (
        "# N\n\n## Publications\n\n### 2021-05-23 · Report · Dry *wells*\n\nA **body**.\n\nMore.\n"
    )
    (item,) = (block for block in read_markdown(text, "n.md").blocks if block.press)
    assert item.press is not None
    assert (item.press.date, item.press.kind) == (datetime.date(2021, 5, 23), "Report")
    assert item.press.title == "Dry wells"
    words = without(text[item.start : item.stop], item.hidden)
    assert words.endswith("A body.\n\nMore.")
    assert "*" not in words
