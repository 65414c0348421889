"""The country that a report seems to be on."""

import pytest

from corpus.guessing import country_guess
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
