"""One annual report as a PDF, a page and a Word file, as somebody adds and asks it."""

import http.server
import json
import re
import shutil
import struct
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.pages import on_sheets
from corpus.intake import load
from corpus.passage import Span

ANNUAL = Path(__file__).resolve().parents[2] / "data" / "annual"
PDF = ANNUAL / "annual-typst.pdf"
COUNTRIES = ("Aldmark", "Brenova", "Corvessa", "Dunmere", "Halmora", "Ostrela")
STATED = ("--publisher", "Lantern Watch", "--title", "The State of Liberties", "--period", "2023")
GRAVES = "How many new graves were seen in the salt districts?"


@pytest.fixture(scope="module")
def divided(prepared, pincite, tmp_path_factory):
    """A library with the annual report as six countries and what is on none of them."""
    folder = tmp_path_factory.mktemp("divided") / "library"
    shutil.copytree(prepared, folder)
    ran = pincite("add", str(PDF), "--split-by", "country", *STATED, "--library", str(folder))
    assert ran.status == 0, ran.err
    return folder


@pytest.fixture
def run(pincite, divided, own_copy):
    library = own_copy(divided)
    return lambda *arguments: pincite(*map(str, arguments), "--library", str(library))


def first_hit(run, question, *filters):
    return json.loads(run("ask", question, "--json", *filters).out)["hits"][0]


def test_a_file_on_many_countries_offers_to_be_divided(pincite, prepared, own_copy):
    ran = pincite("add", str(PDF), *STATED, "--library", str(own_copy(prepared)))
    assert ran.status == 0
    assert "It looks like a report on 6 countries (Aldmark, Brenova" in ran.out
    assert f"pincite add {PDF} --split-by country" in ran.out


def test_each_country_is_asked_by_its_name_and_cited_by_the_books_pages(run):
    found = first_hit(run, GRAVES, "--country", "Ostrela")
    cited = found["citation"]
    assert "1,300 new graves" in found["text"]
    assert (cited["country"], cited["title"]) == ("Ostrela", "The State of Liberties")
    assert cited["section"] == ["Famine in the salt districts"]
    assert (cited["page"], cited["page_end"]) == ("11", "11")
    assert "Ostrela, covering 2023" in cited["text"]
    for country in COUNTRIES:
        assert first_hit(run, "Who was held?", "--country", country)["citation"]["country"] == (
            country
        )


def test_a_changed_book_makes_new_versions_of_the_same_reports(run, tmp_path):
    before = {line for line in run("list").out.splitlines() if line.startswith("lantern")}
    book = tmp_path / PDF.name
    book.write_bytes(PDF.read_bytes() + b"\n% printed anew\n")
    ran = run("add", book, "--split-by", "country", *STATED)
    assert ran.out.count("Version 2 of ") == len(before) == 7
    assert {line for line in run("list").out.splitlines() if line.startswith("lantern")} == before
    assert "is already in the library in 7 parts; nothing changed." in run("add", book).out
    again = run("add", book, "--split-by", "country", "--dry-run").out
    assert again.startswith("Already in the library: ")
    assert "Ostrela (People’s State of Ostrela), pp. 11–12" in again
    assert "--split-by" not in again


def test_a_citation_can_be_looked_at_on_its_page(run, tmp_path):
    found = first_hit(run, GRAVES, "--country", "Ostrela")
    sentence = found["text"][found["highlight"]["start"] : found["highlight"]["stop"]]
    picture = tmp_path / "page.png"
    asked = ("show", found["passage_id"], "--page", picture)
    assert run(*asked, "--quote", sentence).out == f"Wrote {picture}.\n"
    content = picture.read_bytes()
    assert content.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", content[16:24])
    assert height > width > 500
    ran = run(*asked, "--quote", "words that nobody wrote")
    assert (ran.status, "does not say" in ran.err) == (2, True)


