"""The command `pincite verify`, as a person runs it."""

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from corpus.storage.library import Library

EXACT = "“Ferries between the port of Lunn and the islands of Kell did not sail even once”"
CITED = "Lantern Watch 2021, section “Freedom of movement”, para. 1"
ALTERED = EXACT.replace("not sail", "sail")


@pytest.fixture(scope="module")
def folder(tmp_path_factory, invented_report, putting) -> Path:
    path = tmp_path_factory.mktemp("verify") / "library"
    with Library(path) as library:
        given = {"publisher": "Lantern Watch", "country": "Velmora", "period": "2021"}
        putting(library, invented_report, id="velmora-2021", **given)
    return path


@pytest.fixture
def verify(pincite, folder):
    def run(*arguments: str | Path, stdin: str | bytes = ""):
        options = ["--library", str(folder)]
        return pincite("verify", *map(str, arguments), *options, stdin=stdin)

    return run


def test_all_exact_ends_in_0_and_anything_else_in_1(verify, tmp_path):
    draft = tmp_path / "draft.md"
    draft.write_text(f"It says {EXACT} ({CITED}).", encoding="utf-8")
    ran = verify(draft)
    assert (ran.status, ran.err) == (0, "")
    assert "1 found: 1 exact" in ran.out
    draft.write_text(f"It says {EXACT} ({CITED}).\n\nAnd {ALTERED} ({CITED}).", encoding="utf-8")
    ran = verify(draft)
    assert ran.status == 1
    assert "a negation" in ran.out
    assert "2 found: 1 altered, 1 exact" in ran.out


def test_a_typed_quotation_is_found_with_its_citation(verify):
    ran = verify("the islands of Kell did not sail even once")
    assert ran.status == 0
    assert "section “Freedom of movement”, para. 1" in " ".join(ran.out.split())


def test_a_typed_quotation_is_held_against_where_it_is_cited_from(verify):
    assert verify(EXACT.strip("“”"), "--cite", CITED).status == 0
    wrong = verify(EXACT.strip("“”"), "--cite", CITED.replace("1", "2").replace("2022", "2021"))
    assert wrong.status == 1


def test_standard_input_is_read_as_a_draft_or_as_a_quotation(verify):
    assert verify("-", stdin=f"It says {EXACT} ({CITED}).").status == 0
    assert verify("-", stdin=EXACT.strip("“”")).status == 0


def test_json_is_one_object_on_one_line(verify):
    ran = verify("-", "--json", stdin=f"It says {ALTERED} ({CITED}).")
    assert ran.out.count("\n") == 1
    told = json.loads(ran.out)
    assert (told["exact"], told["counts"]) == (False, {"altered": 1})
    (finding,) = told["findings"]
    assert (finding["verdict"], finding["where"]) == ("altered", "line 1")
    assert finding["stands"][0]["report_id"] == "velmora-2021"
    assert len(finding["stands"][0]["passage_id"]) == 16


def test_sarif_names_file_line_and_rule(verify, tmp_path):
    draft, log = tmp_path / "a draft.md", tmp_path / "findings.sarif"
    draft.write_text(f"# Title\n\nIt says\n{ALTERED} ({CITED}).\n\n{EXACT}", encoding="utf-8")
    assert verify(draft, "--sarif", log).status == 1
    told = json.loads(log.read_text(encoding="utf-8"))
    assert told["version"] == "2.1.0"
    (run,) = told["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    first, second = run["results"]
    assert (first["level"], first["kind"], first["ruleId"]) == ("error", "fail", "altered")
    assert rules[first["ruleIndex"]] == "altered"
    place = first["locations"][0]["physicalLocation"]
    assert place["region"]["startLine"] == 4
    assert place["artifactLocation"]["uri"].endswith("/a%20draft.md")
    assert (second["level"], second["kind"]) == ("none", "pass")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("draft.odt", b"x", "save it as Word (.docx), PDF, Markdown or text"),
        ("draft.docx", b"no archive", "is not a Word document"),
        ("draft.md", b"\xff\xfe\xff", "is not text in UTF-8"),
        ("draft.md", b"Nothing is quoted.", "holds no quotation of five words or more"),
        ("draft.md", b"", "holds no quotation of five words or more"),
        ("draft.pdf", b"%PDF-1.4 damaged", "draft.pdf"),
        ("missing.md", None, "cannot be read"),
    ],
)
def test_bad_input_is_told_in_one_sentence_and_ends_in_2(verify, tmp_path, name, content, said):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    ran = verify(path)
    assert ran.status == 2
    assert ran.out == ""
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_comments_need_a_word_draft_and_a_file_of_their_own(verify, tmp_path):
    draft = tmp_path / "draft.docx"
    draft.write_bytes(b"")
    assert verify(draft, "--comments", draft).status == 2
    assert verify(EXACT, "--comments", tmp_path / "out.docx").status == 2
    assert draft.read_bytes() == b""


def test_a_word_document_that_declares_entities_is_refused(verify, tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
        archive.writestr("word/document.xml", bomb)
    draft = tmp_path / "draft.docx"
    draft.write_bytes(packed.getvalue())
    ran = verify(draft)
    assert (ran.status, "declares entities" in ran.err) == (2, True)


def test_what_is_added_and_removed_after_the_first_check_is_known(pincite, folder, tmp_path):
    own = tmp_path / "library"
    shutil.copytree(folder, own)
    options = ["--library", str(own)]
    words = "Wells in the Tarn valley ran dry in May"
    assert pincite("verify", words, *options).status == 1
    page = tmp_path / "norland.txt"
    page.write_text(f"Norland\n\n{words}, and the pumps stood still.\n", encoding="utf-8")
    with Library(own) as library:
        from tests.conftest import put

        put(library, page, id="norland")
    assert pincite("verify", words, *options).status == 0
    with Library(own) as library:
        library.remove("norland")
    assert pincite("verify", words, *options).status == 1


def test_a_damaged_index_of_quotations_is_built_anew(verify, folder):
    quotation = "the islands of Kell did not sail even once"
    assert verify(quotation).status == 0
    for file in (folder / "quotations-2").iterdir():
        file.write_bytes(b"damaged")
    assert verify(quotation).status == 0
