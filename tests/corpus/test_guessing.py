"""The country and the year that a report seems to be on."""

import pytest

from corpus.guessing import country_guess, period_guess
from corpus.readers.document import Document


@pytest.mark.parametrize(
    ("title", "url", "country"),
    [
        ("2021 Country Reports: North Korea", None, "North Korea"),
        ("Democratic People’s Republic of Korea", None, "North Korea"),
        ("Events of 2021", "https://watch.example/world-report/2022/country-chapters/chad", "Chad"),
        ("Chad and Niger", "https://watch.example/chad", None),
        ("Events of 2021", "https://watch.example/2022", None),
        ("Norland", None, None),
    ],
)
def test_a_country_is_guessed_where_one_alone_is_named(title, url, country):
    metadata = {"title": title} | ({"url": url} if url else {})
    document = Document(text="Words.", blocks=(), metadata=metadata)
    assert country_guess(document).get("country") == country


@pytest.mark.parametrize(
    ("title", "url", "year"),
    [
        ("The State of Liberties 2023", None, "2023"),
        ("2021 Reports", "https://watch.example/2024/reports", "2021"),
        ("Norland", "https://watch.example/world-report/2022/norland", "2022"),
        ("Housing, 2007 and 2009", "https://watch.example/2011/housing", None),
        ("Order 20210 of the ministry", None, None),
    ],
)
def test_a_year_is_guessed_where_one_alone_is_named(title, url, year):
    metadata = {"url": url} if url else {}
    document = Document(text="Words.", blocks=(), metadata=metadata, guesses={"title": title})
    assert period_guess(document).get("period") == year
