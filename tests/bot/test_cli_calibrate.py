"""The verdict is fitted to a library, kept beside it, and used."""

from pathlib import Path

import pytest

QUESTIONS = Path(__file__).resolve().parents[1] / "questions" / "digest.jsonl"


@pytest.fixture
def library(prepared, own_copy):
    return own_copy(prepared)


def test_a_library_gets_a_verdict_of_its_own(pincite, library):
    options = ["--library", str(library)]
    before = pincite("ask", "--explain", "What is songbun?", *options).out
    ran = pincite("calibrate", str(QUESTIONS), *options)
    assert ran.status == 0
    assert "unanswered questions; “answered” is said from a confidence of 0." in ran.out
    assert (library / "verdict.json").is_file()
    after = pincite("ask", "--explain", "What is songbun?", *options).out
    assert before.partition("answered from")[2][:6] != after.partition("answered from")[2][:6]


def test_too_few_questions_fit_nothing(pincite, library, tmp_path):
    few = tmp_path / "few.jsonl"
    few.write_text("".join(QUESTIONS.read_text("utf-8").splitlines(keepends=True)[:5]), "utf-8")
    ran = pincite("calibrate", str(few), "--library", str(library))
    assert ran.status == 2
    assert "fitting needs 30 of each" in ran.err
    assert not (library / "verdict.json").exists()


def test_a_verdict_that_cannot_be_read_is_named(pincite, library):
    (library / "verdict.json").write_text("{}", "utf-8")
    ran = pincite("ask", "What is songbun?", "--library", str(library))
    assert ran.status == 1
    assert "verdict.json is not what `pincite calibrate` writes" in ran.err
