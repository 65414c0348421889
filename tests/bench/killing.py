"""The ways in which Pincite writes, each killed at a moment of processor time and looked at."""

import contextlib
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

from bot.cli import main as cli
from corpus.storage.digests import sha256_of
from embeddings import adding

QUESTION = "How many people fled to the South in 2021?"
# Loaded before the first process forks off; no model is, as a fork has none of its threads.
_LOADED = (
    *("bot.assemble", "bot.cli.add", "bot.cli.ask", "bot.cli.doctor", "bot.cli.reports"),
    *("bot.chat.converse", "bot.chat.line", "bot.cli.progress", "bot.measuring.research_log"),
    *("bot.rendering.objects", "bot.rendering.reports", "bot.rendering.screen", "corpus.intake"),
    *("embeddings.encoders.onnx_encoder", "embeddings.encoders.onnx_graph"),
    *("embeddings.encoders.whole_passages", "embeddings.local.engine", "embeddings.retriever"),
)
# Answered, or perhaps.
_DONE = (0, 3)
# Tantivy's files, and judgements.
_DRAWN = re.compile(r"[0-9a-f]{32}|(?<=feedback/)[0-9a-f]{8}")
_LONGEST_S = 300.0
_BETWEEN_LOOKS_S = 0.0005
_TO_SCHEMA_3 = """
UPDATE passages AS p SET seal = (
    SELECT sha256_of(
        r.id, r.title, r.publisher, r.country, r.period, r.published, r.accessed, r.url,
        r.language, r.licence, r.kind, r.sha256, r.author, r.number, r.archived, r.captured,
        p.report_id, p.passage_id, p.section, p.number, p.start, p.stop, p.source, p.hidden,
        p.press_date, p.press_kind, p.press_title, p.occurrence, p.pages,
        p.printed_number, p.label, p.notes
    ) FROM reports r WHERE r.id = p.report_id AND r.version = p.version
);
ALTER TABLE reports DROP COLUMN passages;
ALTER TABLE reports DROP COLUMN sections;
ALTER TABLE reports DROP COLUMN press;
ALTER TABLE reports DROP COLUMN seal;
DELETE FROM settings WHERE name = 'contents';
DROP TABLE encoding_seals;
PRAGMA user_version = 3;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a process did: its exit status, negative the signal; processor time in seconds."""

    status: int
    out: str
    err: str
    seconds: float
    encoded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Killed:
    """A kill: at what moment of how many seconds, whether it came in time, what was wrong."""

    moment: float
    of: float
    in_time: bool
    wrong: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way of writing: the folder that it begins from, and what runs in it.

    `arguments` are those of a command or of a function here; `answers` tells what is there.
    """

    begun: str
    arguments: Sequence[str]
    said: str = ""
    answers: "Callable[[Killing], object]"


def run(
    folder: Path, arguments: Sequence[str], said: str = "", kill_after: float | None = None
) -> Ran:
    """Run a command in a process and a home of its own; kill it after so much processor time."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        counted, counting = os.pipe()
        child = os.fork()
        if child == 0:
            os.setsid()
            _run_here(folder, arguments, said, (out.fileno(), err.fileno(), counting))
        os.close(counting)
        status, used = _waited(child, kill_after)
        with os.fdopen(counted, "rb") as file:
            encoded = sum(file.read())
        texts = [file.read().decode() for file in (out, err) if file.seek(0) == 0]
    return Ran(status=status, out=texts[0], err=texts[1], seconds=used, encoded=encoded)


