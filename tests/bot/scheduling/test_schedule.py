"""A made-up asylum case with five issues: the schedule in every format, and its bundle."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from bot.assemble import Pincite
from bot.cli.progress import display
from bot.cli.schedule import _searched, _Source
from bot.scheduling.bundle import check
from bot.scheduling.issues import read_case
from bot.scheduling.layout import Notes, lay_out
from bot.scheduling.markdown import as_markdown
from bot.scheduling.pages import pages
from bot.scheduling.reading import ids_in, quotations_in
from bot.scheduling.schedule import make_schedule
from bot.scheduling.web import as_html
from bot.scheduling.word import as_word
from bot.settings import Settings
from corpus.citing.styles import Style
from corpus.scope import Scope
from tests.conftest import ROOT, run_main

CASE = ROOT / "tests" / "data" / "velmora-case"
FORMATS = ["docx", "html", "md"]


@pytest.fixture(scope="module")
def folder(with_invented, tmp_path_factory):
    folder = tmp_path_factory.mktemp("case") / "library"
    shutil.copytree(with_invented, folder)
    for name in ("inquiry.md", "bulletin.md"):
        ran = run_main("add", str(CASE / name), "--library", str(folder))
        assert ran.status == 0, ran.err
    return str(folder)


@pytest.fixture(scope="module")
def opened(folder):
    made = Pincite(Settings.read(library=folder), display)
    with made.library:
        yield made


@pytest.fixture(scope="module")
def made(opened):
    """As the command makes it with the reader's verdict, which the tests do without."""
    case = read_case((CASE / "issues.md").read_text(encoding="utf-8"), "issues.md")
    chosen = {
        0: "sent back from Kell were questioned",
        1: "61 people who had been held",
        2: "films or songs from Kell were sentenced",
        3: "fired without warning on boats",
    }
    passages = [
        passage
        for entry in opened.library.entries()
        for passage in opened.library.all_passages(entry.report.id)
    ]
    issues = [
        replace(
            issue,
            passages=tuple(
                passage.id
                for passage in passages
                if number in chosen and chosen[number] in passage.text
            ),
            questions=issue.questions if number not in chosen else (),
        )
        for number, issue in enumerate(case.issues)
    ]
    case = replace(case, issues=tuple(issues))
    return make_schedule(case, _Source(opened=opened, log=None), _searched(opened, case.scope), k=3)


def written(made, ending, notes=Notes.LINES, style=Style.TRIBUNAL):
    document = lay_out(made, notes, style)
    match ending:
        case "docx":
            return as_word(document)
        case "html":
            return as_html(document).encode()
        case _:
            return as_markdown(document).encode()


@pytest.mark.parametrize("notes", Notes)
@pytest.mark.parametrize("ending", FORMATS)
def test_every_extract_is_whole_and_cited_with_its_id_in_every_format(made, ending, notes):
    content = written(made, ending, notes)
    name = f"schedule.{ending}"
    assert len(made.extracts) == 4
    wanted = [" ".join(extract.passage.text.split()) for extract in made.extracts]
    assert quotations_in(name, content) == wanted
    assert ids_in(name, content) == [extract.passage.id for extract in made.extracts]


def test_an_issue_that_nothing_answers_says_what_was_searched(made, opened):
    text = written(made, "md").decode()
    last = text.split("## Issue 5")[1]
    found = re.search(
        r"Searched on \d+ \w+ \d{4} for “Are there shelters[^”]+” in (\d+) passages of the "
        r"library, only Velmora: found nothing that answers it\. Absence of information is not "
        r"evidence",
        last,
    )
    assert found is not None
    assert int(found[1]) == len(opened.library.numbers(Scope(country="Velmora")))
    assert _searched(opened, Scope(year=2022)).in_scope < opened.library.count()


def test_publishers_are_counted_once_and_an_author_stands_for_its_publisher(made, opened):
    assert [made.behind(found) for found in made.found] == [
        ["Inquiry into Detention in Velmora"],
        ["Inquiry into Detention in Velmora"],
        ["Harbour Lens"],
        ["Harbour Lens"],
        [],
    ]


def test_what_an_extract_leaves_out_of_its_section_is_counted_on_both_sides(made):
    first = made.extracts[0]
    assert (first.before.passages, first.before.words) == (0, 0)
    assert (first.after.passages, first.after.words) == (1, 39)
    assert "Left out of the section: 1 passage (39 words) after it." in written(made, "md").decode()


def test_a_passage_that_two_issues_need_is_shown_once_and_named_again(made, opened):
    issue = replace(made.case.issues[0], passages=(made.extracts[0].passage.id,), questions=())
    case = replace(made.case, issues=(issue, replace(issue, title="Again")))
    twice = make_schedule(case, _Source(opened=opened, log=None), made.searched, k=1)
    assert len(twice.extracts) == 1
    assert twice.behind(twice.found[1]) == ["Inquiry into Detention in Velmora"]
    assert "See also extract 1 above." in written(twice, "md").decode()


def test_the_sources_have_both_dates_and_the_schedule_its_reporting_period(made):
    text = written(made, "md").decode()
    assert "Reporting period of the sources: 2019 to 2021" in text
    sources = text.split("## Sources")[1]
    assert "published: 14 June 2022, accessed: 30 January 2026" in sources
    assert "published: 3 February 2022, accessed: 28 January 2026" in sources


def test_links_open_the_source_at_the_words(made):
    wanted = "https://inquiry.example.org/velmora/report#:~:text=Velmorans%20who"
    assert wanted in written(made, "md").decode()
    assert wanted in written(made, "html").decode()
    with zipfile.ZipFile(io.BytesIO(written(made, "docx"))) as archive:
        assert wanted in archive.read("word/_rels/document.xml.rels").decode()


