"""Each fault on each method that the bot calls, as cases that run side by side.

Each has a chat or a server of its own, and comes to an outcome that a test looks at.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from running import running_bot, start_bot, wait_until_started
from telegram_server import TOKEN, Conversation, Fault, Order, TelegramServer
from webhooks import PUBLIC, free_port

FLED = "How many people fled to Kell in 2021?"
ANSWER = "217"
FAULTS = tuple(Fault)
LOST = (Fault.DROP_AFTER, Fault.CUT_BODY, Fault.HANG_AFTER)
REFUSALS = (Fault.UNAUTHORIZED, Fault.NOT_FOUND)
TOLD_WITHIN_S, GONE_WITHIN_S = 30.0, 60.0
# Longer than the bot waits for an answer; other faults are shorter than that.
HANG_S, SHORT_S = 8.0, 2.0
# A copy that is sent again comes at most so much after the first: a pause and a read timeout.
SETTLED_S = 8.0
FIRST_PERSON = 60_001

# Orders the case's fault for a chat, and says later whether that was met.
Arm = Callable[[int], Callable[[], bool]]
# How many answers there are at last, for one question.
Answers = Callable[[], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a case: how many answers, when, and with which status the process ended."""

    answers: int
    told_s: float
    status: int | None = None


def by_sending(server: TelegramServer, chat: Conversation, arm: Arm) -> Answers:
    arm(chat.id)
    chat.says(FLED)
    chat.wait_for_answer(TOLD_WITHIN_S)
    return lambda: sum(ANSWER in posting.text for posting in chat.answers)


def by_typing(server: TelegramServer, chat: Conversation, arm: Arm) -> Answers:
    """An answer that is found at once cancels the typing: ask until that was tried."""
    is_met, asked = arm(chat.id), 0
    while not is_met():
        chat.says(FLED)
        chat.wait_for_answer(TOLD_WITHIN_S)
        asked += 1
    return lambda: 1 + len(chat.answers) - asked


def by_editing(server: TelegramServer, chat: Conversation, arm: Arm) -> Answers:
    chat.says(FLED)
    answer = chat.wait_for_answer(TOLD_WITHIN_S)
    arm(chat.id)
    answer.press("More")
    answer.wait_for_text("Passage 2 of 5", TOLD_WITHIN_S)
    return lambda: len(chat.answers)


def by_deleting(server: TelegramServer, chat: Conversation, arm: Arm) -> Answers:
    said = chat.says("/forget")
    asked = chat.wait_for_answer(TOLD_WITHIN_S)
    arm(chat.id)
    asked.press("Yes, delete")
    said.wait_for_deletion(TOLD_WITHIN_S)
    chat.wait_for_answer(TOLD_WITHIN_S)
    return lambda: sum("Not deletable by me" in posting.text for posting in chat.answers)


def by_asking_inline(server: TelegramServer, chat: Conversation, arm: Arm) -> Answers:
    arm(chat.id)
    asked = server.inline(server.person(chat.id), f"torva {chat.id}")
    found = asked.wait_for_results(TOLD_WITHIN_S)
    return lambda: int(bool(found))


def by_joining(server: TelegramServer, chat: Conversation, arm: Arm) -> Answers:
    person = server.person(chat.id)
    group = server.group("Not on the list", person, with_bot=False)
    arm(group.id)
    group.adds_bot(person)
    group.wait_until_left(TOLD_WITHIN_S)
    return lambda: 1 + len(group.answers)


IN_A_CHAT: Mapping[str, Callable[[TelegramServer, Conversation, Arm], Answers]] = {
    "sendMessage": by_sending,
    "sendChatAction": by_typing,
    "editMessageText": by_editing,
    "answerCallbackQuery": by_editing,
    "deleteMessages": by_deleting,
    "answerInlineQuery": by_asking_inline,
    "leaveChat": by_joining,
}