def _waited(child: int, kill_after: float | None) -> tuple[int, float]:
    """The exit status and the seconds of processor time of a process, killed after so many."""
    clock = (~child << 3) | 2  # clock_getcpuclockid(3) of glibc
    until = time.monotonic() + _LONGEST_S
    while True:
        ended, code, used = os.wait4(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(code), used.ru_utime + used.ru_stime
        late = time.monotonic() > until
        if late or (kill_after is not None and time.clock_gettime(clock) >= kill_after):
            os.kill(child, signal.SIGKILL)
            kill_after = None
        time.sleep(_BETWEEN_LOOKS_S)


def _run_here(
    folder: Path, arguments: Sequence[str], said: str, streams: tuple[int, int, int]
) -> None:
    """What the process does; never returns."""
    status = 1
    try:
        os.dup2(streams[0], 1)
        os.dup2(streams[1], 2)
        os.chdir(folder)
        os.environ.update(HOME=str(folder / "home"), TMPDIR=str(folder / "tmp"))
        tempfile.tempdir = None
        _count_encodings(streams[2])
        sys.stdin = StringIO(said)
        sys.argv = ["pincite", *arguments]
        if arguments[0] == "history":
            _type_lines(folder)
            status = 0
        else:
            cli.main()
    except SystemExit as ended:
        status = int(ended.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _count_encodings(pipe: int) -> None:
    """Tell through a pipe how many passages are encoded: a byte of one for each."""
    encode = adding.encode_passages

    def counted(encoder: Any, passages: Sequence[Any], progress: Any = None) -> Any:
        os.write(pipe, b"\1" * len(passages))
        return encode(encoder, passages, progress)

    adding.encode_passages = counted


def _type_lines(folder: Path) -> None:
    """The chat's history, which a terminal keeps: as many lines as are typed in a day."""
    history = import_module("bot.chat.line")._LineHistory(folder / "library" / "typed.jsonl")
    for number in range(200):
        history.store_string(f"line {number} {'x' * 40}")


class Killing:
    """Folders that each way begins from, made once. A context manager."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.at = folder / "at"
        for name in _LOADED:
            import_module(name)
        self._make()

    def _make(self) -> None:
        chance = random.Random(3)
        words = ("wells", "march", "permit", "harbour", "storm", "miners", "law", "water", "valley")
        self._begin("nothing")
        for name, size in (("norland.txt", 10), ("newer.txt", 12)):
            paragraphs = [" ".join(chance.choices(words, k=50)) + "." for _ in range(size)]
            text = "Norland\n\n" + "\n\n".join(map(str.capitalize, paragraphs)) + "\n"
            (self._folder / "nothing" / name).write_text(text, encoding="utf-8")
        self._from("nothing", "prepared", ["rebuild"])
        self._from("prepared", "with-report", ["add", "norland.txt", "--id", "norland"])
        self._from("prepared", "no-model", ["list"])
        shutil.rmtree(self._folder / "no-model" / "home")
        (self._folder / "no-model" / "home").mkdir()
        self._from("with-report", "older", ["list"])
        with contextlib.closing(sqlite3.connect(self._library("older"))) as older:
            older.create_function("sha256_of", -1, sha256_of)
            older.executescript(_TO_SCHEMA_3)
        self._from("with-report", "damaged", ["list"])
        for file in (self._folder / "damaged" / "library" / "index").glob("*/*.npy"):
            file.write_bytes(b"\0" * 40)
        with contextlib.closing(sqlite3.connect(self._library("damaged"))) as damaged:
            damaged.execute("DELETE FROM encodings WHERE rowid % 3 = 0")
            damaged.commit()
        self._from("prepared", "typed", ["list"])
        (self._folder / "typed" / "library" / "typed.jsonl").touch(0o600)

    def _library(self, name: str) -> Path:
        return self._folder / name / "library" / "library.sqlite"

    def _begin(self, name: str) -> None:
        for inside in ("home", "tmp", "out"):
            (self._folder / name / inside).mkdir(parents=True)

    def _from(self, one: str, other: str, arguments: Sequence[str]) -> None:
        shutil.copytree(self._folder / one, self._folder / other)
        ran = self.run(arguments, of=self._folder / other)
        assert ran.status == 0, ran

    def run(self, arguments: Sequence[str], said: str = "", of: Path | None = None) -> Ran:
        """Run a command to its end."""
        return run(of or self.at, [*arguments, "--library", "library"], said)

    def kill(self, name: str, moments: int, chance: random.Random) -> list[Killed]:
        """Kill a way of writing at so many moments; see tests/bench/kills.py."""
        way = WAYS[name]
        self._restore(way.begun)
        before = way.answers(self)
        self._restore(way.begun)
        whole = self.run(way.arguments, way.said)
        assert whole.status in _DONE, whole
        after = way.answers(self)
        files = self._files()
        assert after == before or name in CHANGING, (before, after)
        found = []
        for part in range(moments):
            moment = (part + chance.random()) / moments * whole.seconds
            self._restore(way.begun)
            killed = run(
                self.at, [*way.arguments, "--library", "library"], way.said, kill_after=moment
            )
            wrong = self._wrong(way, killed, (before, after), files)
            in_time = killed.status == -signal.SIGKILL
            found.append(Killed(moment=moment, of=whole.seconds, in_time=in_time, wrong=wrong))
        return found

    def _wrong(
        self, way: Way, killed: Ran, answers: tuple[object, object], files: set[str]
    ) -> str | None:
        """What is wrong after a kill, None where nothing is."""
        if killed.status not in (*_DONE, -signal.SIGKILL):
            return f"the killed process said: {killed.err}"
        return self._answers_otherwise(way, answers) or self._left(way, answers[1], files)

    def _answers_otherwise(self, way: Way, answers: tuple[object, object]) -> str | None:
        """What is wrong with the answers; what the kill left is there again afterwards."""
        kept = self.at.with_name("kept")
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(self.at, kept)
        found = way.answers(self)
        shutil.rmtree(self.at)
        kept.rename(self.at)
        return None if found in answers else f"answers neither as before nor as after: {found}"

    def _left(self, way: Way, after: object, files: set[str]) -> str | None:
        """What is wrong with the same command run again to its end."""
        encoded = self._encodings()
        again = self.run(way.arguments, way.said)
        is_gone = "no report in the library has the id" in again.err  # removed before the kill
        if again.status not in _DONE and not is_gone:
            return f"the next run says: {again.err}"
        if again.encoded > max(0, self._encodings() - encoded):
            return f"{again.encoded} encoded, {encoded} were"
        if way.answers(self) != after:
            return "does not answer as where nothing was killed"
        if left := self._files() - files:
            return f"left behind: {sorted(left)}"
        return None

    def _restore(self, name: str) -> None:
        shutil.rmtree(self.at, ignore_errors=True)
        shutil.copytree(self._folder / name, self.at)

    def _encodings(self) -> int:
        file = self.at / "library" / "library.sqlite"
        if not file.exists():
            return 0
        with contextlib.closing(sqlite3.connect(file)) as database:
            if not database.execute("SELECT 1 FROM sqlite_schema").fetchone():
                return 0
            return int(database.execute("SELECT count(*) FROM encodings").fetchone()[0])

    def _files(self) -> set[str]:
        """What lies there; names that are drawn are all one."""
        names = (path.relative_to(self.at).as_posix() for path in self.at.rglob("*"))
        return {_DRAWN.sub("drawn", name) for name in names}

    def asked(self) -> object:
        """The answer to a question with the reports; JSON without what no two runs share."""
        ran = self.run(["ask", QUESTION, "--json"])
        return (ran.status, json.loads(ran.out)["hits"] if ran.out else ran.err, self.listed())

    def listed(self) -> str:
        """The reports, or what is wrong."""
        ran = self.run(["list"])
        return ran.out + ran.err

    def copied(self) -> object:
        """What the copy is, where there is one: whole."""
        copy = self.at / "out" / "copy.sqlite"
        if not copy.exists():
            return None
        with contextlib.closing(sqlite3.connect(copy)) as database:
            return database.execute("PRAGMA integrity_check").fetchone()[0]

    def rated(self) -> object:
        """The judgements that are kept: none or one."""
        ran = self.run(["feedback", "list"])
        return ran.status, min(1, len(list((self.at / "library").glob("feedback/*.json"))))

    def logged(self) -> object:
        """What replaying a log says."""
        if not (self.at / "out" / "log.jsonl").exists():
            return None
        ran = self.run(["replay", "out/log.jsonl"])
        return ran.status, ran.err

    def typed(self) -> object:
        """Whether each line that is kept is one that was typed."""
        lines = (self.at / "library" / "typed.jsonl").read_bytes().split(b"\n")[:-1]
        return all(json.loads(line).startswith("line ") for line in lines)


WAYS: Mapping[str, Way] = {
    "add": Way(
        begun="prepared",
        arguments=["add", "norland.txt", "--id", "norland"],
        answers=Killing.asked,
    ),
    "new version": Way(
        begun="with-report",
        arguments=["add", "newer.txt", "--id", "norland"],
        answers=Killing.asked,
    ),
    "remove": Way(begun="with-report", arguments=["remove", "norland"], answers=Killing.asked),
    "rebuild": Way(begun="with-report", arguments=["rebuild"], answers=Killing.asked),
    "older schema": Way(begun="older", arguments=["list"], answers=Killing.asked),
    "first start": Way(begun="nothing", arguments=["ask", QUESTION], answers=Killing.asked),
    "model": Way(begun="no-model", arguments=["ask", QUESTION], answers=Killing.asked),
    "backup": Way(
        begun="with-report", arguments=["backup", "out/copy.sqlite"], answers=Killing.copied
    ),
    "repair": Way(begun="damaged", arguments=["doctor", "--repair"], answers=Killing.asked),
    "rating": Way(
        begun="prepared",
        arguments=["chat"],
        said=f"{QUESTION}\n/right\nyes\n/quit\n",
        answers=Killing.rated,
    ),
    "history": Way(begun="typed", arguments=["history"], answers=Killing.typed),
    "log": Way(
        begun="prepared",
        arguments=["ask", QUESTION, "--log", "out/log.jsonl"],
        answers=Killing.logged,
    ),
}
# Those after which what is asked is another thing than before.
CHANGING = {"add", "new version", "remove", "backup", "rating", "log", "first start"}


@contextlib.contextmanager
def killing(folder: Path) -> Iterator[Killing]:
    """With a reader that reads nothing, and no setting of the person's."""
    for name in list(os.environ):
        if name.startswith(("PINCITE_", "XDG_")):
            del os.environ[name]
    os.environ["PINCITE_READER"] = "off"
    yield Killing(folder)