def test_word_footnotes_are_word_s_own_and_each_is_named_once(made):
    with zipfile.ZipFile(io.BytesIO(written(made, "docx", Notes.FOOTNOTES, Style.NOTE))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for name, part in parts.items():
        ElementTree.fromstring(part.encode())
        assert "None" not in part, name
    named = re.findall(r'<w:footnoteReference w:id="(\d+)"/>', parts["word/document.xml"])
    assert named == ["1", "2", "3", "4"]
    for number in named:
        assert f'<w:footnote w:id="{number}">' in parts["word/footnotes.xml"]
    assert "word/footnotes.xml" in parts["[Content_Types].xml"]


def test_the_same_schedule_is_the_same_file(made):
    assert written(made, "docx") == written(made, "docx")


def test_what_word_cannot_hold_does_not_break_the_file(made):
    document = lay_out(made, Notes.LINES, Style.TRIBUNAL)
    strange = replace(document, title="a\x00b\ud800<&>\u202e")
    with zipfile.ZipFile(io.BytesIO(as_word(strange))) as archive:
        ElementTree.fromstring(archive.read("docProps/core.xml"))


def test_libreoffice_opens_it_with_as_many_pages_as_are_estimated(made, tmp_path):
    office, information = shutil.which("soffice"), shutil.which("pdfinfo")
    if not (office and information):
        pytest.skip("LibreOffice or pdfinfo is not installed")
    for notes in Notes:
        document = lay_out(made, notes, Style.NOTE)
        (tmp_path / "schedule.docx").write_bytes(as_word(document))
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        subprocess.run(
            [office, profile, "--headless", "--convert-to", "pdf", "schedule.docx"],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            timeout=180,
        )
        ran = subprocess.run(
            [information, "schedule.pdf"], cwd=tmp_path, check=True, capture_output=True, text=True
        )
        (count,) = re.findall(r"Pages: +(\d+)", ran.stdout)
        assert abs(pages(document) - int(count)) <= 1


@pytest.fixture
def bundled(made, folder, tmp_path, pincite):
    def bundle(ending="docx"):
        path = tmp_path / f"schedule.{ending}"
        path.write_bytes(written(made, ending))
        ran = pincite("bundle", str(path), "-o", str(tmp_path / "b.zip"), "--library", folder)
        return ran, tmp_path / "b.zip"

    return bundle


@pytest.mark.parametrize("ending", FORMATS)
def test_a_bundle_is_checked_without_the_library(bundled, pincite, tmp_path, ending):
    packed, path = bundled(ending)
    assert packed.status == 0, packed.err
    ran = pincite("bundle", "--check", str(path), "--library", str(tmp_path / "none"))
    assert ran.status == 0
    assert "4 quotations, 4 passages" in ran.out
    assert ran.out.splitlines()[-1] == packed.out.splitlines()[-1]
    assert not (tmp_path / "none").exists()


def altered(path, change):
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files["manifest.json"])
    change(manifest, files)
    files["manifest.json"] = json.dumps(manifest).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return check(made.getvalue()).wrong


def test_whatever_is_changed_in_a_bundle_is_found(bundled):
    _, path = bundled("md")
    schedule = "schedule/schedule.md"

    def words(manifest, files):
        passage = manifest["passages"][0]["passage"]
        passage["source"] = passage["source"].replace("six days", "ten days")

    def quotation(manifest, files):
        files[schedule] = files[schedule].replace(b"six days", b"ten days")

    def place(manifest, files):
        manifest["passages"][0]["passage"]["number"] = 7

    def missing(manifest, files):
        del manifest["passages"][0]

    assert altered(path, lambda *_: None) == ()
    assert "are not those that its id is made from" in altered(path, words)[0]
    changed, said = altered(path, quotation)
    assert "was changed after it was packed" in changed
    assert "no passage says “Velmorans who were sent back" in said
    assert "is not that of its report and place" in altered(path, place)[0]
    assert "is cited and not here" in altered(path, missing)[0]


def test_a_schedule_whose_words_were_changed_is_not_packed(made, folder, tmp_path, pincite):
    path = tmp_path / "schedule.md"
    path.write_bytes(written(made, "md").replace(b"six days", b"ten days"))
    ran = pincite("bundle", str(path), "-o", str(tmp_path / "b.zip"), "--library", folder)
    assert ran.status == 2
    assert "no passage says “Velmorans" in ran.err
    assert not (tmp_path / "b.zip").exists()


@pytest.mark.parametrize("content", [b"", b"PK", b"not a bundle", None])
def test_what_is_no_bundle_is_one_sentence(pincite, tmp_path, content):
    path = tmp_path / "b.zip"
    if content is not None:
        path.write_bytes(content)
    ran = pincite("bundle", "--check", str(path))
    assert (ran.status, ran.err.count("\n")) == (2, 1)


def test_the_command_writes_what_its_name_says_and_tells_what_to_look_at(pincite, folder, tmp_path):
    for ending in FORMATS:
        out = tmp_path / f"new/schedule.{ending}"
        ran = pincite("schedule", str(CASE / "issues.md"), "-o", str(out), "--library", folder)
        assert ran.status == 0, ran.err
        assert re.match(r"Wrote \S+: \d+ extracts, [\d,]+ words, about \d pages? of A4", ran.out)
        assert out.stat().st_size > 1_000
    few = pincite(
        *("schedule", str(CASE / "issues.md"), "-o", str(out), "--pages", "0"), "--library", folder
    )
    assert few.status == 3
    assert "are more than 0: leave questions out" in few.err
    bad = pincite("schedule", str(CASE / "issues.md"), "-o", "schedule.pdf", "--library", folder)
    assert bad.status == 2
    assert ".docx, .html, .md" in bad.err
