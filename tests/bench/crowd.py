"""The Telegram bot under 200 people at once: waits, what was answered how often, and its memory.

python tests/bench/crowd.py [MINUTES]

Each person asks, reads the answer for half a minute and asks again, before the emulated server of
the end-to-end tests with the limits that Telegram states. In the second half of the time another
person floods: three questions a second. Every question of the others has to be answered once.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from measuring import about, said, spread

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests" / "e2e"))

from running import RunningBot, running_bot  # noqa: E402
from telegram_server import Conversation, TelegramServer  # noqa: E402

PEOPLE = 200
READING_S = 30.0
# Later than any answer: then it counts as none.
PATIENCE_S = 120.0
FLOOD_PAUSE_S = 1 / 3
TICK_S = 0.02
SAMPLED_EVERY_S = 5.0
QUESTIONS = (
    "How many people fled to Kell in 2021?",
    "What is the brannik?",
    "How many detainees are held in the torvas?",
    "Who may use the internet?",
    "What was said about inoculation?",
)


@dataclass(slots=True, eq=False)
class Person:
    """Somebody who asks, and how long each answer took; `next_at` is when they ask again."""

    chat: Conversation
    next_at: float
    asked_at: float | None = None
    asked: int = 0
    waits: list[tuple[float, float]] = field(default_factory=list)

    def acts(self, now: float, *, asks: bool) -> None:
        """Notice an answer, or ask where it is time to."""
        if self.asked_at is not None:
            if len(self.chat.answers) >= self.asked:
                self.waits.append((self.asked_at, now - self.asked_at))
                self.asked_at, self.next_at = None, now + READING_S * random.uniform(0.5, 1.5)
        elif asks and now >= self.next_at:
            self.chat.says(QUESTIONS[self.asked % len(QUESTIONS)])
            self.asked += 1
            self.asked_at = now


def main() -> None:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    with tempfile.TemporaryDirectory() as folder, TelegramServer() as server:
        library = Path(folder) / "library"
        report = ROOT / "tests" / "data" / "velmora-2021.txt"
        options = ["--country", "Velmora", "--period", "2021", "--library", str(library)]
        command = [sys.executable, "-m", "bot", "add", str(report), *options]
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        with running_bot(server, library, Path(folder) / "log") as bot:
            server.wait_for_call("setMyCommands", 8, timeout=60)
            said(about() | crowd(server, bot, minutes * 60))
        server.check()


def crowd(server: TelegramServer, bot: RunningBot, seconds: float) -> dict[str, object]:
    """What happened in so many seconds."""
    began = time.monotonic()
    people = [
        Person(server.private(server.person(40_000 + number)), began + random.uniform(0, READING_S))
        for number in range(PEOPLE)
    ]
    flooder = server.private(server.person(49_999))
    flooded, resident, loads = 0, [], []
    for now in ticks(began, seconds, people):
        asks = now - began < seconds
        for person in people:
            person.acts(now, asks=asks)
        flooding = now - began - seconds / 2
        if asks and flooding > flooded * FLOOD_PAUSE_S:
            flooder.says(QUESTIONS[flooded % len(QUESTIONS)])
            flooded += 1
        if now - began >= len(resident) * SAMPLED_EVERY_S:
            resident.append(bot.memory_mb)
            loads.append(os.getloadavg()[0])
    server.wait_until_idle(60)
    half = began + seconds / 2
    waits = [wait for person in people for wait in person.waits]
    answers = Counter(len(person.chat.answers) - person.asked for person in people)
    told = Counter(
        "told to wait"
        if "One moment" in posting.text
        else "told that it is too much"
        if "as many questions" in posting.text
        else "answered"
        for posting in flooder.answers
    )
    return {
        "minutes": seconds / 60,
        "people": PEOPLE,
        "load of the machine": spread(loads),
        "questions": sum(person.asked for person in people),
        "people by how many answers they got too many": dict(answers),
        "seconds until the answer, nobody floods": spread([w for at, w in waits if at < half], 2),
        "seconds until the answer, one floods": spread([w for at, w in waits if at >= half], 2),
        "the one who floods": {"asked": flooded, **told},
        "resident MiB": resident,
        "errors logged": bot.said.lower().count("error"),
    }


def ticks(began: float, seconds: float, people: list[Person]) -> Iterator[float]:
    """The time, again and again, until the end and the last answer, or nobody has patience left."""
    while (now := time.monotonic()) - began < seconds + PATIENCE_S:
        if now - began >= seconds and all(person.asked_at is None for person in people):
            return
        yield now
        time.sleep(TICK_S)


if __name__ == "__main__":
    main()
