"""A machine's part that is watched: a home, a temporary folder, a library, and what goes out."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from running import RunningBot, wait_until_started
from telegram_server import TelegramServer

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Folders in which commands run that find nothing else; `noted` is what they did outside."""

    folder: Path
    cache: Path
    noted: Path

    @classmethod
    def begin(cls, folder: Path, cache: Path, notes: Path) -> "Watched":
        """Make the folders; `cache` has the prepared model, `notes` lies apart from all of it."""
        for name in ("home", "temporary", "here"):
            (folder / name).mkdir()
        return cls(folder=folder, cache=cache, noted=notes)

    @property
    def library(self) -> Path:
        return self.folder / "home" / ".local" / "share" / "pincite"

    @property
    def environment(self) -> dict[str, str]:
        """All that a command is told; nothing is set that a person would have to set."""
        noting = Path(__file__).with_name("noting")
        return {
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "temporary"),
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{noting}:{ROOT}",
            "XDG_CACHE_HOME": str(self.cache),
            "NOTED": str(self.noted),
            "TERM": "xterm-256color",
            "PROMPT_TOOLKIT_NO_CPR": "1",
            "NO_PROXY": "127.0.0.1",
        }

    def run(
        self, *arguments: str, stdin: str = "", before: tuple[str, ...] = (), **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run `pincite` with an umask of 0; `before` is a command that runs it."""
        return subprocess.run(
            [*before, sys.executable, "-m", "bot", *arguments],
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            env={**self.environment, **environment},
            cwd=self.folder / "here",
            umask=0,
            check=False,
            timeout=120,
        )

    @contextmanager
    def bot(
        self, server: TelegramServer, *options: str, **environment: str
    ) -> Iterator[RunningBot]:
        """A bot that answers, its log in the folder where the person stands."""
        log = self.folder / "here" / "log"
        with log.open("ab") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", "telegram", "--base-url", server.url, *options],
                stdout=file,
                stderr=file,
                env={
                    **self.environment,
                    "PINCITE_TELEGRAM_TOKEN": server.token,
                    **environment,
                },
                cwd=self.folder / "here",
                umask=0,
            )
        bot = RunningBot(process=process, log=log)
        try:
            wait_until_started(bot, bot.said.count("INFO started") + 1)
            yield bot
        finally:
            process.terminate()
            process.wait(40)

    def did(self, kind: str, *, bots: bool = False) -> list[str]:
        """What commands, or bots, did outside of some kind (connection, name, process)."""
        if not self.noted.exists():
            return []
        lines = [json.loads(line) for line in self.noted.read_text("utf-8").splitlines()]
        return [
            ", ".join(line["with"])
            for line in lines
            if line["kind"] == kind and ("telegram" in line["of"]) == bots
        ]

    def files(self) -> Iterator[Path]:
        """Every file in the folders."""
        yield from (path for path in self.folder.rglob("*") if path.is_file())

    def holding(self, word: str) -> set[str]:
        """The files that hold a word in some case, as UTF-8 or UTF-16, or are named for it."""
        forms = [word.encode(), word.lower().encode(), word.encode("utf-16-le")]
        return {
            str(path.relative_to(self.folder))
            for path in self.files()
            if any(form in path.read_bytes() for form in forms) or word in path.name
        }
