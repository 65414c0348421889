"""The verdict is fitted to a library, kept beside it, and used."""

import json
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from bot.rendering.objects import schema

pytest.importorskip("sklearn", reason="a light installation calibrates nothing")

QUESTIONS = Path(__file__).resolve().parents[2] / "questions" / "digest.jsonl"


@pytest.fixture
def library(prepared, own_copy):
    return own_copy(prepared)


def test_a_library_gets_a_verdict_of_its_own(pincite, library):
    options = ["--library", str(library)]
    before = pincite("ask", "--explain", "What is songbun?", *options).out
    ran = pincite("calibrate", str(QUESTIONS), *options)
    assert ran.status == 0
    assert "unanswered questions; “perhaps” is said from a confidence of 0." in ran.out
    assert (library / "verdict.json").is_file()
    after = pincite("ask", "--explain", "What is songbun?", *options).out
    assert before.partition("perhaps from")[2][:6] != after.partition("perhaps from")[2][:6]


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
    assert "verdict.json is not a verdict that Pincite fitted; remove it" in ran.err


@pytest.fixture(scope="module")
def with_tiny(prepared, tiny_model, pincite, tmp_path_factory):
    """A library encoded with a model that no verdict is fitted to, and the options that name it."""
    folder = tmp_path_factory.mktemp("with-tiny") / "library"
    shutil.copytree(prepared, folder)
    options = ["--library", str(folder), "--model", str(tiny_model)]
    assert pincite("rebuild", *options).status == 0
    return options


def test_a_model_without_a_verdict_shows_the_closest_and_says_why(pincite, with_tiny):
    ran = pincite("ask", "What is songbun?", *with_tiny)
    said = " ".join(ran.out.split())
    assert ran.status == 3
    assert "Pincite cannot tell whether these reports answer this. The closest:" in said
    assert "No verdict is fitted to the model tiny@" in said
    assert "`pincite calibrate FILE... --model NAME` fits one" in said
    assert "These reports do not" not in said
    assert "para." in said
    assert "▌" not in said
    explained = pincite("ask", "--explain", "What is songbun?", *with_tiny).out
    assert "closest, confidence 0.00 (no verdict is fitted to the model)" in explained


def test_a_model_without_a_verdict_says_so_in_json(pincite, with_tiny):
    ran = pincite("ask", "--json", "What is songbun?", *with_tiny)
    found = json.loads(ran.out)
    Draft202012Validator(json.loads(schema())).validate(found)
    assert ran.status == 3
    assert (found["verdict"], found["confidence"], found["judged"]) == ("closest", 0, False)
    assert found["reason"].startswith("No verdict is fitted to the model tiny@")
    assert found["hits"]


def test_a_model_without_a_verdict_says_so_in_a_chat(pincite, with_tiny):
    ran = pincite("chat", *with_tiny, stdin="What is songbun?\n/explain\n")
    said = " ".join(ran.out.split())
    assert "≈ Pincite cannot tell whether these reports answer this. The closest:" in said
    assert "No verdict is fitted to the model tiny@" in said
    assert "(no verdict is fitted to the model)" in said


def test_a_country_that_no_report_is_about_is_said_without_a_verdict_too(pincite, with_tiny):
    found = json.loads(pincite("ask", "--json", "Who was shot in Norway?", *with_tiny).out)
    assert found["verdict"] == "outside"
    assert "Norway" in found["reason"]


def test_a_judged_answer_says_that_it_is(pincite, library):
    options = ["--library", str(library)]
    found = json.loads(pincite("ask", "--json", "What is songbun?", *options).out)
    assert (found["verdict"], found["judged"], found["reason"]) == ("perhaps", True, None)


def test_a_verdict_holds_for_the_model_that_it_was_fitted_to(pincite, with_tiny, own_copy):
    library = own_copy(Path(with_tiny[1]))
    options = ["--library", str(library), *with_tiny[2:]]
    assert pincite("calibrate", str(QUESTIONS), *options).status == 0
    written = json.loads((library / "verdict.json").read_text("utf-8"))["model"]
    assert written["encoder"].startswith("tiny@")

    # "What is songbun?" finds nothing by random weights; what stands word for word is found.
    ran = pincite("ask", "--json", "The COVAX initiative offered help with vaccines.", *options)
    assert json.loads(ran.out)["judged"]
    assert json.loads(ran.out)["verdict"] == "perhaps"
    # Where nothing tells what the library is not about, nothing is said to be outside it.
    assert json.loads(pincite("ask", "--json", "zzz", *options).out)["verdict"] != "outside"

    # Encoded with the default model again, the library is judged by the verdict of that one.
    default = ["--library", str(library)]
    assert pincite("rebuild", *default).status == 0
    explained = pincite("ask", "--explain", "What is songbun?", *default).out
    assert "(perhaps from 0.43; without a reader nothing is answered)" in explained
