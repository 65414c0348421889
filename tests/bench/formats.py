"""Measures whether one report answers alike in each of the formats that it comes in.

    python tests/bench/formats.py [--no-reader] [FILE...]

Each FILE of tests/data/annual/ (by default the five formats, its PDF by Typst) is added to a
library of its own and asked the 40 questions of questions.jsonl there. Printed are how often the
first passage is the paragraph that answers, by format, how often its text is the same in all, and
every question where it is not. A share's interval is Wilson's, 95 %.
"""

import json
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.assemble import Pincite
from bot.cli.progress import display
from bot.settings import Settings
from corpus.intake import load
from corpus.scope import Scope
from tests.bench.readers import SAMPLES, share

FORMATS = ("annual-typst.pdf", "annual.html", "annual.docx", "annual.md", "annual.txt")
# The same of every file, so that what is searched beside the text is the same, too.
STATED = {"title": "The State of Liberties 2023", "publisher": "Lantern Watch", "id": "annual"}


def main(*given: str) -> None:
    """Print the shares, then every question that is answered by different passages."""
    files = [name for name in given if not name.startswith("--")] or list(FORMATS)
    lines = (SAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line) for line in lines]
    questions = [one["question"] for one in asked]
    firsts = {name: _firsts(name, questions, "--no-reader" not in given) for name in files}
    for name, texts in firsts.items():
        right = [one["paragraph"] in text for one, text in zip(asked, texts, strict=True)]
        print(f"{name}: {share('first passage answers', right)}")
    found = list(zip(*firsts.values(), strict=True))
    print(share("same first passage in all", [len(set(texts)) == 1 for texts in found]))
    for question, texts in zip(questions, found, strict=True):
        if len(set(texts)) > 1:
            print(f"{question}")
            for name, text in zip(files, texts, strict=True):
                print(f"    {name}: ({len(text)}) {text[:70]!r} ... {text[-40:]!r}")


def _firsts(name: str, questions: list[str], reads: bool) -> list[str]:
    """The text of the first passage for each question; blanks and ends of lines are one."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.read({}, library=folder, reads=reads)
        pincite = Pincite(settings, display)
        pincite.add(load(SAMPLES / name, STATED))
        scope = Scope(report=STATED["id"])
        answers = [pincite.ask(question, k=1, scope=scope) for question in questions]
    return [" ".join(answer.hits[0].passage.text.split()) for answer in answers]


if __name__ == "__main__":
    main(*sys.argv[1:])
