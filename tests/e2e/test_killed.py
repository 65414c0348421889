"""`pincite add` killed at any moment leaves a library that answers as before."""

import json
import random
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.storage.library import Library

MOMENTS = 20
QUESTION = "How many people fled to the South in 2021?"


class Forking:
    """A process that runs commands in processes of their own."""

    def __init__(self, root):
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", str(Path(__file__).with_name("forking.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=root,
        )

    def __call__(self, *arguments, kill_after=None):
        print(
            json.dumps({"arguments": list(map(str, arguments)), "kill_after": kill_after}),
            file=self._process.stdin,
            flush=True,
        )
        return json.loads(self._process.stdout.readline())

    def close(self):
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait(30)


@pytest.fixture
def forking(home, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", ":".join(path for path in sys.path if path))
    running = [Forking(home), Forking(home)]
    yield running
    for process in running:
        process.close()


@pytest.fixture
def report(tmp_path):
    """Ten paragraphs, in which nothing answers the question."""
    path = tmp_path / "norland.txt"
    chance = random.Random(3)
    words = ("wells", "march", "permit", "harbour", "storm", "miners", "law", "water", "valley")
    paragraphs = [f"{' '.join(chance.choices(words, k=50)).capitalize()}." for _ in range(10)]
    path.write_text("Norland\n\n" + "\n\n".join(paragraphs) + "\n", encoding="utf-8")
    return path


def answer(run, library):
    ran = run("ask", QUESTION, "--json", "--library", library)
    assert ran["status"] == 3, ran
    return json.loads(ran["out"])


def reports(run, library):
    """How many reports a library holds that is sound."""
    ran = run("status", "--library", library)
    assert ran["status"] == 0, ran
    assert "sound" in ran["out"]
    return int(re.search(r"reports +(\d+)", ran["out"])[1])


def moments(longest):
    """A moment of each twentieth of the time that adding takes."""
    return [(part + random.random()) / MOMENTS * longest for part in range(MOMENTS)]


def test_an_addition_killed_at_twenty_moments(forking, prepared, report, tmp_path):
    run, _ = forking
    before = answer(run, prepared)
    whole = tmp_path / "whole"
    shutil.copytree(prepared, whole)
    added = run("add", report, "--library", whole)
    assert added["status"] == 0, added
    # What is rare in a larger library weighs a little more.
    after = answer(run, whole)
    assert [hit["text"] for hit in after["hits"]] == [hit["text"] for hit in before["hits"]]
    killed = 0
    for part, moment in enumerate(moments(added["seconds"])):
        library = tmp_path / "killed"
        shutil.copytree(prepared, library)
        ran = run("add", report, "--library", library, kill_after=moment)
        killed += ran["status"] == -9
        assert ran["status"] in (-9, 0), (moment, ran)
        assert answer(run, library) == [before, after][reports(run, library) - 1], moment
        if part % 5 == 0:
            assert run("add", report, "--library", library)["status"] == 0, moment
            assert reports(run, library) == 2, moment
        shutil.rmtree(library)
    assert killed >= MOMENTS // 2


def test_a_first_start_killed_at_some_moments(forking, report, tmp_path):
    run, _ = forking
    first = tmp_path / "first"
    whole = run("add", report, "--library", first)
    assert whole["status"] == 0, whole
    before = answer(run, first)
    for moment in moments(whole["seconds"])[4::9]:
        library = tmp_path / "killed"
        run("add", report, "--library", library, kill_after=moment)
        assert run("add", report, "--library", library)["status"] == 0, moment
        assert answer(run, library) == before, moment
        assert reports(run, library) == 2
        shutil.rmtree(library)


def test_two_processes_that_add_and_ask_at_once(forking, prepared, report, tmp_path):
    library = tmp_path / "shared"
    shutil.copytree(prepared, library)
    texts = report.read_text("utf-8")

    def add(run, number):
        path = report.with_name(f"part-{number}.txt")
        path.write_text(texts.replace("Norland", f"Norland {number}", 1), encoding="utf-8")
        ran = run("add", path, "--library", library)
        return ran["status"], ran["err"], answer(run, library)["verdict"]

    with ThreadPoolExecutor(2) as pool:
        for turn in range(4):
            found = pool.map(add, forking, [2 * turn, 2 * turn + 1])
            assert list(found) == [(0, "", "perhaps")] * 2
    with Library(library) as opened:
        assert len(opened.entries()) == 9
        assert opened.damage() is None
