"""How far the estimate of a schedule's pages is from LibreOffice's count, over schedules of all
sizes that are filed and more.

python tests/bench/schedule_pages.py   (needs soffice and pdfinfo)
"""

import datetime
import re
import subprocess
import tempfile
from pathlib import Path

from bot.scheduling.issues import Case, Issue
from bot.scheduling.layout import Notes, lay_out
from bot.scheduling.pages import pages
from bot.scheduling.schedule import Extract, Found, LeftOut, Schedule, Searched
from bot.scheduling.word import as_word
from corpus.citing.styles import Style
from tests.conftest import ROOT, read_report

SIZES = [1, 4, 8, 16, 24, 36, 48]


def schedule_of(count: int) -> Schedule:
    """So many extracts of the invented report, three an issue."""
    _, _, passages = read_report(
        ROOT / "tests" / "data" / "velmora-2021.txt",
        publisher="Lantern Watch",
        url="https://example.org/velmora/yearbook/2021",
        published="2022-03-29",
        period="2021",
    )
    side = LeftOut(passages=2, words=120)
    extracts = [
        Extract(number=n + 1, passage=passages[n % len(passages)], before=side, after=side)
        for n in range(count)
    ]
    found = [
        Found(
            issue=Issue(title="What is in dispute here"),
            extracts=tuple(extracts[start : start + 3]),
            shown_before=(),
            unanswered=("Is there a shelter for those who flee from their families?",),
        )
        for start in range(0, count, 3)
    ]
    day = datetime.date(2026, 1, 31)
    return Schedule(
        case=Case(title="The appeal of Ms A.", issues=tuple(one.issue for one in found)),
        searched=Searched(day=day, reports=3, passages=47, in_scope=47, fingerprint="0" * 64),
        found=tuple(found),
    )


def counted(content: bytes) -> int:
    """The pages that LibreOffice makes of a Word file."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "schedule.docx").write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "schedule.docx"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        ran = subprocess.run(
            ["pdfinfo", "schedule.pdf"], cwd=folder, check=True, capture_output=True, text=True
        )
    (count,) = re.findall(r"Pages: +(\d+)", ran.stdout)
    return int(count)


if __name__ == "__main__":
    print("notes       extracts  estimated  LibreOffice")
    for notes in Notes:
        for size in SIZES:
            document = lay_out(schedule_of(size), notes, Style.NOTE)
            print(f"{notes:<12}{size:>8}{pages(document):>11}{counted(as_word(document)):>13}")
