"""Many files at once: each by itself, what went wrong, and what a second time does."""

import json
import re
import signal
import sqlite3
import subprocess
import sys

import pytest

from corpus.storage.library import FILE_NAME


@pytest.fixture
def folder(tmp_path):
    """Three reports, one of them deeper, one that cannot be read, and what is no report."""
    reports = tmp_path / "reports"
    (reports / "more").mkdir(parents=True)
    for name, words in [("a", "Wells"), ("b", "Rivers"), ("more/c", "Lakes")]:
        (reports / f"{name}.md").write_text(f"# {words}\n\n{words} ran dry.\n", "utf-8")
    (reports / "bad.txt").write_bytes(b"words\0words")
    (reports / "a.toml").write_text('country = "Norland"\n', "utf-8")
    (reports / "picture.png").write_bytes(b"\x89PNG")
    (reports / ".hidden.md").write_text("# Hidden\n\nIt is.\n", "utf-8")
    (reports / "~$c.docx").write_bytes(b"lock")
    return reports


@pytest.fixture
def run(pincite, prepared, own_copy):
    library = own_copy(prepared)

    def running(*arguments):
        return pincite(*map(str, arguments), "--library", str(library))

    running.library = library
    return running


def titles(run):
    return set(re.findall(r"“(.*?)”", run("list").out)) - {"North Korea 2021"}


def test_a_folder_is_added_past_a_bad_file_and_summed_up(run, folder):
    ran = run("add", folder, "--period", "2021")
    assert ran.status == 1
    assert "bad.txt is a binary file" in ran.err
    assert ran.out.count("Added ") == 3
    assert ran.out.splitlines()[-3:] == [
        "4 files: 3 added, 1 failed.",
        f"Failed: {folder / 'bad.txt'}",
        "Left alone: 1 .png file.",
    ]
    assert {"Wells", "Rivers", "Lakes"} <= titles(run)
    assert "Hidden" not in titles(run)
    assert re.search(r"country +Norland", run("show", "a").out)


def test_the_same_again_skips_what_is_unchanged_and_takes_what_changed(run, folder):
    (folder / "bad.txt").unlink()
    assert run("add", folder).status == 0
    (folder / "b.md").write_text("# Rivers\n\nRivers rose.\n", "utf-8")
    ran = run("add", folder)
    assert ran.status == 0
    assert "3 files: 2 unchanged, 1 new version." in ran.out or (
        "3 files: 1 new version, 2 unchanged." in ran.out
    )
    assert ran.out.count("nothing changed") == 2


def test_what_tells_of_a_folder_is_left_alone_unless_it_is_named(run, tmp_path):
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "README.md").write_text("# Reports\n\nHere they are.\n", "utf-8")
    (reports / "a.md").write_text("# Wells\n\nWells ran dry.\n", "utf-8")
    said = f"Left alone: {reports / 'README.md'}, which tells of its folder; to add it all the same"
    assert said in run("add", reports).out
    assert titles(run) == {"Wells"}
    assert run("add", reports, reports / "README.md").out.count("Left alone") == 0
    assert titles(run) == {"Wells", "Reports"}


def test_a_pattern_means_what_it_matches(run, folder):
    ran = run("add", f"{folder}/**/?.md")
    assert (ran.status, "3 files: 3 added." in ran.out) == (0, True)
    ran = run("add", f"{folder}/*.pdf")
    assert ran.status == 2
    assert "holds no file that Pincite reads" in ran.err


