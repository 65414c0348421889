"""The command `pincite`: what it prints, what it returns, what it leaves behind."""

import json
import re
from importlib.metadata import version

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from bot.cli import pincite as command
from bot.settings import VARIABLES

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
    assert ran.status == 0
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


def test_why_is_said_where_it_is_asked_for(pincite, prepared):
    ran = pincite("ask", ANSWERED, "--explain", "--library", str(prepared))
    assert ran.status == 0
    (verdict,) = re.findall(r"^verdict +answered, confidence (0\.\d\d)", ran.out, re.MULTILINE)
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


def test_the_options_count_wherever_they_stand(pincite, prepared):
    ran = pincite("--library", str(prepared), "ask", ANSWERED, "--json")
    assert ran.status == 0
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
        (["ask", "why?", "-k", "0"], "-k 0 is not a number of passages"),
        (["ask", "why?", "-k", "-3"], "-k -3 is not a number of passages"),
        (["ask", "why?", "-k", "101"], "from 1 to 100"),
        (["ask", "-", "-k", "0"], "-k 0 is not a number of passages"),
        (["ask", "why?", "-k", "three"], "'three' is not a valid integer"),
        (["ask", "why?", "--year", "last"], "'last' is not a valid integer"),
        (["ask"], "Missing argument 'QUESTION'"),
        (["ask", "why?", "--colour"], "No such option"),
        (["add"], "Missing argument 'FILE'"),
        (["show"], "Missing argument 'ID'"),
        (["ask", "why?", "--model", "/no/such/model"], "the model '/no/such/model' cannot be"),
        (["rebuild", "--model", "no-such-model"], "the model 'no-such-model' cannot be loaded"),
        (["chat", "--model", "no-such-model"], "the model 'no-such-model' cannot be loaded"),
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
    "latin.txt": ("Le café fermé.".encode("latin-1"), "byte 0xE9 at position 6"),
    "headings.md": (b"# Norland\n\n## Water\n", "holds no paragraph"),
    "front.md": (b"---\ntitle: [\n---\nWords.\n", "is not valid YAML"),
    "escape.md": (b"# \x1b[31mNorland\x07\n", "holds no paragraph"),
    "report.pdf": (b"%PDF-1.7", "is a .pdf file"),
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


def test_a_folder_and_200_megabytes_are_one_sentence(pincite, fresh, tmp_path):
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    for path, says in ((tmp_path, "is a folder"), (large, "has 200 MB")):
        ran = pincite("add", str(path), "--library", str(fresh))
        assert ran.status == 2
        assert says in sentence(ran)
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


# the library


def test_a_report_is_added_listed_shown_and_removed(pincite, prepared, own_copy, page_file):
    library = ["--library", str(own_copy(prepared))]
    ran = pincite("add", str(page_file), "--id", "norland", "--country", "Norland", *library)
    assert ran.status == 0
    assert "Added norland (“Norland”): 9 passages, 9 newly encoded." in ran.out
    ran = pincite("add", str(page_file), *library)
    unchanged = "norland (“Norland”) is already in the library; nothing changed.\n"
    assert (ran.status, ran.out) == (0, unchanged)
    assert "norland\n" in pincite("list", *library).out
    shown = pincite("show", "norland", *library).out
    assert re.search(r"publisher +not stated", shown)
    assert re.search(r"country +Norland", shown)
    assert "Economic and social rights – Workers’ rights" in shown
    ran = pincite("remove", "norland", *library)
    assert (ran.status, ran.out) == (0, "Removed norland (1 version).\n")
    ran = pincite("show", "norland", *library)
    assert ran.status == 2
    assert "'norland'" in sentence(ran)


def test_a_changed_report_encodes_only_what_changed(pincite, prepared, own_copy, page_file):
    library = ["--library", str(own_copy(prepared))]
    pincite("add", str(page_file), "--id", "norland", *library)
    asked = pincite("ask", "Did prices rise?", "--json", "--report", "norland", *library)
    before = json.loads(asked.out)["hits"][0]
    assert "threefold" in before["text"]
    text = page_file.read_text("utf-8").replace("threefold", "fourfold")
    page_file.write_text(text, encoding="utf-8")
    ran = pincite("add", str(page_file), "--id", "norland", *library)
    assert "9 passages, 1 newly encoded." in ran.out
    assert "This is version 2" in ran.out
    shown = pincite("show", before["passage_id"], *library).out
    assert "threefold" in shown
    assert "From version 1 of the report; the current version does not have it." in shown
    asked = pincite("ask", "Did prices rise?", "--json", "--report", "norland", *library)
    assert "fourfold" in json.loads(asked.out)["hits"][0]["text"]


def test_metadata_may_stand_beside_the_report(pincite, prepared, own_copy, page_file):
    library = ["--library", str(own_copy(prepared))]
    page_file.with_suffix(".toml").write_text('id = "n"\nperiod = "2020"', encoding="utf-8")
    pincite("add", str(page_file), "--period", "2021", *library)
    assert re.search(r"period +2021", pincite("show", "n", *library).out)


