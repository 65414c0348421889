import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from embeddings.evaluation.page import page
from embeddings.evaluation.run import Run

pytest.importorskip("scipy", reason="a light installation measures nothing")

CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "chrome"])), None)
# Asks the page to filter, then to sort, and writes what it then shows where a dump has it.
DRIVER = """<script>
document.getElementById("result").value = "wrong";
document.getElementById("result").dispatchEvent(new Event("input"));
const shown = () => [...document.querySelectorAll(".questions tbody tr:not([hidden])")]
  .map((row) => row.cells[0].textContent).join(" ");
const said = [document.getElementById("count").textContent, shown()];
document.querySelectorAll(".questions th")[5].click(); said.push(shown());
document.querySelectorAll(".questions th")[5].click(); said.push(shown());
document.getElementById("find").value = "what of Q-c";
document.getElementById("find").dispatchEvent(new Event("input")); said.push(shown());
said.push(document.documentElement.scrollWidth <= innerWidth ? "fits" : "too wide");
document.title = said.join("|");
</script>"""


@pytest.fixture(scope="module")
def made(passages, question, outcome, hit):
    def asked(name, **fields):
        return question(name, question=f"What of q-{name} <b>?", kind="a & b", **fields)

    first, second, _ = passages
    gold = {first.id: 1}
    outcomes = [
        outcome(
            "a", [first.id], gold, "answered", 0.9, question=asked("a"), hits=[hit(first, 0, 21)]
        ),
        outcome("b", [second.id], gold, "answered", 0.8, question=asked("b"), hits=[hit(second)]),
        outcome("c", [second.id], gold, "closest", 0.3, question=asked("c"), seconds=0.02),
        outcome("d", [second.id], {}, "answered", 0.7, question=asked("d"), hits=[hit(second)]),
        outcome("e", [second.id], {}, "outside", 0.1, question=asked("e"), seconds=0.01),
    ]
    sections = {"a": "Water", "b": "Water", "c": "Water"}
    return page(Run.of("full", outcomes, about={"model": "m<1>"}, sections=sections), passages)


ALONE = frozenset({"meta", "input", "rect", "line", "circle", "polygon", "polyline"})


class Balanced(HTMLParser):
    """Refuses tags that do not nest."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in ALONE:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in ALONE:
            assert self.open.pop() == tag


def test_the_page_is_whole_escapes_what_it_shows_and_loads_nothing(made):
    parser = Balanced()
    parser.feed(made)
    assert parser.open == []
    assert "What of q-a &lt;b&gt;?" in made
    assert "m&lt;1&gt;" in made
    assert not re.search(r"(src|href)=|url\(|@import|fetch\(|XMLHttp", made)
    assert "default-src 'none'" in made


def test_a_row_shows_what_came_with_its_highlight_and_what_was_expected(made):
    (row,) = re.findall(
        r'(?s)<tr data-kind="a &amp; b" data-result="wrong">\s*<td[^>]*>b</td>.*?</tr>', made
    )
    assert "Came first: section" in row
    assert "<mark>A permit is demanded" in row
    assert "Expected: section “Water”, para. 1" in row
    assert row.index("Came first") < row.index("Expected")


HOSTILE = """</script><script>"'&amp;<b onclick='x'>{{ 7 * 7 }}"""


def test_nothing_that_a_person_or_a_report_wrote_becomes_markup(passages, question, outcome, hit):
    first, second, _ = passages
    harmful = replace(first, source=HOSTILE, stop=first.start + len(HOSTILE), section=(HOSTILE,))
    asked = question(
        HOSTILE, question=HOSTILE, kind=HOSTILE, turns=(HOSTILE,), evidence=(HOSTILE, HOSTILE)
    )
    outcomes = [
        outcome(
            "a", [harmful.id], {second.id: 1}, "answered", 0.9, question=asked, hits=[hit(harmful)]
        ),
        outcome("b", [second.id], {harmful.id: 1}, "answered", 0.9, hits=[hit(second)]),
    ]
    about = {HOSTILE: HOSTILE, "questions": HOSTILE}
    made = page(Run.of("full", outcomes, about=about, sections={"a": HOSTILE}), [harmful, second])
    parser = Balanced()
    parser.feed(made)
    assert parser.open == []
    assert made.count("<script") == made.count("</script") == 1
    assert "<b" not in made.replace("<body", "").replace("<blockquote", "").replace("<button", "")
    assert made.count("{{ 7 * 7 }}") > 12


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_filters_and_sorts_in_a_browser(made, tmp_path, width):
    path, frame = tmp_path / "page.html", tmp_path / "frame.html"
    path.write_text(made.replace("</body>", f"{DRIVER}</body>"), encoding="utf-8")
    # A window is never narrower than 500 pixels; a frame is.
    frame.write_text(
        f'<iframe src="page.html" style="width:{width}px;height:900px"></iframe><script>'
        "onload = () => { document.title = frames[0].document.title; };</script>"
    )
    done = subprocess.run(
        [
            *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu"),
            *("--allow-file-access-from-files", f"--user-data-dir={tmp_path / 'profile'}"),
            *(f"--window-size={max(width, 500)},1000", "--virtual-time-budget=5000", "--dump-dom"),
            frame.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    title = re.search(r"<title>(.*?)</title>", done.stdout)
    assert title, done.stdout
    assert title[1].split("|") == ["3 of 5", "b c d", "c d b", "b d c", "c", "fits"]
