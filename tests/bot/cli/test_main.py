"""The command `pincite`: what it prints, what it returns, what it leaves behind."""

import json
import re

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from embeddings.judging.reader_files import shipped_weights

ANSWERED = "How many people fled to the South in 2021?"
UNANSWERED = "How do I bake a chocolate cake with butter?"


def sentence(ran):
    """The one sentence that a command that failed says, and nothing else."""
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert "something that should not happen" not in ran.err
    (line,) = [line for line in ran.err.splitlines() if line.startswith(("pincite: ", "Error: "))]
    assert re.search(r"[.?)]$", line)
    return line


# asking


def test_an_answer_has_its_citation(pincite, prepared):
    ran = pincite("ask", ANSWERED, "--library", str(prepared))
    assert ran.status == 3
    assert "This may be what you ask:" in ran.out
    assert "63 people" in ran.out
    assert "digest of Amnesty International" in ran.out
    assert "Freedom of movement" in ran.out
    assert "\x1b" not in ran.out
    assert ran.err == ""


def test_what_is_not_answered_is_status_3(pincite, prepared):
    ran = pincite("ask", UNANSWERED, "--library", str(prepared))
    assert ran.status == 3
    assert "Not in these reports" in ran.out or "Not answered" in ran.out


def test_the_object_of_a_question_is_what_the_schema_says(pincite, prepared):
    schema = json.loads(pincite("schema").out)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    lines = f"{ANSWERED}\n\n{UNANSWERED}\r\nWhat reports does Amnesty publish on North Korea?\n"
    ran = pincite("ask", "-", "--json", "-k", "4", "--library", str(prepared), stdin=lines)
    assert ran.status == 3
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [answer["question"] for answer in answers] == [
        line for line in lines.splitlines() if line
    ]
    for answer in answers:
        validator.validate(answer)
        assert [hit["rank"] for hit in answer["hits"]] == [1, 2, 3, 4]
        scores = [hit["score"] for hit in answer["hits"]]
        assert scores == sorted(scores, reverse=True)
        for hit in answer["hits"]:
            start, stop = hit["highlight"]["start"], hit["highlight"]["stop"]
            assert 0 <= start < stop <= len(hit["text"])
            assert hit["text"][start:stop].strip()
            assert "digest of" in hit["citation"]["text"]


def test_offsets_are_those_of_the_stored_report_note_markers_counted(pincite, with_page, page):
    question = "Which wells ran dry in the Tarn valley?"
    scope = ["--report", "watch-house-norland-2021"]
    ran = pincite("ask", question, "--json", *scope, "--library", str(with_page))
    Draft202012Validator(json.loads(pincite("schema").out)).validate(json.loads(ran.out))
    hits = {hit["text"]: hit for hit in json.loads(ran.out)["hits"]}
    (text,) = [text for text in hits if text.startswith("Wells in the Tarn")]
    offsets = hits[text]["offsets"]
    source = page[offsets["passage"]["start"] : offsets["passage"]["stop"]]
    assert source.startswith("Wells in the Tarn valley")
    assert source.endswith("“but far too few.”2")
    quoted = page[offsets["highlight"]["start"] : offsets["highlight"]["stop"]]
    shown = text[hits[text]["highlight"]["start"] : hits[text]["highlight"]["stop"]]
    assert quoted.replace("water.1", "water.") == shown


def test_why_is_said_where_it_is_asked_for(pincite, prepared):
    ran = pincite("ask", ANSWERED, "--explain", "--library", str(prepared))
    assert ran.status == 3
    (verdict,) = re.findall(r"^verdict +perhaps, confidence (0\.\d\d)", ran.out, re.MULTILINE)
    assert 0 < float(verdict) <= 1
    for said in ("score", "words", "BM25", "cosine", "MaxSim"):
        assert said in ran.out
    assert "cosine" not in pincite("ask", ANSWERED, "--library", str(prepared)).out
    for question in (UNANSWERED, "Which wells ran dry in Iceland?"):
        refused = pincite("ask", question, "--explain", "--library", str(prepared))
        assert refused.status == 3
        assert re.search(r"^verdict +(closest|outside), .* \(.+\)$", refused.out, re.MULTILINE)
    asked = pincite("ask", ANSWERED, "--explain", "--json", "--library", str(prepared))
    answer = json.loads(asked.out)
    Draft202012Validator(json.loads(pincite("schema").out)).validate(answer)
    for hit in answer["hits"]:
        assert {"terms", "cosine", "bm25", "margin"} <= hit["why"].keys()


def test_a_broken_answer_does_not_pass_the_schema(pincite, prepared):
    validator = Draft202012Validator(json.loads(pincite("schema").out))
    answer = json.loads(pincite("ask", ANSWERED, "--json", "--library", str(prepared)).out)
    assert validator.is_valid(answer)
    for broken in (
        answer | {"confidence": 2},
        answer | {"verdict": "maybe"},
        answer | {"extra": 1},
        {key: value for key, value in answer.items() if key != "hits"},
    ):
        assert not validator.is_valid(broken)