def fail(server: TelegramServer, method: str, fault: Fault, chat: int | None = None) -> Order:
    """Order a fault for the next call."""
    seconds = HANG_S if fault in (Fault.HANG, Fault.HANG_AFTER) else SHORT_S
    return server.fail(method, fault, chat=chat, seconds=seconds)


def in_a_chat(begun: "Future[TelegramServer]", number: int, method: str, fault: Fault) -> Outcome:
    """A case in a chat of its own, before the bot that all these cases share."""
    server = begun.result()
    chat = server.private(server.person(number))

    def arm(concerned: int) -> Callable[[], bool]:
        order = fail(server, method, fault, chat=concerned)
        return lambda: order not in server.world.faults.orders

    began = time.monotonic()
    answers = IN_A_CHAT[method](server, chat, arm)
    told_s = time.monotonic() - began
    time.sleep(SETTLED_S)
    counted = answers()
    chat.says("thanks")
    while "You are welcome" not in chat.wait_for_answer(TOLD_WITHIN_S).text:
        pass
    assert any(call.fault == fault.name for call in server.calls(method))
    return Outcome(answers=counted, told_s=told_s)


@contextmanager
def bot_for_chats(library: Path, log: Path, people: Sequence[int]) -> Iterator[TelegramServer]:
    """A bot that is open to these people and no group."""
    allowed = [option for number in people for option in ("--allow", str(number))]
    with (
        TelegramServer() as server,
        running_bot(server, library, log, "--inline", *allowed),
    ):
        server.wait_for_call("setMyCommands", 8)
        yield server
        server.check()


def at_a_start(library: Path, folder: Path, method: str, faults: tuple[Fault, ...]) -> Outcome:
    """A start at which getMe and the method that says how updates come meet some faults each."""
    with TelegramServer() as server:
        options: tuple[str, ...] = ()
        if method == "setWebhook":
            port = free_port()
            server.route_webhook(PUBLIC, f"http://127.0.0.1:{port}")
            options = ("--webhook", f"{PUBLIC}/hook", "--listen", f"127.0.0.1:{port}")
        for fault in faults:
            for failing in ("getMe", method, "setMyCommands"):
                fail(server, failing, fault)
        began = time.monotonic()
        name = "-".join([method, *(fault.name for fault in faults)])
        with running_bot(server, library, folder / name, *options):
            told_s = time.monotonic() - began
            chat = server.private(server.person(1))
            chat.says(FLED)
            assert ANSWER in chat.wait_for_answer(TOLD_WITHIN_S).text
            until = time.monotonic() + TOLD_WITHIN_S
            while len(server.world.commands) < 8:
                assert time.monotonic() < until, "the menus are not all set"
                time.sleep(0.05)
            assert not server.world.faults.orders
        server.check()
        return Outcome(answers=len(chat.answers), told_s=told_s)


def while_polling(library: Path, log: Path) -> Mapping[Fault, Outcome]:
    """The faults that a poll can meet, one after the other, before a bot of their own."""
    found = {}
    with TelegramServer() as server, running_bot(server, library, log):
        for number, fault in enumerate(fault for fault in FAULTS if fault not in REFUSALS):
            chat = server.private(server.person(1 + number))
            server.fail("getUpdates", fault, seconds=SHORT_S)
            # Ends the poll that waits: the next one meets the fault.
            chat.says("thanks")
            chat.wait_for_answer(TOLD_WITHIN_S)
            began = time.monotonic()
            chat.says(FLED)
            assert ANSWER in chat.wait_for_answer(TOLD_WITHIN_S).text
            told_s = time.monotonic() - began
            chat.stays_silent(0.5)
            assert not server.world.faults.orders
            found[fault] = Outcome(answers=len(chat.answers) - 1, told_s=told_s)
        server.check()
    return found


