"""Many people at once beside one who floods; memory; and nothing about anyone left anywhere."""

import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from beside import Begun
from fault_cases import Cases
from running import RunningBot, running_bot
from telegram_server import TOKEN, Conversation, FloodLimits, TelegramServer

QUESTIONS = (
    "How many people fled to Kell in 2021?",
    "What is the brannik?",
    "How many detainees are held in the torvas?",
    "Who may use the internet?",
    "What was said about inoculation?",
)
PEOPLE = 50


@pytest.fixture(scope="module")
def crowd(
    library: Path, tmp_path_factory: pytest.TempPathFactory, begun_early: list[Cases | Begun]
) -> Iterator[tuple[TelegramServer, RunningBot, Path]]:
    """A bot of its own, whose home, temporary folder and log are its own, too."""
    for begun in begun_early:
        begun.wait()
    folder = tmp_path_factory.mktemp("crowd")
    limits = FloodLimits(burst_in_a_chat=3)
    with TelegramServer(flood=limits) as server, pytest.MonkeyPatch.context() as patch:
        for name in ("temporary", "state"):
            (folder / name).mkdir()
        patch.setenv("TMPDIR", str(folder / "temporary"))
        with running_bot(server, library, folder / "log") as bot:
            server.wait_for_call("setMyCommands", 8)
            yield server, bot, folder
        server.check()


def asks_in_turn(chat: Conversation, waits: list[float]) -> None:
    """A person who asks five questions, each after reading the answer for a while."""
    for question in QUESTIONS:
        asked = time.monotonic()
        chat.says(question)
        chat.wait_for_answer(60)
        waits.append(time.monotonic() - asked)
        time.sleep(1.2)


def crowd_waits(server: TelegramServer, first: int) -> list[float]:
    """How long each answer took, while PEOPLE people ask, a few beginning each second."""
    waits: list[float] = []
    chats = [server.private(server.person(first + number)) for number in range(PEOPLE)]
    threads = [threading.Thread(target=asks_in_turn, args=(chat, waits)) for chat in chats]
    for thread in threads:
        thread.start()
        time.sleep(0.1)
    for thread in threads:
        thread.join()
    return waits


MUCH_SHORTER_THAN_THE_FLOOD_S = 10.0


def p95(waits: list[float]) -> float:
    return statistics.quantiles(waits, n=20)[-1]


def test_a_flood_by_one_costs_the_others_little_and_memory_stays(
    crowd: tuple[TelegramServer, RunningBot, Path],
) -> None:
    server, bot, _ = crowd
    quiet = crowd_waits(server, 40_000)
    assert len(quiet) == PEOPLE * len(QUESTIONS)
    before_mb = bot.memory_mb
    flooder = server.private(server.person(49_999))
    for number in range(200):
        flooder.says(f"{QUESTIONS[number % len(QUESTIONS)]} {number}")
    beside = crowd_waits(server, 41_000)
    print(
        f"p95 quiet {p95(quiet):.2f} s, beside a flood {p95(beside):.2f} s, "
        f"memory {before_mb:.0f} then {bot.memory_mb:.0f} MB"
    )
    assert len(beside) == PEOPLE * len(QUESTIONS)
    # The figure is printed above; a machine with other work on it needs the wide margin. Without
    # fair processing the flood's 200 answers, at one a second, stand before everybody's.
    assert p95(beside) < max(4 * p95(quiet), MUCH_SHORTER_THAN_THE_FLOOD_S)
    assert bot.memory_mb < before_mb + 30
    told = [posting.text for posting in flooder.answers]
    assert sum("One moment" in text for text in told) == 1
    assert sum("I had no room" in text for text in told) == 1
    assert "error" not in bot.said.lower()


# The model in the cache is larger; what a bot writes about people is not.
MOST_SEARCHED = 20 << 20


def test_canaries_are_found_nowhere(
    crowd: tuple[TelegramServer, RunningBot, Path], library: Path, home: Path
) -> None:
    server, bot, folder = crowd
    words = ("zyzzyva", "quagmarl", "brindlewick")
    person = server.person(987_654_321_012, "Xanthippe", "en", username="pelargonium")
    chat = server.private(person)
    chat.says(f"Who is {words[0]} in the camps?")
    chat.wait_for_answer().press_data(f"more:{words[1]}").wait_for_answer()
    server.poison(words[2])
    chat.says("/filter country " + words[1]).edit("/filter country frumenty")
    chat.wait_for_answer()
    chat.forwards("gallimaufry")
    group = server.group("Sesquipedal", person)
    group.says("/ask@pincite_bot What of oxymel in the camps?", by=person)
    group.wait_for_answer()
    server.wait_until_idle()
    canaries = [*words, str(person.id), "Xanthippe", "pelargonium", TOKEN, TOKEN.split(":")[1]]
    canaries += ["frumenty", "gallimaufry", "Sesquipedal", "oxymel", str(group.id)]
    places = (folder, library, home)
    searched = {
        path: path.read_bytes()
        for place in places
        for path in place.rglob("*")
        if path.is_file() and path.stat().st_size < MOST_SEARCHED
    }
    process = Path(f"/proc/{bot.process.pid}")
    searched[process / "cmdline"] = (process / "cmdline").read_bytes()
    for descriptor in (process / "fd").iterdir():
        target = descriptor.resolve()
        if target.is_file():
            searched[target] = target.read_bytes()
    assert folder / "log" in searched
    assert len(searched) > 2
    for path, content in searched.items():
        for canary in canaries:
            assert canary.encode() not in content, f"{canary} in {path}"