def test_a_passage_that_was_cited_can_be_shown(pincite, prepared):
    answer = json.loads(pincite("ask", ANSWERED, "--json", "--library", str(prepared)).out)
    hit = answer["hits"][0]
    ran = pincite("show", hit["passage_id"], "--library", str(prepared))
    assert ran.status == 0
    assert hit["text"] in ran.out
    assert hit["citation"]["text"] in ran.out


@pytest.mark.skipif(
    shipped_weights() is None, reason="the reader's weights are not in this source tree"
)
def test_what_is_found_is_read_unless_the_person_says_no(pincite, prepared, monkeypatch):
    asked = ["ask", ANSWERED, "--explain", "--library", str(prepared)]
    monkeypatch.delenv("PINCITE_READER")
    assert "likely to answer, by the reader alone\n" in pincite(*asked).out
    assert "   reading   not read\n" in pincite(*asked, "--no-reader").out


@pytest.mark.skipif(
    shipped_weights() is None, reason="the reader's weights are not in this source tree"
)
@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Will they shoot you if you run for the river?", "open fire “unconditionally”"),
        ("How many people fled to the South in 2021?", "63 people had defected"),
        ("How many guards work in the Kwanliso?", None),
        ("Which South Korean films had they watched?", None),
    ],
)
def test_a_passage_is_read_and_not_its_words_counted(
    pincite, prepared, monkeypatch, question, quoted
):
    monkeypatch.delenv("PINCITE_READER")
    ran = pincite("ask", question, "--json", "--library", str(prepared))
    answer = json.loads(ran.out)
    assert (ran.status == 0) is (answer["verdict"] == "answered")
    assert answer["verdict"] in (("answered", "perhaps") if quoted else ("perhaps", "closest"))
    assert quoted is None or quoted in answer["hits"][0]["text"]


def test_a_switch_that_says_neither_on_nor_off_is_wrong_use(pincite, prepared, monkeypatch):
    monkeypatch.setenv("PINCITE_READER", "maybe")
    ran = pincite("ask", ANSWERED, "--library", str(prepared))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "pincite: PINCITE_READER is 'maybe'; set it to on or off.\n"


def test_the_options_count_wherever_they_stand(pincite, prepared):
    ran = pincite("--library", str(prepared), "ask", ANSWERED, "--json")
    assert ran.status == 3
    assert len(json.loads(ran.out)["hits"]) == 3


def test_the_library_may_be_named_by_the_environment(pincite, prepared, monkeypatch):
    monkeypatch.setenv("PINCITE_LIBRARY", str(prepared))
    assert str(prepared) in pincite("status").out


@pytest.mark.parametrize(
    ("options", "holds"),
    [
        (["--country", "norland"], lambda cited: cited["country"] == "Norland"),
        (["--report", "watch-house-norland-2021"], lambda cited: cited["title"] == "Norland"),
        (["--section", "water"], lambda cited: "water" in " ".join(cited["section"]).lower()),
        (["--year", "2019"], lambda cited: cited["press"]["date"].startswith("2019")),
    ],
)
def test_filters_choose_before_the_search(pincite, with_page, options, holds):
    ran = pincite("ask", ANSWERED, "-k", "20", "--json", *options, "--library", str(with_page))
    hits = json.loads(ran.out)["hits"]
    assert hits
    assert all(holds(hit["citation"]) for hit in hits)


def test_k_passages_come_back_where_k_exist(pincite, with_page):
    arguments = ["--json", "--country", "Norland", "--library", str(with_page)]
    for k, found in ((1, 1), (5, 5), (9, 9), (100, 9)):
        ran = pincite("ask", "How many people fled to the South?", "-k", str(k), *arguments)
        assert len(json.loads(ran.out)["hits"]) == found


@pytest.mark.parametrize(
    "options",
    [["--country", "Atlantis"], ["--year", "1888"], ["--section", "roads"], ["--report", "none"]],
)
def test_a_filter_that_nothing_passes_is_wrong_use(pincite, with_page, options):
    ran = pincite("ask", ANSWERED, *options, "--library", str(with_page))
    assert ran.status == 2
    assert options[1] in sentence(ran)


def test_one_bad_line_does_not_stop_the_others(pincite, prepared):
    lines = f"{ANSWERED}\n???\n{'x' * 5000}\n{ANSWERED}\n"
    ran = pincite("ask", "-", "--json", "--library", str(prepared), stdin=lines)
    assert ran.status == 2
    assert len(ran.out.splitlines()) == 2
    assert len(ran.err.splitlines()) == 2
    assert "x" * 100 not in ran.err


def test_bytes_that_are_no_text_are_answered_all_the_same(pincite, prepared):
    lines = b"How many \xff fled?\n"
    ran = pincite("ask", "-", "--json", "--library", str(prepared), stdin=lines)
    assert ran.status in (0, 3)
    assert json.loads(ran.out)["question"] == "How many \ufffd fled?"


def test_an_argument_that_is_no_text_is_one_sentence(pincite, prepared):
    for arguments in (["ask", "How many \udcff fled?"], ["show", "\udcff"], ["add", "\udcff.txt"]):
        ran = pincite(*arguments, "--library", str(prepared))
        assert ran.status == 2
        assert "is not text in UTF-8" in sentence(ran)


