"""Markdown with front matter."""

import datetime
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.errors import UnreadableReport
from corpus.passage import without
from corpus.readers.document import BlockKind
from corpus.readers.extraction import LeftOut
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

[^1]: Interview in May.
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
        "<!-- words\n",
        "-->\n",
        "<p>tagged</p>\n",
        "<br>&nbsp;&amp;",
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
    document = read_markdown(text, "report.md")
    for block in document.blocks:
        words = without(document.text[block.start : block.stop], block.hidden)
        found.append((block.kind.name.lower(), block.heading or words))
    return found


def paragraphs(text):
    return [words for kind, words in shown(text) if kind not in ("title", "heading")]


def test_a_report_is_read_block_by_block():
    assert shown(REPORT) == [
        ("title", "Norland"),
        ("paragraph", "The harbour towns were hit by three storms, says the ministry."),
        ("heading", "Right to water"),
        ("item", "Wells ran dry\n  in the Tarn valley."),
        ("item", "Prices rose threefold."),
        ("item", "First, a permit."),
        ("item", "Then, a march."),
        ("paragraph", "Nobody came,\nsaid a witness."),
        ("heading", "Workers’ rights"),
        ("paragraph", "Miners struck_for 2 * 3 days."),
        ("note", "Interview in May."),
    ]
    levels = [
        block.level
        for block in read_markdown(REPORT, "report.md").blocks
        if block.kind is BlockKind.HEADING
    ]
    assert levels == [2, 3]


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
    if not set(text) & set("&<|"):
        assert document.text == text
    edges = [edge for block in document.blocks for edge in (block.start, block.stop)]
    assert edges == sorted(edges)
    assert not edges or edges[-1] <= len(document.text)
    for block in document.blocks:
        source = document.text[block.start : block.stop]
        assert source == source.strip() != ""
        inside = [edge for span in block.hidden for edge in (span.start, span.stop)]
        assert inside == sorted(inside)
        assert not inside or inside[-1] <= len(source)
        words = without(source, block.hidden)
        assert words == words.strip() != ""


@given(st.lists(st.text("ab2 *_[]()`>#-.\\\n\r\t|~!^:\"'")).map("".join))
def test_no_letter_is_lost(text):
    document = read_markdown(text, "n.md")
    assert document.text == text
    kept = {place for found in document.blocks for place in range(found.start, found.stop)}
    said = {place for found in document.dropped for place in range(found.start, found.stop)}
    matter = re.match(r"---[ \t]*\r?\n.*?(?<=\n)---", text, re.DOTALL)
    body = matter.end() if matter and not document.blocks[:1] else 0
    lost = [place for place, letter in enumerate(text) if letter in "ab"]
    assert [p for p in lost if p >= body and p not in kept | said] == []


# What is written, and which of its words are the report's: {shown}. The others are said to be left
# out or are addresses.
WRITTEN = [
    "## {shown}",
    "{shown}\n===",
    "Plain *{shown}*, __{shown}__ and `{shown}`: 2 * 3 * 4.",
    "See [{shown}](https://example.org/{other} '{other}') and <https://{shown}>.",
    "![{shown}]({other}.png) beside {shown}",
    "* {shown}\n* {shown}\n  {shown}",
    "> {shown}\n> **{shown}**",
    "```{other}\n{shown} *&amp;*\n```",
    "~~~\n{shown}",
    "    {shown}",
    "| {shown} | {shown} |\n|---|:-:|\n| *{shown}* | {shown} |",
    "{shown} ~~{other}~~ {shown}",
    "{shown}<!-- {other} -->{shown}",
    "<!-- {other}\n\n{other} -->",
    "<!-- {shown}",
    "<div class='{other}'><p>{shown}</p>{shown} <b>{shown}</b></div>",
    "<table><tr><td>{shown}</td><td>{shown}</td></tr></table>",
    "<style>{other}</style>",
    "<script>\n{other}\n\n{other}</script>",
    "{shown} &amp; {shown}&nbsp;{shown} R&D",
    "{shown}<sup>2</sup> {shown}<br>{shown}",
    "{shown}[^{other}] {shown}",
    "[{other}]: https://{other}",
    "\\*{shown}\\* {shown}\\\n{shown}",
    "- 1. > {shown}",
    "### 2022-05-23 · Report · {shown}",
]