def for_good(library: Path, log: Path, fault: Fault | None) -> Outcome:
    """A bot whose polls fail from now on; without a fault nothing listens any more."""
    server = TelegramServer().__enter__()
    try:
        bot = start_bot(server, library, log)
        wait_until_started(bot)
        if fault is not None:
            times = 1 if fault in REFUSALS else None
            server.fail("getUpdates", fault, times=times, seconds=GONE_WITHIN_S)
            server.private(server.person(1)).says("/help")
    finally:
        if fault is None:
            server.__exit__(None, None, None)
    began = time.monotonic()
    try:
        status = bot.process.wait(GONE_WITHIN_S)
    finally:
        bot.process.kill()
        bot.process.wait()
        if fault is not None:
            server.__exit__(None, None, None)
    assert TOKEN not in bot.said
    assert bot.said.splitlines()[-1].startswith("pincite: Telegram refused the bot or could not")
    return Outcome(answers=0, told_s=time.monotonic() - began, status=status)


def stopped_in_silence(library: Path, log: Path) -> Outcome:
    """A stop while nothing can be confirmed and no answer sent."""
    with TelegramServer() as server:
        bot = start_bot(server, library, log)
        wait_until_started(bot)
        server.wait_for_call("setMyCommands", 8)
        for method in ("sendMessage", "getUpdates", "getMe"):
            server.fail(method, Fault.HANG, times=None, seconds=GONE_WITHIN_S)
        server.private(server.person(1)).says(FLED)
        server.wait_for_call_begun("sendMessage")
        began = time.monotonic()
        bot.process.terminate()
        try:
            status = bot.process.wait(GONE_WITHIN_S)
        finally:
            bot.process.kill()
            bot.process.wait()
    assert bot.said.splitlines()[-1].endswith("INFO stopped")
    return Outcome(answers=0, told_s=time.monotonic() - began, status=status)


STARTS = [
    (method, FAULTS[part::4]) for method in ("deleteWebhook", "setWebhook") for part in range(4)
]
FOR_GOOD = [*REFUSALS, Fault.HANG, Fault.BAD_GATEWAY, None]

Case = tuple[str, Fault | tuple[Fault, ...] | None]


class Cases:
    """All cases, begun when this is made; few processes start at once, to leave others room."""

    def __init__(self, library: Path, folder: Path) -> None:
        self._begun: dict[Case, Future] = {}
        self._watching = ThreadPoolExecutor(len(FOR_GOOD) + 2)
        self._starting = ThreadPoolExecutor(2)
        self._chatting = ThreadPoolExecutor(len(IN_A_CHAT) * len(FAULTS))
        self._bot = ExitStack()
        for fault in FOR_GOOD:
            log = folder / f"for-good-{fault.name if fault else 'nobody'}"
            self._begin(self._watching, ("for good", fault), for_good, library, log, fault)
        self._begin(
            self._watching, ("stopped", None), stopped_in_silence, library, folder / "stopped"
        )
        self._begin(
            self._starting, ("getUpdates", None), while_polling, library, folder / "polling"
        )
        for case in STARTS:
            self._begin(self._starting, case, at_a_start, library, folder, *case)
        people = range(FIRST_PERSON, FIRST_PERSON + len(IN_A_CHAT) * len(FAULTS))
        chats = bot_for_chats(library, folder / "chats", people)
        server = self._watching.submit(self._bot.enter_context, chats)
        cases = [(method, fault) for method in IN_A_CHAT for fault in FAULTS]
        for number, case in zip(people, cases, strict=True):
            self._begin(self._chatting, case, in_a_chat, server, number, *case)

    def _begin(self, pool: ThreadPoolExecutor, case: Case, work: Callable, *given: object) -> None:
        self._begun[case] = pool.submit(work, *given)

    def outcome(self, what: str, fault: Fault | tuple[Fault, ...] | None = None) -> Any:
        """What came of a case, once it is over; raises what went wrong."""
        return self._begun[what, fault].result()

    def wait(self) -> None:
        """Wait until all are over."""
        wait(self._begun.values())

    def close(self) -> None:
        """Wait, and let go of everything."""
        self.wait()
        for pool in (self._watching, self._starting, self._chatting):
            pool.shutdown()
        self._bot.close()