def test_no_question_at_all_is_no_error(pincite, prepared):
    ran = pincite("ask", "-", "--library", str(prepared), stdin="\n \n")
    assert (ran.status, ran.out, ran.err) == (0, "", "")


# wrong use leaves nothing behind


@pytest.fixture
def fresh(tmp_path):
    return tmp_path / "fresh" / "library"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask", ""], "the question is empty"),
        (["ask", "  ?! "], "the question is empty"),
        (["ask", "why " * 25_000], "characters; ask in at most 1,000"),
        (["ask", "why?", "-k", "0"], "0 is not a number of passages"),
        (["ask", "why?", "-k", "-3"], "-3 is not a number of passages"),
        (["ask", "why?", "-k", "101"], "from 1 to 100"),
        (["ask", "-", "-k", "0"], "0 is not a number of passages"),
        (["ask", "why?", "-k", "three"], "'three' is not a valid integer"),
        (["ask", "why?", "--year", "last"], "'last' is not a valid integer"),
        (["ask"], "Missing argument 'QUESTION'"),
        (["ask", "why?", "--colour"], "No such option"),
        (["add"], "Missing argument 'FILE...'"),
        (["show"], "Missing argument 'ID'"),
        (["ask", "why?", "--model", "/no/such/model"], "the model '/no/such/model'"),
        (["rebuild", "--model", "no-such-model"], "the model 'no-such-model'"),
        (["chat", "--model", "no-such-model"], "the model 'no-such-model'"),
    ],
)
def test_wrong_use_is_one_sentence(pincite, fresh, arguments, says):
    ran = pincite(*arguments, "--library", str(fresh))
    assert ran.status in (1, 2)
    assert says in sentence(ran)
    assert len(ran.err) < 600
    assert not fresh.parent.exists()


def test_a_command_or_shell_that_does_not_exist(pincite):
    assert "No such command" in sentence(pincite("answer"))
    assert "'tcsh' is not one of" in sentence(pincite("completion", "tcsh"))


BAD_FILES = {
    "missing.txt": (None, "does not exist"),
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b"\xef\xbb\xbf \r\n", "is empty"),
    "binary.txt": (b"\x7fELF\0\0\1", "is a binary file"),
    "cut.txt": (b"cut short \xe2\x80", "byte 0xE2 at position 10"),
    "headings.md": (b"# Norland\n\n## Water\n", "holds no paragraph"),
    "front.md": (b"---\ntitle: [\n---\nWords.\n", "is not valid YAML"),
    "escape.md": (b"# \x1b[31mNorland\x07\n", "holds no paragraph"),
    "report.odt": (b"PK", "is a .odt file"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_a_report_is_one_sentence(pincite, fresh, tmp_path, name):
    content, says = BAD_FILES[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    ran = pincite("add", str(tmp_path / name), "--library", str(fresh))
    assert ran.status == 2
    assert says in sentence(ran)
    assert not set(ran.err) & set("\x1b\x07")
    assert not fresh.parent.exists()


def test_200_megabytes_are_one_sentence(pincite, fresh, tmp_path):
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    ran = pincite("add", str(large), "--library", str(fresh))
    assert (ran.status, "has 200 MB" in sentence(ran)) == (2, True)
    assert not fresh.parent.exists()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--period", "21"], "period '21' is not understood"),
        (["--period", "2022-2021"], "ends before it begins"),
        (["--published", "yesterday"], "published 'yesterday' is not a date"),
        (["--accessed", "2026-02-30"], "accessed '2026-02-30' is not a date"),
        (["--url", "example.org"], "is not a web address"),
        (["--id", "Nor Land"], "is not a slug"),
    ],
)
def test_metadata_that_mean_nothing_are_one_sentence(pincite, fresh, page_file, options, says):
    ran = pincite("add", str(page_file), *options, "--library", str(fresh))
    assert ran.status == 2
    assert says in sentence(ran)
    assert not fresh.parent.exists()


def test_a_library_that_cannot_be_written_is_one_sentence(pincite, tmp_path, page_file):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for arguments in (["ask", ANSWERED], ["add", str(page_file)], ["list"], ["status"], ["chat"]):
        ran = pincite(*arguments, "--library", str(tmp_path / "file" / "library"))
        assert ran.status == 1
        assert "cannot be made" in sentence(ran)


@pytest.mark.parametrize(
    "content", [b"not a database " * 500, b"SQLite format 3\0" + b"\xff" * 9000], ids=["a", "b"]
)
def test_a_damaged_library_is_one_sentence_and_stays_as_it_is(
    pincite, tmp_path, page_file, content
):
    path = tmp_path / "library.sqlite"
    path.write_bytes(content)
    for arguments in (["ask", ANSWERED], ["add", str(page_file)], ["list"], ["status"]):
        ran = pincite(*arguments, "--library", str(tmp_path))
        assert ran.status == 1
        assert "is damaged" in sentence(ran)
    assert path.read_bytes() == content