@st.composite
def written(draw):
    """A text, the words of it that are the report's, the others; each word stands once."""
    text, shown_words, others = "", [], []
    for part in draw(st.lists(st.sampled_from(WRITTEN), max_size=12)):
        while "{" in part:
            kind = re.search(r"{(shown|other)}", part)[1]
            words = shown_words if kind == "shown" else others
            words.append(f"{kind}{len(words)}x")
            part = part.replace(f"{{{kind}}}", words[-1], 1)  # noqa: PLW2901
        text += part + "\n\n"
    for label in re.findall(r"\[\^(\w+)\]", text):
        text += f"[^{label}]: note.\n"
    # A comment or a block of code that is never closed is closed by a later one.
    assume(len(re.findall("~~~", text)) < 2)
    assume("<!-- shown" not in text or "-->" not in text[text.index("<!-- shown") :])
    return draw(st.sampled_from([text, text.replace("\n", "\r\n")])), shown_words, others


@given(written())
def test_every_word_is_shown_once_or_said_to_be_left_out(found):
    text, shown_words, others = found
    document = read_markdown(text, "n.md")
    kept = " ".join(
        without(document.text[block.start : block.stop], block.hidden) for block in document.blocks
    )
    for word in shown_words:
        assert kept.count(word) == 1, word
    hidden = "".join(document.text[block.start : block.stop] for block in document.blocks)
    left_out = "".join(text[found.start : found.stop] for found in document.dropped)
    for word in others:
        assert word not in kept
        assert word in hidden + left_out or f"[^{word}]:" in text, word
    for mark in ("__", "](", "[^", "<", "~~", "&nbsp;", "> ", "---"):
        assert mark not in kept


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("*a* and **b** and _c_ and __d__", "a and b and c and d"),
        ("***a***", "a"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("see [a page](https://example.org/x_y_z) now", "see a page now"),
        ('see [a page](https://example.org "its title") now', "see a page now"),
        ("see [1] and [^2] and [a] (b)", "see [1] and [^2] and [a] (b)"),
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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("R&amp;D &#8211; &lt;x&gt; &copy; &unknown; &", ["R&D – <x> © &unknown; &"]),
        ("A&nbsp;b", ["A\xa0b"]),
        # No longer the figure that was meant, without the tags.
        (
            "10<sup>6</sup> m<sup>2</sup>, H<sub>2</sub>O, the 2<sup>nd</sup>",
            ["10⁶ m², H₂O, the 2nd"],
        ),
        ("One<br>two<br/>three", ["One\ntwo\nthree"]),
        ("```py\nx = *a* &amp; b\n\ny\n```", ["x = *a* &amp; b\n\ny"]),
        ("> ```\n> a\n> b\n> ```", ["a\nb"]),
        (
            "<div>\n<p>One &lt;two&gt;\nthree</p><p>Four <i>five</i></p></div>",
            ["One <two>\nthree", "Four five"],
        ),
        (
            "<table><tr><th>Year</th><td>2021</td></tr><tr><td>63</td></tr></table>",
            ["Year\t2021", "63"],
        ),
        ("| Year | People |\n|------|--------|\n| 2021 | 6\\|3 |", ["Year: 2021; People: 6|3"]),
        (
            "Dry.[^a] Wet.[^b]\n\n[^a]: See *it*.\n    And more.\n[^c]: Word",
            ["Dry. Wet.[^b]", "See it.\n    And more.", "Word"],
        ),
        ("![A *map* of &amp;](x.png)", ["A map of &"]),
        ("Fees rose ~~to 200~~ to 300.", ["Fees rose  to 300."]),
    ],
)
def test_what_is_written_in_codes_becomes_words(text, words):
    assert paragraphs(text) == words


def test_a_heading_of_html_opens_a_section():
    assert shown("<h2>The <b>right</b> to water</h2>\n<p>Dry.</p>") == [
        ("heading", "The right to water"),
        ("paragraph", "Dry."),
    ]


