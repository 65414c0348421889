"""getUpdates: long polling for one poller at a time."""

import asyncio
import time

from . import limits
from .arguments import Arguments
from .journal import Request
from .model import Payload
from .refusal import Refusal, refuse
from .webhook_methods import set_allowed_updates
from .world import World

_WEBHOOK_IS_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
    "webhook first"
)
_OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
_WEBHOOK_WAS_SET = "terminated by setWebhook request"


class Polling:
    """Answers getUpdates; lives on the server's event loop."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Future[None] | None = None
        self._conflict_at = 0.0
        self._previous = (0, 0.0)
        world.updates.listeners.append(self._something_new)

    def close(self) -> None:
        """Stop listening to the queue."""
        self._world.updates.listeners.remove(self._something_new)

    async def get_updates(self, request: Request, arguments: Arguments) -> list[Payload]:
        """The next updates, waiting for them up to `timeout`.

        A poll that waits ends with 409 when another comes or a webhook is set. As with Telegram,
        asking again for the same offset at once is slowed down. Refusal: 409.
        """
        with self._world.working(request, arguments):
            offset = arguments.identifier("offset")
            limit = arguments.integer("limit", limits.UPDATES_AT_ONCE, 1, limits.UPDATES_AT_ONCE)
            timeout_s = arguments.integer("timeout", 0, 0, limits.LONG_POLL_S)
            set_allowed_updates(self._world, arguments)
            webhook_is_set = self._world.webhook is not None
        if webhook_is_set:
            raise await self._conflict(refuse(409, _WEBHOOK_IS_SET))
        now, (previous_offset, previous_at) = time.monotonic(), self._previous
        if offset == previous_offset and timeout_s < 3 and now < previous_at + 3.0:
            timeout_s = 3
        if offset == previous_offset and now < previous_at + 0.5:
            limit = 1
        self._previous = (offset, now)
        return await self._next(offset, limit, now + timeout_s)

    async def _next(self, offset: int, limit: int, deadline: float) -> list[Payload]:
        while True:
            with self._world.changed:
                batch = self._world.updates.take(offset, limit)
            left_s = deadline - time.monotonic()
            if batch or left_s <= 0:
                return batch
            offset = max(offset, 0)
            self._end_waiting(_OTHER_POLLER)
            waiting = self._waiting = self._loop.create_future()
            try:
                await asyncio.wait_for(waiting, left_s)
            except TimeoutError:
                pass
            except Refusal as conflict:
                raise await self._conflict(conflict) from None
            finally:
                if self._waiting is waiting:
                    self._waiting = None

    def _end_waiting(self, reason: str) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(refuse(409, reason))

    async def _conflict(self, conflict: Refusal) -> Refusal:
        now = time.monotonic()
        if now < self._conflict_at:
            await asyncio.sleep(limits.CONFLICT_PAUSE_S)
        else:
            self._conflict_at = now + limits.CONFLICT_PAUSE_S
        return conflict

    def _something_new(self) -> None:
        self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        if self._world.webhook is not None:
            self._end_waiting(_WEBHOOK_WAS_SET)
        elif self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)