def test_what_is_quoted_over_a_page_is_looked_for_on_both():
    passages = load(PDF, {}).passages
    over = next(passage for passage in passages if len(passage.pages) > 1 and not passage.label)
    (first, words), (second, more) = on_sheets(over)
    assert second == first + 1
    assert f"{words} {more}".split() == over.text.split()
    break_at = over.pages[1].start - over.start
    early = on_sheets(replace(over, quoted=Span(start=0, stop=min(20, break_at // 2))))
    assert [sheet for sheet, _ in early] == [first]


def test_notes_stand_under_what_they_are_notes_to_and_are_found_themselves():
    passages = load(PDF, {}).passages
    noted = next(passage for passage in passages if passage.cited_notes)
    mark = noted.cited_notes[0]
    assert mark.words
    notes = [passage for passage in passages if passage.label == f"note {mark.note}"]
    assert mark.words in [note.text for note in notes]


def test_how_the_file_was_read_is_kept_with_each_part(run):
    kept = json.loads(
        run("show", "lantern-watch-the-state-of-liberties-2023-ostrela", "--json").out
    )
    assert kept["encoding"] == "PDF"
    assert [part["section"][0] for part in kept["outline"] if part["section"]][:1] != ["Ostrela"]
    assert all(part["page"] in ("11", "12") for part in kept["outline"])


@pytest.mark.parametrize("name", ["annual.docx", "annual.html"])
def test_a_page_and_a_word_file_have_no_pages_and_say_so(pincite, prepared, own_copy, name):
    library = ["--library", str(own_copy(prepared))]
    ran = pincite("add", str(ANNUAL / name), *STATED, "--id", "annual", *library)
    assert ran.status == 0, ran.err
    asked = pincite("ask", GRAVES, "--json", "--report", "annual", *library)
    found = json.loads(asked.out)["hits"][0]
    assert "1,300 new graves" in found["text"]
    assert (found["citation"]["page"], found["citation"]["sheet"]) == (None, None)
    assert "without pages" not in found["citation"]["text"]
    shown = pincite("ask", GRAVES, "--report", "annual", *library).out
    assert "without pages" in shown
    assert re.search("salt districts", " ".join(found["citation"]["section"]))


def test_a_damaged_file_beside_a_sound_one_is_told_and_passed(
    pincite, prepared, own_copy, tmp_path
):
    (tmp_path / "broken.pdf").write_bytes(PDF.read_bytes()[:3000])
    (tmp_path / "sound.pdf").write_bytes(PDF.read_bytes())
    ran = pincite("add", str(tmp_path), "--library", str(own_copy(prepared)))
    assert ran.status == 1
    assert "2 files: 1 added, 1 failed." in ran.out
    assert "broken.pdf" in ran.err
    assert "Traceback" not in ran.err


class _Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        content = (ANNUAL / "annual.html").read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture
def address():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/reports/liberties-2023"
        server.shutdown()


def test_an_address_is_fetched_and_cited(pincite, prepared, own_copy, address):
    library = ["--library", str(own_copy(prepared))]
    ran = pincite("add", address, *library)
    assert (ran.status, "in a network of this machine's own" in ran.err) == (2, True)
    ran = pincite("add", address, "--allow-private", *STATED, "--id", "liberties", *library)
    assert ran.status == 0, ran.err
    found = json.loads(pincite("ask", GRAVES, "--json", "--report", "liberties", *library).out)
    assert found["hits"][0]["citation"]["url"] == address
    ran = pincite("add", address, "--allow-private", *library)
    assert "is already in the library; nothing changed" in ran.out


def test_a_mark_stands_on_the_words_also_where_pages_inherit_their_size():
    from corpus.readers.pdf import places

    # The groff sample states the size of its pages, A4, once for all: 842 points high.
    ((_, top, _, bottom),) = places((ANNUAL / "annual-groff.pdf").read_bytes(), 9, "book-bindings")
    assert 215 < top < bottom < 230


def test_a_whole_that_its_parts_leave_nothing_of_is_said_to_be_there_still(
    pincite, prepared, own_copy, tmp_path
):
    path, library = tmp_path / "w.md", ("--library", str(own_copy(prepared)))
    entries = (f"## {name}\n\nWells ran dry in {name}.\n" for name in ("Chad", "Niger", "Mali"))
    path.write_text("\n".join(["# World report\n", *entries]), "utf-8")
    pincite("add", str(path), *library)
    ran = pincite("add", str(path), "--split-by", "country", *library)
    assert ran.out.count("Added w-") == 3
    assert "w still holds all of it as one report" in ran.out
    assert "pincite remove w\n" in ran.out
    assert pincite("remove", "w", *library).status == 0
    again = pincite("add", str(path), "--split-by", "country", *library).out
    assert "in 3 parts; nothing changed" in again
