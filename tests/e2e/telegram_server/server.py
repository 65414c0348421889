"""The emulated server as tests hold it: a thread with an event loop, and people to act."""

import asyncio
import threading
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from . import limits, schema
from .conversation import Conversation, InlineAsking, start_parameter, wait_until
from .delivery import Delivery
from .faults import Fault, Order
from .flood import TELEGRAMS_LIMITS, FloodControl, FloodLimits
from .front import Front
from .journal import Request
from .model import Chat, Payload, User
from .polling import Polling
from .world import World

TOKEN = "7012345678:AAFq3uZkT0y1mW8cXh5bR2nV9dLsPjE6gKo"
"""An invented token of the right form."""
_SETTLE_S = 5.0


class TelegramServer:
    """A Bot API server on loopback with one bot; `with TelegramServer() as server: ...`.

    Strict: it refuses what Telegram refuses, and `check` fails on what Telegram would silently
    drop, ignore or change. `flood=None` switches flood control off. `local=True` is a
    self-hosted server: webhooks by plain HTTP and on any port. All methods may be called from
    any thread.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "pincite_bot",
        privacy: bool = True,
        inline_mode: bool = True,
        local: bool = False,
        flood: FloodLimits | None = TELEGRAMS_LIMITS,
        port: int = 0,
    ) -> None:
        bot = User(
            id=int(token.partition(":")[0]), first_name="Pincite", username=username, is_bot=True
        )
        self.token = token
        self.world = World(
            bot=bot,
            token=token,
            privacy=privacy,
            inline_mode=inline_mode,
            local=local,
            flood=FloodControl(flood),
        )
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="telegram-server")
        self._groups = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self._on_loop(self._open())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._on_loop(self._shut())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def url(self) -> str:
        """The root of the server, `http://127.0.0.1:<port>`."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot calls base_url: the root and "/bot"."""
        return f"{self.url}/bot"

    @property
    def bot(self) -> User:
        """The bot."""
        return self.world.bot

    # People and chats

    def person(
        self,
        number: int,
        first_name: str = "Alice",
        language_code: str | None = "en",
        *,
        username: str | None = None,
        is_bot: bool = False,
    ) -> User:
        """Somebody with an account, or another bot."""
        return User(
            id=number,
            first_name=first_name,
            language_code=language_code,
            username=username,
            is_bot=is_bot,
        )

    def private(self, person: User) -> Conversation:
        """The chat of a person with the bot."""
        with self.world.changed:
            return Conversation(self.world, self.world.private(person))

    def group(self, title: str, *people: User, with_bot: bool = True) -> Conversation:
        """A group of these people, in which the bot already is unless told otherwise."""
        with self.world.changed:
            self._groups += 1
            chat = Chat(
                id=-1_001_900_000_000 - self._groups,
                kind="supergroup",
                title=title,
                people={person.id: person for person in people},
                membership="member" if with_bot else "left",
                started=with_bot,
            )
            self.world.chats[chat.id] = chat
            return Conversation(self.world, chat)

    def follow(self, person: User, url: str) -> Conversation:
        """A person opens a deep link to the bot and presses Start."""
        parameter = start_parameter(url, self.bot.username or "")
        conversation = self.private(person)
        conversation.says(f"/start {parameter}".strip())
        return conversation

    def inline(
        self,
        person: User,
        query: str,
        *,
        offset: str = "",
        where: Conversation | None = None,
    ) -> InlineAsking:
        """A person types the bot's name and a query in some chat."""
        assert self.world.inline_mode, "this bot has no inline mode"
        assert len(query) <= limits.INLINE_QUERY_CHARACTERS, "clients cut inline queries here"
        with self.world.changed:
            chat = where.chat if where else None
            return InlineAsking(self.world, self.world.ask_inline(person, query, offset, chat))

    # Trouble

    def fail(
        self,
        method: str,
        fault: Fault,
        *,
        chat: int | None = None,
        times: int | None = 1,
        skip: int = 0,
        seconds: float = 1.0,
    ) -> Order:
        """Order a fault for the next `times` calls of a method ("*": of all methods; None: until
        `heal`), after `skip` calls that go well; of those that concern `chat` where it is given.
        `seconds` is retry_after, or how long HANG lasts."""
        order = Order(
            method=method, chat=chat, fault=fault, times=times, skip=skip, seconds=seconds
        )
        with self.world.changed:
            self.world.faults.orders.append(order)
        return order

    def heal(self) -> None:
        """Take back all faults."""
        with self.world.changed:
            self.world.faults.orders.clear()

    def poison(self, words: str = "unreadable") -> None:
        """Queue an update that no client library can read: a message without date and chat."""
        with self.world.changed:
            self.world.put_update("message", {"message_id": 1, "text": words})

    def deliver(self, kind: str, payload: Payload) -> None:
        """Queue an update of any kind, whether or not the bot asked for it."""
        with self.world.changed:
            allowed, self.world.updates.allowed = self.world.updates.allowed, frozenset({kind})
            self.world.put_update(kind, payload)
            self.world.updates.allowed = allowed

    def duplicate(self, copies: int = 1) -> None:
        """Deliver the next update this many times more, under the same number."""
        with self.world.changed:
            self.world.updates.copies = copies

    def advance(self, seconds: float) -> None:
        """Move the server's clock ahead; flood control goes by it, too."""
        with self.world.changed:
            self.world.clock_ahead_s += seconds

    def set_flood(self, limits: FloodLimits | None) -> None:
        """Begin flood control anew with these limits, None: switch it off."""
        with self.world.changed:
            self.world.flood = FloodControl(limits)

    def route_webhook(self, public: str, target: str) -> None:
        """Let a public address lead to `http://127.0.0.1:<port>` or `unix:<path>` here."""
        with self.world.changed:
            self.world.webhook_routes[public] = target

    # The journal

    @property
    def requests(self) -> list[Request]:
        """All requests, in the order they came."""
        with self.world.changed:
            return list(self.world.journal.requests)

    def calls(self, method: str) -> list[Request]:
        """The requests of one method."""
        return [request for request in self.requests if request.method == method]

    def wait_for_call(self, method: str, count: int = 1, timeout: float = 10.0) -> Request:
        """The `count`-th request of a method, once it has been answered."""
        requests = self.world.journal.requests

        def answered() -> list[Request]:
            return [r for r in requests if r.method == method and r.answered_at is not None]

        wait_until(self.world, lambda: len(answered()) >= count, timeout, f"{method} #{count}")
        return answered()[count - 1]

    def wait_for_call_begun(self, method: str, timeout: float = 10.0) -> None:
        """Wait for a request of a method, answered or not."""
        requests = self.world.journal.requests
        wait_until(self.world, lambda: any(r.method == method for r in requests), timeout, method)

    def wait_until_idle(self, timeout: float = 10.0) -> None:
        """Wait until the bot has taken all updates."""
        pending = self.world.updates
        wait_until(self.world, lambda: not pending.pending, timeout, "empty queue of updates")

    @property
    def pending_updates(self) -> list[Payload]:
        """The updates that the bot has not confirmed."""
        with self.world.changed:
            return list(self.world.updates.pending)

    def complaints(self) -> list[str]:
        """What Telegram would silently drop, ignore or change, and every request whose fields
        are not those of the Bot API by the models of aiogram (where it is installed)."""
        with self.world.changed:
            noted = list(self.world.journal.complaints)
        return noted + schema.complaints(self.requests)

    def check(self) -> None:
        """AssertionError with all complaints, if there are any."""
        if complaints := self.complaints():
            raise AssertionError("\n".join(complaints))

    # The thread

    async def _open(self) -> None:
        polling = Polling(self.world)
        self._polling, self._delivery = polling, Delivery(self.world)
        self._runner = web.AppRunner(
            Front(self.world, polling).application(), access_log=None, shutdown_timeout=0.1
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def _shut(self) -> None:
        await self._delivery.close()
        self._polling.close()
        await self._runner.cleanup()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    def _on_loop(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(_SETTLE_S)
