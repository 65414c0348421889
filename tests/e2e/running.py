"""A real `pincite telegram` process before the emulated server."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from telegram_server import TelegramServer

# Loading the model and the library takes two seconds on an idle machine.
_START_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningBot:
    """The process and the file that its output goes to."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def said(self) -> str:
        """All that it has written."""
        return self.log.read_text(encoding="utf-8")

    @property
    def memory_mb(self) -> float:
        """Its resident memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024


def start_bot(
    server: TelegramServer, library: Path, log: Path, *options: str, token: str | None = None
) -> RunningBot:
    """Start a bot without waiting for it."""
    root = Path(__file__).parents[2]
    environment = {
        **os.environ,
        "PINCITE_TELEGRAM_TOKEN": token or server.token,
        "PYTHONPATH": str(root),
        "NO_PROXY": "127.0.0.1",
    }
    command = [sys.executable, "-m", "bot", "telegram", "--base-url", server.url]
    with log.open("ab") as file:
        process = subprocess.Popen(
            [*command, "--library", str(library), *options],
            env=environment,
            cwd=root,
            stdout=file,
            stderr=file,
        )
    return RunningBot(process=process, log=log)


def wait_until_started(bot: RunningBot, times: int = 1) -> None:
    """Wait for the line that says that it answers."""
    until = time.monotonic() + _START_S
    while bot.said.count("INFO started") < times:
        assert bot.process.poll() is None, f"the bot ended: {bot.said}"
        assert time.monotonic() < until, f"the bot does not start: {bot.said}"
        time.sleep(0.05)


@contextmanager
def running_bot(
    server: TelegramServer, library: Path, log: Path, *options: str
) -> Iterator[RunningBot]:
    """A bot that answers; told to stop at the end, which it does well."""
    bot = start_bot(server, library, log, *options)
    try:
        wait_until_started(bot)
        yield bot
    finally:
        if bot.process.poll() is None:
            bot.process.terminate()
        status = bot.process.wait(40)
    assert status == 0, bot.said
