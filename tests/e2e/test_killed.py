"""Killed at any moment, or at work twice at once: a library answers as before or as after."""

import json
import random
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.storage.library import Library

ROOT = Path(__file__).parents[2]
# One of each way; tests/bench/kills.py has more.
KILLS = 12
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

    def __call__(self, *arguments):
        print(json.dumps(list(map(str, arguments))), file=self._process.stdin, flush=True)
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


def test_each_way_of_writing_survives_kills(home):
    ran = subprocess.run(
        [sys.executable, ROOT / "tests" / "bench" / "kills.py", str(KILLS)],
        capture_output=True,
        cwd=home,
        check=False,
    )
    found = json.loads(ran.stdout)["ways"]
    assert [(way, one["wrong"]) for way, one in found.items() if one["wrong"]] == []
    assert sum(one["moments"] for one in found.values()) == KILLS
    assert sum(one["killed"] for one in found.values()) > KILLS // 2


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
