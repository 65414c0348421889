"""PINCITE_DEBUG: the traceback of a failed command, for the one who asks for it."""

import pytest

from bot.assemble import Pincite

QUESTION = "Is this shown to nobody?"


@pytest.fixture
def failing(pincite, prepared, monkeypatch):
    """`pincite ask` of which a part breaks, with what it says."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError(QUESTION)

    monkeypatch.setattr(Pincite, "ask", broken)
    return lambda: pincite("ask", QUESTION, "--library", str(prepared))


@pytest.mark.parametrize("value", [None, "", "0"])
def test_a_failure_shows_no_traceback_and_no_question_by_itself(failing, monkeypatch, value):
    if value is not None:
        monkeypatch.setenv("PINCITE_DEBUG", value)
    ran = failing()
    assert ran.status == 1
    assert "Traceback" not in ran.err
    assert QUESTION not in ran.err
    assert ran.err.startswith("pincite: something that should not happen did (ZeroDivisionError")


def test_with_the_setting_the_traceback_comes_after_a_warning(failing, monkeypatch):
    monkeypatch.setenv("PINCITE_DEBUG", "1")
    ran = failing()
    assert ran.status == 1
    warning, traceback, *_ = ran.err.splitlines()
    assert "can show a question" in warning
    assert traceback == "Traceback (most recent call last):"
    assert "ZeroDivisionError: Is this shown to nobody?" in ran.err
    assert ran.err.splitlines()[-1].startswith("pincite: something that should not happen did")


def test_wrong_use_has_its_traceback_too(pincite, prepared, monkeypatch):
    monkeypatch.setenv("PINCITE_DEBUG", "1")
    ran = pincite("show", "no-such\x1b[31m", "--library", str(prepared))
    assert ran.status == 2
    assert "NotInLibrary" in ran.err
    assert "\x1b" not in ran.err
