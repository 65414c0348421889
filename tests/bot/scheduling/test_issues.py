"""The issues of a case, read from Markdown and TOML, and what is refused."""

import pytest

from bot.scheduling.issues import Case, Issue, read_case
from corpus.errors import WrongUse

MARKDOWN = """# The appeal of Ms A.

country: Velmora
year: 2021

## Return

- How are people treated who are sent back?
- passage 0123456789abcdef
* fedcba9876543210

## Prisons

- How are prisoners treated?
"""
TOML = """title = "The appeal of Ms A."
country = "Velmora"
year = 2021

[[issue]]
title = "Return"
questions = ["How are people treated who are sent back?"]
passages = ["0123456789abcdef", "fedcba9876543210"]

[[issue]]
title = "Prisons"
questions = ["How are prisoners treated?"]
"""


def test_both_forms_say_the_same():
    case = Case(
        title="The appeal of Ms A.",
        country="Velmora",
        year=2021,
        issues=(
            Issue(
                title="Return",
                questions=("How are people treated who are sent back?",),
                passages=("0123456789abcdef", "fedcba9876543210"),
            ),
            Issue(title="Prisons", questions=("How are prisoners treated?",)),
        ),
    )
    assert read_case(MARKDOWN, "case.md") == case
    assert read_case(TOML, "case.toml") == case


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.md", "", "a.md has no issue"),
        ("a.md", "# Title\n", "has no issue"),
        ("a.md", "## Return\n", "'Return' in a.md has neither"),
        ("a.md", "## Return\nSome words.\n", "line 2 of a.md is not understood ('Some words.')"),
        ("a.md", "- What?\n", "line 1 of a.md"),
        ("a.md", "year: last\n## A\n- b\n", "the year 'last' in line 1 of a.md"),
        ("a.toml", "title = ", "is not valid TOML"),
        ("a.toml", "titel = 'x'", "the field 'titel'"),
        ("a.toml", "issue = 1", "is not a list of tables"),
        ("a.toml", "[[issue]]\nquestions = ['a']", "an issue in a.toml has no title"),
        ("a.toml", "[[issue]]\ntitle = 'x'\nquestions = 'a'", "questions in a.toml is not a list"),
        ("a.toml", "title = 3", "title in a.toml is not a text"),
    ],
)
def test_what_is_not_understood_is_named_with_what_to_write(name, text, says):
    with pytest.raises(WrongUse) as refused:
        read_case(text, name)
    assert says in str(refused.value)