def test_what_nothing_closes_does_not_swallow_the_rest():
    text = "Before.\n\n<!-- note\n\n## Water\n\nDry.\n\n```\nCode.\n\n## Food\n\nHungry.\n"
    document = read_markdown(text, "n.md")
    assert shown(text) == [
        ("paragraph", "Before."),
        ("paragraph", "note"),
        ("heading", "Water"),
        ("paragraph", "Dry."),
        ("paragraph", "Code."),
        ("heading", "Food"),
        ("paragraph", "Hungry."),
    ]
    assert [(found.what, found.line) for found in document.dropped] == [
        (LeftOut.OPEN_COMMENT, 3),
        (LeftOut.OPEN_FENCE, 9),
    ]


def test_a_comment_in_a_block_of_html_that_nothing_closes_does_not_swallow_it():
    text = "<div>\n<!-- one --> a <!-- b\n<p>c <!-- d</p>\n</div>"
    assert [words.split() for words in paragraphs(text)] == [["a", "b"], ["c", "d"]]
    kinds = [found.what for found in read_markdown(text, "n.md").dropped]
    assert kinds.count(LeftOut.OPEN_COMMENT) == 2
    assert kinds.count(LeftOut.COMMENT) == 1


def test_what_is_left_out_is_said_with_its_lines():
    text = (
        "---\ntitle: N\n---\n# Part\n\nOne.<!-- x -->\n\n<!-- two\nlines -->\n\n"
        "![](map.png) [a](https://b)\n\n<script>\nx\n</script>\n\n[d]: https://e\n\n~~Old.~~ New.\n"
    )
    found = read_markdown(text, "n.md").dropped
    assert [(one.what.name, one.line, one.last_line) for one in found if one.words] == [
        ("COMMENT", 6, 6),
        ("COMMENT", 8, 9),
        ("PICTURE", 11, 11),
        ("ADDRESS", 11, 11),
        ("SCRIPT", 13, 15),
        ("DEFINITION", 17, 17),
        ("STRUCK", 19, 19),
    ]
    assert [text[one.start : one.stop] for one in found if one.what is LeftOut.STRUCK] == [
        "~~Old.~~"
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


def test_notes_are_joined_to_their_markers():
    text = "Dry.[^a] Wet.[^B]\n\n- Hot.[^a]\n\n[^A]: See *it*.\n[^b]: Ask.\n[^c]: Alone.\n"
    text += "[^a]: Again.\n"
    document = read_markdown(text, "n.md")
    marks = [
        (
            mark.note,
            document.text[block.start :][mark.start : mark.stop],
            document.text[mark.at :][:5],
        )
        for block in document.blocks
        for mark in block.notes
    ]
    assert marks == [("a", "[^a]", "[^A]:"), ("B", "[^B]", "[^b]:"), ("a", "[^a]", "[^A]:")]
    labels = [block.label for block in document.blocks if block.kind is BlockKind.NOTE]
    assert labels == ["A", "b", "c", "a"]
    assert document.extraction.joined == 2
    assert document.extraction.unjoined == ("note c has no marker in the text",)


def test_rows_name_their_columns_and_tables_are_counted():
    text = (
        "| Place | | **Dead**[^1] |\n|---|---|---|\n| Tarn |  | 63 |\n||x|&lt;5|\n\n"
        "Words.\n\n> | A | B |\n> |---|---|\n> | 1 | 2 |\n\n| Only |\n|---|\n\n[^1]: Said.\n"
    )
    document = read_markdown(text, "n.md")
    assert shown(text) == [
        ("row", "Place: Tarn; Dead: 63"),
        ("row", "x; Dead: <5"),
        ("paragraph", "Words."),
        ("row", "A: 1; B: 2"),
        ("paragraph", "Only"),
        ("note", "Said."),
    ]
    labels = [block.label for block in document.blocks if block.kind is BlockKind.ROW]
    assert labels == ["Table 1, row 1", "Table 1, row 2", "Table 2, row 1"]
    assert document.dropped == ()


@given(st.lists(st.lists(st.sampled_from(["w{}x", "w{}\\|x", "", "*w{}x*", "&lt;w{}x"]))))
def test_every_cell_of_a_table_is_in_a_row_once(rows):
    count, text = 0, "| N | M |\n|---|---|\n"
    for row in rows:
        cells = [cell.format(count + index) for index, cell in enumerate(row)]
        count += len(cells)
        text += f"| {' | '.join(cells)} |\n"
    words = " ".join(paragraphs(text))
    wanted = [int(number) for number in re.findall(r"w(\d+)", text)]
    assert [int(number) for number in re.findall(r"w(\d+)", words)] == wanted
