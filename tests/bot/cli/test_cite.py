"""`pincite cite`, `pincite resolve` and `--cite`, with a real library."""

import json
import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from bot.rendering.objects import schema
from corpus.citing.styles import NAMES
from tests.conftest import PAGE

QUESTION = "How many households had no water?"


@pytest.fixture
def folder(with_page, tmp_path):
    return str(shutil.copytree(with_page, tmp_path / "copy"))


@pytest.fixture
def asked(pincite, folder):
    def ask(*options):
        ran = pincite("ask", QUESTION, "--country", "Norland", *options, "--library", folder)
        assert ran.status in (0, 3), ran.err
        return ran.out

    return ask


@pytest.fixture
def name(asked):
    return json.loads(asked("--json"))["hits"][0]["passage_id"]


def test_the_same_citation_is_printed_wherever_a_style_is_asked_for(pincite, folder, asked, name):
    alone = pincite("cite", name, "--cite", "tribunal", "--library", folder).out
    assert alone.startswith("Excerpt from: Watch House, ‘Norland’")
    shown = pincite("show", name, "--cite", "tribunal", "--library", folder).out
    assert alone in shown
    assert " ".join(alone.split()) in " ".join(asked("--cite", "Tribunal").split())
    found = json.loads(asked("--json", "--cite", "tribunal"))
    assert found["hits"][0]["citation"]["text"] == alone.rstrip("\n")


def test_data_keeps_its_lines_in_an_answer(asked, name):
    shown = asked("--cite", "ris").splitlines()
    assert {"TY  - ELEC", f"ID  - {name}", "ER  -"} <= {line.rstrip() for line in shown}


def test_what_is_not_stated_is_said_apart_from_the_citation(pincite, folder, asked, name):
    alone = pincite("cite", name, "--library", folder).out
    assert "stated" not in alone
    assert "without pages; not stated: publication date, web address" in asked()
    citation = json.loads(asked("--json"))["hits"][0]["citation"]
    assert citation["not_stated"] == ["publication date", "web address"]
    assert name in citation["text"]


def test_a_style_that_there_is_not_is_one_sentence_with_those_that_there_are(pincite, folder, name):
    ran = pincite("cite", name, "--cite", "vancouver", "--library", folder)
    assert ran.status == 2
    assert all(style in ran.err for style in NAMES)


def test_all_that_a_citation_can_know_is_given_with_a_report_and_shown(pincite, folder, tmp_path):
    path = tmp_path / "wells.txt"
    path.write_text("Wells\n\nOnly two wells of sixty hold water.\n", encoding="utf-8")
    archive = "https://archive.example/web/20220502010101/https://example.org/wells"
    options = ["--author", "Inquiry into Water", "--number", "A/HRC/46/1", "--archived", archive]
    options += ["--publisher", "Watch House", "--url", "https://example.org/wells"]
    ran = pincite("add", str(path), *options, "--library", folder)
    assert ran.status == 0, ran.err
    (report,) = re.findall(r"Added (\S+)", ran.out)
    shown = pincite("show", report, "--library", folder).out
    for line in ("author +Inquiry into Water", "number +A/HRC/46/1", "captured +2022-05-02"):
        assert re.search(line, shown)
    bad = pincite("add", str(path), "--captured", "May", "--library", folder)
    assert bad.status == 2
    assert "captured 'May' is not a date" in bad.err


def test_a_passage_is_resolved_through_all_that_becomes_of_it(pincite, folder, name, tmp_path):
    def resolved(status):
        ran = pincite("resolve", name, "--library", folder)
        assert ran.status == status, ran.err
        return ran.out

    def add(text):
        path = tmp_path / "norland.txt"
        path.write_text(text, encoding="utf-8")
        options = ["--publisher", "Watch House", "--country", "Norland", "--period", "2021"]
        assert pincite("add", str(path), *options, "--library", folder).status == 0

    assert "It stands in the report as it was cited." in resolved(0)
    add(PAGE.replace("Right to water", "Water"))
    moved = resolved(3)
    assert "from section “Right to water”, para. 1 (counted)" in moved
    assert "to section “Water”, para. 1 (counted)" in moved
    assert moved.count("As cited from") == 2
    add(PAGE.replace("4,200 households", "5,100 households"))
    changed = resolved(3)
    assert "[-4,200-]{+5,100+}" in changed
    assert "4,200 households" in changed.split("As cited")[0]
    assert pincite("remove", "watch-house-norland-2021", "--library", folder).status == 0
    removed = resolved(3)
    assert re.match(r"Removed on \d+ \w+ \d{4}: passage [0-9a-f]{16} was in the report", removed)
    assert "households" not in removed


def test_what_never_was_cited_is_one_sentence(pincite, folder):
    ran = pincite("resolve", "0" * 16, "--library", folder)
    assert ran.status == 2
    assert ran.err.count("\n") == 1
    assert "pincite list" in ran.err


def test_the_schema_names_what_a_citation_knows():
    known = json.loads(schema())["$defs"]["citation"]["required"]
    assert {"author", "number", "archived", "captured", "not_stated"} <= set(known)


@pytest.mark.parametrize("command", ["ask", "show", "cite"])
def test_a_citation_that_is_not_what_was_stored_is_never_shown(pincite, folder, asked, command):
    passage_id = json.loads(asked("--json"))["hits"][0]["passage_id"]
    with sqlite3.connect(Path(folder) / "library.sqlite") as other:
        other.execute("UPDATE reports SET url = 'https://example.org/elsewhere'")
    other.close()
    what = [QUESTION, "--country", "Norland"] if command == "ask" else [passage_id]
    ran = pincite(command, *what, "--library", folder)
    assert ran.status == 1
    assert "elsewhere" not in ran.out
    assert "is not what was stored" in ran.err
    assert "pincite remove" in ran.err


def test_the_text_that_offsets_count_in_is_written_out_as_it_is_stored(
    pincite, folder, asked, tmp_path
):
    hit = json.loads(asked("--json"))["hits"][0]
    path = tmp_path / "norland.txt"
    for name in (hit["citation"]["report_id"], hit["passage_id"]):
        assert pincite("show", name, "--text", str(path), "--library", folder).status == 0
        text = path.read_bytes().decode("utf-8")
        assert text == PAGE
        place = hit["offsets"]["passage"]
        assert "4,200 households without water" in text[place["start"] : place["stop"]]
        path.unlink()
    ran = pincite("show", "nothing", "--text", str(path), "--library", folder)
    assert (ran.status, path.exists()) == (2, False)