def test_the_digest_steps_aside_and_comes_back(pincite, with_real, own_copy):
    library = ["--library", str(own_copy(with_real))]
    aside = "steps aside from answers for amnesty-international-north-korea-2021"
    status = pincite("status", *library)
    assert status.status == 0
    assert aside in status.out
    hits = json.loads(pincite("ask", ANSWERED, "-k", "50", "--json", *library).out)["hits"]
    assert {hit["citation"]["kind"] for hit in hits} == {"verbatim"}
    pincite("remove", "amnesty-international-north-korea-2021", *library)
    assert aside not in pincite("status", *library).out
    hits = json.loads(pincite("ask", ANSWERED, "--json", *library).out)["hits"]
    assert {hit["citation"]["kind"] for hit in hits} == {"digest"}


def test_a_digest_that_was_removed_does_not_come_back(pincite, prepared, own_copy):
    library = ["--library", str(own_copy(prepared))]
    pincite("remove", "amnesty-international-north-korea-2021-digest", *library)
    assert pincite("list", *library).out == ""
    ran = pincite("ask", ANSWERED, *library)
    assert ran.status == 2
    assert "holds no report; add one: pincite add FILE." in sentence(ran)


def test_the_status_of_a_library(pincite, with_page):
    ran = pincite("status", "--library", str(with_page))
    assert ran.status == 0
    for said in (str(with_page), "reports    2", "all-MiniLM-L6-v2@", "health     sound", "MB"):
        assert said in ran.out


def test_the_status_says_what_is_wrong_with_the_index(pincite, prepared, own_copy):
    folder = own_copy(prepared)
    (dense,) = folder.glob("index/*/dense.faiss")
    dense.write_bytes(dense.read_bytes()[:-10])
    library = ["--library", str(folder)]
    assert "the index is damaged (dense.faiss)" in pincite("status", *library).out
    assert pincite("ask", ANSWERED, *library).status == 0
    assert "health     sound\n" in pincite("status", *library).out


# what a report says does not act on the terminal


def test_control_characters_of_a_report_do_not_reach_the_terminal(
    pincite, prepared, own_copy, tmp_path
):
    library = ["--library", str(own_copy(prepared))]
    path = tmp_path / "evil.md"
    path.write_text(
        "---\nid: evil\n---\n# Title \x1b]0;owned\x07\n\n## Sec\x1b[2Jtion\n\n"
        "The purple zebra\x1b[31m sang \x9b31m in\x08 Zanzibar.\n",
        encoding="utf-8",
    )
    question = "Where did the purple zebra sing?"
    outputs = [
        pincite("add", str(path), *library),
        pincite("add", str(path), *library),
        pincite("ask", question, "--report", "evil", *library),
        pincite("chat", *library, stdin=f"{question}\n"),
        pincite("list", *library),
        pincite("show", "evil", *library),
        pincite("status", *library),
    ]
    asked = pincite("ask", question, "--json", "--report", "evil", *library)
    (hit,) = json.loads(asked.out)["hits"]
    assert "\x1b[31m" in hit["text"]
    outputs.append(asked)
    outputs.append(pincite("show", hit["passage_id"], *library))
    for ran in outputs:
        assert ran.status in (0, 3)
        assert not set(ran.out + ran.err) & set("\x1b\x07\x08\x9b"), ran.out
    assert "purple zebra" in outputs[-1].out


# help, version, completion


def commands():
    return sorted(command.commands)


def test_the_commands_are_those_that_people_know():
    assert {"ask", "add", "list", "show", "remove", "status", "schema", "chat"} <= set(commands())


@pytest.mark.parametrize("name", ["", *commands()])
def test_every_help_has_an_example(pincite, name):
    ran = pincite(*name.split(), "--help")
    assert ran.status == 0
    examples = re.findall(r"^\s+pincite (\S+)", ran.out.partition("Example")[2], re.MULTILINE)
    assert examples
    assert set(examples) <= {name} if name else set(examples) <= set(commands())
    assert pincite(*name.split(), "-h").out == ran.out


def test_every_setting_of_the_environment_is_in_the_help(pincite):
    text = pincite("ask", "--help").out + pincite("telegram", "--help").out
    assert all(name in text for name in VARIABLES if name.startswith("PINCITE_"))


def test_without_a_command_the_help_is_shown(pincite):
    ran = pincite()
    assert "Usage: " in ran.out + ran.err
    assert ran.status == 2


def test_the_version(pincite):
    assert pincite("--version").out == f"pincite, version {version('pincite')}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_of_a_shell(pincite, shell):
    ran = pincite("completion", shell)
    assert ran.status == 0
    assert "_PINCITE_COMPLETE" in ran.out
    assert "pincite" in ran.out