def test_no_link_is_followed_out_of_a_folder(run, folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("# Secret\n\nIt is.\n", "utf-8")
    (folder / "link.md").symlink_to(outside / "secret.md")
    (folder / "folder").symlink_to(outside, target_is_directory=True)
    (folder / "circle").symlink_to(folder, target_is_directory=True)
    ran = run("add", folder)
    assert "4 files: 3 added, 1 failed." in ran.out
    assert "Secret" not in titles(run)


def test_what_is_said_of_one_report_is_refused_for_several(run, folder):
    ran = run("add", folder, "--title", "Wells")
    assert ran.status == 2
    assert "--title says something of one report, and there are 4 files" in ran.err
    assert "Wells" not in titles(run)


def test_a_dry_run_shows_the_outline_and_adds_nothing(run, folder, tmp_path, pincite):
    ran = run("add", folder / "a.md", "--dry-run")
    assert ran.status == 0
    assert "Would add a (“Wells”): 1 passage; publisher not stated, country Norland" in ran.out
    assert "   1 passage   (introduction)" in ran.out
    assert "Wells" not in titles(run)
    run("add", folder / "a.md", "--publisher", "Watch House")
    held = run("add", folder / "a.md", "--dry-run").out
    assert held.startswith("Already in the library: watch-house-wells (“Wells”): 1 passage; ")
    assert "publisher Watch House" in held
    sought = run("add", folder / "a.md", "--dry-run", "--split-by", "country").out
    assert "No entries of several countries were found in it" in sought
    fresh = tmp_path / "fresh" / "library"
    assert pincite("add", str(folder), "--dry-run", "--library", str(fresh)).status == 1
    assert not fresh.parent.exists()


def test_how_a_reading_went_is_shown_with_adding_and_later(run, tmp_path):
    path = tmp_path / "n.md"
    path.write_text("# Norland\n\nWells ran dry. <!-- so they say -->\n", "utf-8")
    ran = run("add", path, "--report")
    assert "encoding    UTF-8" in ran.out
    assert "Left out: 1 HTML comment (3 words), line 3." in ran.out
    assert "Left out: 1 HTML comment" in run("add", path, "--report").out
    later = run("show", "n", "--extraction")
    assert later.out.splitlines() == [line for line in later.out.splitlines() if line in ran.out]
    as_json = json.loads(run("show", "n", "--extraction", "--json").out)
    assert as_json["dropped"] == [{"what": "HTML comment", "line": 3, "line_end": 3}]
    assert as_json["report_id"] == "n"
    assert json.loads(run("add", path, "--json", "--id", "m").out)["passages"] == 1


def test_of_a_report_of_an_older_library_nothing_is_known(pincite, with_page, own_copy):
    folder = own_copy(with_page)
    with sqlite3.connect(folder / FILE_NAME) as older:
        older.execute("DELETE FROM extractions")
    older.close()
    ran = pincite("show", "watch-house-norland-2021", "--extraction", "--library", str(folder))
    assert ran.status == 2
    assert "was added before Pincite kept how files are read" in ran.err


def test_a_passage_of_a_text_has_no_page_to_show(run, tmp_path):
    path = tmp_path / "n.md"
    path.write_text("# Norland\n\nWells ran dry.\n", "utf-8")
    run("add", path)
    asked = json.loads(run("ask", "Did wells run dry?", "--report", "n", "--json").out)
    ran = run("show", asked["hits"][0]["passage_id"], "--page", tmp_path / "page.png")
    assert (ran.status, "whose file has no pages" in ran.err) == (2, True)
    assert not (tmp_path / "page.png").exists()


def test_what_was_done_when_a_person_stops_stays(run, folder):
    for number in range(60):
        words = " ".join(f"word{number}x{index}" for index in range(150))
        text = "\n\n".join(f"{words} {part}." for part in range(40))
        (folder / f"d{number:02}.md").write_text(f"# Seas {number}\n\n{text}\n", "utf-8")
    command = [sys.executable, "-m", "bot", "add", str(folder), "--library", str(run.library)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert first.startswith("Added a (“Wells”)")
    assert process.returncode == 130
    (summed,) = re.findall(r"^64 files: (\d+) added", out, re.MULTILINE)
    assert int(summed) == len(titles(run))
    assert err.endswith("what was added stays, and the same command goes on from there.\n")
    assert "Wells" in titles(run)
