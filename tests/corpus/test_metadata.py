"""Where a report's metadata come from, and which source wins."""

import datetime
import hashlib

import pytest

from corpus.errors import BadMetadata, UnreadableReport
from corpus.metadata import FIELDS, beside, describe, identity, slug
from corpus.readers import read
from corpus.report import SLUG, Kind, Period

TODAY = datetime.date(2026, 1, 31)
MARKDOWN = "---\ntitle: From the file\ncountry: Norland\nlanguage: en\n---\n\n# Heading\n\nWords.\n"


@pytest.fixture
def markdown_file(tmp_path):
    path = tmp_path / "norland.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    return path


def described(path, *, known=None, **given):
    document, content = read(path)
    return describe(path, document.metadata, content, given=given, known=known, today=TODAY)


def test_the_file_says_what_nothing_else_says(markdown_file):
    report = described(markdown_file)
    assert (report.title, report.country, report.language) == ("From the file", "Norland", "en")
    assert report.kind is Kind.VERBATIM
    assert report.accessed == TODAY
    assert report.sha256 == hashlib.sha256(MARKDOWN.encode()).hexdigest()


def test_what_nobody_states_is_not_invented(page_file):
    report = described(page_file)
    assert report.title == "Norland"
    missing = ("publisher", "country", "period", "published", "url", "language", "licence")
    assert {field: getattr(report, field) for field in missing} == dict.fromkeys(missing)


def test_a_file_beside_wins_over_the_file_and_an_option_over_both(markdown_file):
    toml = 'title = "From beside"\ncountry = "Sudland"\npublished = 2022-03-29\nperiod = 2021\n'
    markdown_file.with_suffix(".toml").write_text(toml, encoding="utf-8")
    report = described(markdown_file, country="Westland")
    assert (report.title, report.country, report.language) == ("From beside", "Westland", "en")
    assert report.published == datetime.date(2022, 3, 29)
    assert report.period == Period.parse("2021")


def test_what_the_library_knows_wins_over_the_file_alone(markdown_file, make):
    known = make(title="Known", country=None, language="fr")
    report = described(markdown_file, known=known)
    assert (report.title, report.country, report.language) == ("Known", "Norland", "fr")
    assert report.id == known.id
    assert report.accessed == known.accessed
    assert described(markdown_file, known=known, title="Given").title == "Given"


def test_blank_values_state_nothing(markdown_file):
    report = described(markdown_file, publisher="  ", title=" Wells ")
    assert report.publisher is None
    assert report.title == "Wells"


def test_a_file_beside_of_another_name_is_not_read(page_file):
    page_file.with_name("other.toml").write_text("title = 'Other'", encoding="utf-8")
    assert beside(page_file) == {}
    assert described(page_file).title == "Norland"


@pytest.mark.parametrize(
    ("toml", "sentence"),
    [
        ("title = ", "norland.toml is not valid TOML"),
        ("titel = 'x'", "has the field 'titel', which means nothing here; the fields are id, titl"),
        ("[report]\ntitle = 'x'", "has the field 'report'"),
        ("country = ['Norland']", "country in .*norland.toml is not one value"),
        ("period = '21'", "period '21' is not understood"),
        ("published = 'soon'", "published 'soon' is not a date"),
        ("kind = 'summary'", "kind 'summary' is not known; a report is verbatim or digest"),
        ("url = 'javascript:alert(1)'", "is not a web address"),
        ("id = 'No Slug'", "is not a slug"),
    ],
)
def test_a_file_beside_that_is_wrong_is_refused(page_file, toml, sentence):
    page_file.with_suffix(".toml").write_text(toml, encoding="utf-8")
    with pytest.raises(BadMetadata, match=sentence):
        described(page_file)


def test_a_file_beside_in_another_encoding_is_refused_with_the_byte(page_file):
    page_file.with_suffix(".toml").write_bytes(b"title = 'caf\xe9'")
    with pytest.raises(UnreadableReport, match=r"norland.toml is not UTF-8: byte 0xE9"):
        described(page_file)


def test_an_empty_file_beside_states_nothing(page_file):
    page_file.with_suffix(".toml").write_text("\n", encoding="utf-8")
    assert beside(page_file) == {}


def test_a_toml_file_is_not_its_own_metadata(tmp_path):
    path = tmp_path / "notes.toml"
    path.write_text("Words of a report.", encoding="utf-8")
    assert beside(path) == {}


@pytest.mark.parametrize(
    "address", ["example.org", "ftp://example.org", "https://", "https://a b", 'https://a"b']
)
def test_an_address_that_is_none_is_refused(page_file, address):
    with pytest.raises(BadMetadata, match="is not a web address; write it whole"):
        described(page_file, url=address)


def test_the_id_is_made_of_publisher_title_and_period(page_file):
    period = Period.parse("2021/22")
    assert identity("x", "Norland", "Watch House", period) == "watch-house-norland-2021-2022"
    assert identity("x", "Norland", "Watch House", None) == "watch-house-norland"
    assert identity("My file", "Norland", None, period) == "my-file"
    assert described(page_file, publisher="Watch House").id == "watch-house-norland"


def test_two_reports_of_one_title_without_a_publisher_do_not_take_each_others_place():
    assert identity("one", "Norland", None, None) != identity("two", "Norland", None, None)


def test_a_slug_of_any_script():
    assert slug("Côte d’Ivoire – 2021!") == "cote-d-ivoire-2021"
    assert slug("Ünited  (Rights) 2021–2023") == "united-rights-2021-2023"
    assert slug("조선").startswith("report-")
    assert len({slug("조선 2021"), slug("한국 2021"), slug("2021")}) == 3
    assert SLUG.fullmatch(slug("조선 2021"))


def test_every_field_of_a_report_that_a_person_states_has_a_name(make):
    assert set(FIELDS) == set(type(make()).__slots__) - {"sha256"}


def test_a_files_name_that_stood_in_for_a_title_gives_way_to_one_that_is_stated(
    markdown_file, make
):
    known = make(title=markdown_file.stem, country=None)
    assert described(markdown_file, known=known).title != markdown_file.stem
    bare = describe(markdown_file, {}, b"", given={}, known=known, today=TODAY)
    assert bare.title == markdown_file.stem
