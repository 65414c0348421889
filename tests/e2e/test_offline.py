"""Nothing is sent or fetched, nothing heavy is loaded for nothing, no question is kept."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ANSWERED = "How many people fled to the South in 2021?"
DIGEST_ID = "amnesty-international-north-korea-2021-digest"
UNANSWERED = "Which bakery sells the best cardamom buns?"
# Runs the command after it has forbidden every way to the network that Python has, and says at
# the end what was tried and what was loaded.
GUARD = """
import json, sys
tried = []

def forbid(event, arguments):
    if event in FORBIDDEN or (event in CONNECTING and arguments[0].family != 1):
        tried.append(event)
        raise PermissionError("the network is forbidden here")

FORBIDDEN = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr",
             "urllib.Request", "http.client.connect", "ftplib.connect", "smtplib.connect"}
CONNECTING = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
sys.addaudithook(forbid)
from bot.cli.main import main
try:
    main()
finally:
    found = {"tried": tried, "loaded": [name for name in sys.modules if "." not in name]}
    with open(REPORT, "w", encoding="utf-8") as file:
        json.dump(found, file)
"""
HEAVY = {"torch", "sentence_transformers", "transformers", "sklearn", "scipy", "onnx"}


def namespace():
    """The command that runs another without any network, empty where this machine has none."""
    for command in (["unshare", "--net"], ["unshare", "--net", "--map-root-user"]):
        if (
            shutil.which("unshare")
            and not subprocess.run([*command, "true"], check=False, capture_output=True).returncode
        ):
            return command
    return []


def guarded(home, *arguments, stdin=""):
    """What a process did in an empty environment: its result, what it tried and loaded."""
    report = home / "report.json"
    environment = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": ":".join(path for path in sys.path if path),
    }
    ran = subprocess.run(
        [*namespace(), sys.executable, "-c", f"REPORT = {str(report)!r}\n{GUARD}", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        cwd=home,
        check=False,
        timeout=170,
    )
    found = json.loads(report.read_text("utf-8"))
    report.unlink()
    return ran, found


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """The first start of all, in an empty home without a network."""
    home = tmp_path_factory.mktemp("empty-home")
    lines = f"{ANSWERED}\n{UNANSWERED}\n"
    return home, *guarded(home, "ask", "-", "--json", stdin=lines)


def test_the_first_start_answers_without_a_network(started):
    _, ran, found = started
    assert ran.returncode == 3, ran.stderr
    answered, unanswered = map(json.loads, ran.stdout.splitlines())
    assert "63 people" in answered["hits"][0]["text"]
    assert answered["verdict"] in ("answered", "perhaps")
    assert unanswered["verdict"] not in ("answered", "perhaps")
    assert ran.stderr == ""
    assert found["tried"] == []


def test_nothing_is_written_outside_its_own_folders(started):
    """Libraries that Pincite uses would keep a device id or a client id in the home folder."""
    home, _, _ = started
    files = {path.relative_to(home) for path in home.rglob("*") if path.is_file()}
    own = (Path(".local/share/pincite"), Path(".cache/pincite"))
    strange = {path for path in files if not any(path.is_relative_to(folder) for folder in own)}
    assert strange <= {Path("questions.jsonl"), Path("token")}


def test_no_question_is_kept_anywhere(started):
    home, _, _ = started
    files = [path for path in home.rglob("*") if path.is_file()]
    assert any(path.name == "library.sqlite" for path in files)
    for path in files:
        content = path.read_bytes()
        for word in (b"fled to the South", b"cardamom", b"bakery"):
            assert word not in content, path


QUESTION_SET = {"id": "q1", "question": ANSWERED, "evidence": "40 men and 23 women"}


@pytest.mark.parametrize(
    ("command", "stdin", "said"),
    [
        (["ask", ANSWERED], "", "63 people"),
        (["chat"], ANSWERED, "63 people"),
        (["status"], "", "sound"),
        # It loads all it answers with before it finds that nobody listens.
        (
            ["telegram", "--token-file", "token", "--base-url", "http://127.0.0.1:9"],
            "",
            "cannot be reached",
        ),
    ],
)
def test_daily_use_loads_no_training_library_and_fetches_nothing(started, command, stdin, said):
    home, _, _ = started
    (home / "token").write_text(f"7012345678:{'A' * 35}", encoding="ascii")
    ran, found = guarded(home, *command, stdin=stdin)
    assert said in ran.stdout + ran.stderr
    assert set(found["tried"]) == ({"socket.connect"} if command[0] == "telegram" else set())
    assert "numpy" in found["loaded"] or command[0] == "status"
    assert not HEAVY & set(found["loaded"])


def test_measuring_loads_scipy_alone_of_these_and_fetches_nothing(started):
    pytest.importorskip("scipy", reason="a light installation measures nothing")
    home, _, _ = started
    (home / "questions.jsonl").write_text(json.dumps(QUESTION_SET), encoding="utf-8")
    ran, found = guarded(home, "eval", "questions.jsonl")
    assert "hit@1" in ran.stdout
    assert found["tried"] == []
    assert HEAVY & set(found["loaded"]) == {"scipy"}


def test_the_front_door_loads_nothing_heavy(tmp_path):
    ran, found = guarded(tmp_path, "--help")
    assert ran.returncode == 0
    heavy = HEAVY | {"numpy", "rich", "faiss", "onnxruntime", "tantivy", "tokenizers", "sqlite3"}
    assert not heavy & set(found["loaded"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["list"], DIGEST_ID),
        (["show", DIGEST_ID], "Freedom of movement"),
        (["status"], "health     sound"),
        (["remove", DIGEST_ID], f"Removed {DIGEST_ID} (1 version)."),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_looking_into_a_library_on_a_new_machine_loads_and_prepares_nothing(
    tmp_path, command, says
):
    for _ in range(2):
        ran, found = guarded(tmp_path, *command)
        if command[0] != "remove":
            assert (ran.returncode, ran.stderr) == (0, "")
            assert says in ran.stdout
        heavy = HEAVY | {"numpy", "faiss", "onnxruntime", "tantivy", "tokenizers"}
        assert not heavy & set(found["loaded"])
    files = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert {name.partition("-")[0] for name in files} == {"library.sqlite"}


def test_the_guard_guards(tmp_path):
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    ran = subprocess.run(
        [sys.executable, "-c", GUARD.partition("from bot")[0] + code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert "the network is forbidden here" in ran.stderr


def test_the_module_is_the_command():
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "--version"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": ":".join(path for path in sys.path if path)},
    )
    script = Path(sys.executable).with_name("pincite")
    if script.exists():
        again = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
        assert again.stdout == ran.stdout
    assert ran.stdout.startswith("pincite, version ")
