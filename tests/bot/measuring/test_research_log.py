"""The research log: what it keeps, how a change of it is found, what a replay says."""

import json
import shutil
import stat

import pytest

from bot.measuring.research_log import read_log
from corpus.errors import WrongUse
from tests.conftest import PAGE

QUESTIONS = ["Where did wells run dry?", "Who struck at Orrest?", "Is there a league of football?"]


@pytest.fixture
def folder(with_page, tmp_path):
    return str(shutil.copytree(with_page, tmp_path / "copy"))


@pytest.fixture
def log(pincite, folder, tmp_path):
    path = tmp_path / "research.jsonl"
    for question in QUESTIONS:
        options = ["--country", "Norland", "--log", str(path)]
        ran = pincite("ask", question, *options, "--library", folder)
        assert ran.status in (0, 3), ran.err
    return path


def test_a_line_has_what_it_takes_to_ask_again(log):
    lines = read_log(log)
    assert [line.question for line in lines] == QUESTIONS
    assert {line.scope.country for line in lines} == {"Norland"}
    assert all(line.k == 3 and line.setting.model and line.time for line in lines)
    assert "watch-house-norland-2021" in lines[2].setting.reports
    raw = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert raw[1]["reports"] is None  # once a library
    assert raw[1]["previous"] == raw[0]["hash"]
    assert all(one["passage"] in one["citation"] for line in raw for one in line["results"])


def test_only_its_owner_reads_it(log):
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_nothing_is_kept_unless_asked_for(pincite, folder, tmp_path):
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    pincite("ask", "Where did wells run dry?", "--library", folder)
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"Where did wells run dry" not in content
    assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} == {
        path.suffix for path in before
    }


def test_the_same_library_gives_the_same_answers(pincite, folder, log):
    ran = pincite("replay", str(log), "--library", folder)
    assert (ran.status, ran.out) == (0, "3 of 3 answers are the same.\n")


def test_a_replay_says_what_changed_and_why(pincite, folder, log, tmp_path):
    path = tmp_path / "norland.txt"
    path.write_text(PAGE.replace("4,200 households", "5,100 households"), encoding="utf-8")
    options = ["--publisher", "Watch House", "--country", "Norland", "--period", "2021"]
    assert pincite("add", str(path), *options, "--library", folder).status == 0
    ran = pincite("replay", str(log), "--library", folder)
    assert ran.status == 3
    assert "Changed: Where did wells run dry?" in ran.out
    assert "rank 1 was passage " in ran.out
    assert "the report watch-house-norland-2021 has another version" in ran.out


def changed(log, change):
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    log.write_text("".join(change(lines)), encoding="utf-8")
    return lines


@pytest.mark.parametrize(
    ("change", "number"),
    [
        (lambda lines: [lines[0].replace("wells", "wolves"), *lines[1:]], 1),
        (lambda lines: [lines[0], lines[2]], 2),
        (lambda lines: [lines[1], lines[0], lines[2]], 1),
        (lambda lines: [*lines, lines[2]], 4),
        (lambda lines: [*lines[:2], lines[2][:40]], 3),
        (lambda lines: ["[]\n", *lines], 1),
    ],
)
def test_a_line_that_is_changed_taken_out_or_put_in_is_found(log, change, number):
    changed(log, change)
    with pytest.raises(WrongUse, match=f"line {number} of"):
        read_log(log)


def test_nothing_is_added_to_a_log_whose_last_line_was_changed(pincite, folder, log):
    changed(log, lambda lines: [*lines[:2], lines[2].replace("league", "leagues")])
    before = log.read_bytes()
    ran = pincite("ask", "Where?", "--log", str(log), "--library", folder)
    assert ran.status == 2
    assert "begin a new log" in ran.err
    assert log.read_bytes() == before


def test_a_log_goes_on_after_a_line_that_a_kill_cut_short(pincite, folder, log):
    *before, last = log.read_bytes().splitlines(keepends=True)
    for length in (1, 40, len(last) - 3):
        log.write_bytes(b"".join(before) + last[:length])
        ran = pincite("ask", QUESTIONS[2], "--log", str(log), "--library", folder)
        assert ran.status in (0, 3), ran.err
        assert [line.question for line in read_log(log)] == QUESTIONS


@pytest.mark.parametrize("content", [b"a note of my own", b"\x89PNG\r", b"{}", b"0"])
def test_a_file_of_something_else_is_left_as_it_is(pincite, folder, tmp_path, content):
    path = tmp_path / "mine"
    path.write_bytes(content)
    ran = pincite("ask", QUESTIONS[0], "--log", str(path), "--library", folder)
    assert (ran.status, path.read_bytes()) == (2, content)
