"""Delivery of updates to a webhook."""

import asyncio
from collections import defaultdict
from typing import Any

import aiohttp

from . import limits
from .model import Payload
from .world import Webhook, World

_ANSWER_WITHIN_S = 60.0


class Delivery:
    """Posts what waits in the queue while a webhook is set; lives on the server's event loop.

    Updates of one chat are posted in order; one that fails is posted again after 1, 2, 4 ...
    seconds until it is taken with 2xx.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._loop = asyncio.get_running_loop()
        self._new = asyncio.Event()
        self._posts: dict[int, asyncio.Task[None]] = {}
        self._in_order: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._serving: Webhook | None = None
        world.updates.listeners.append(self._something_new)
        self._task = self._loop.create_task(self._run())

    async def close(self) -> None:
        """Stop posting."""
        self._world.updates.listeners.remove(self._something_new)
        tasks = [self._task, *self._posts.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            await self._new.wait()
            self._new.clear()
            with self._world.changed:
                webhook, pending = self._world.webhook, list(self._world.updates.pending)
            if webhook is not self._serving:
                for task in self._posts.values():
                    task.cancel()
                self._posts.clear()
                self._in_order.clear()
                self._serving = webhook
                self._slots = asyncio.Semaphore(webhook.max_connections if webhook else 1)
            if webhook is None:
                continue
            for update in pending:
                if id(update) not in self._posts:
                    task = self._loop.create_task(self._deliver(webhook, update))
                    self._posts[id(update)] = task

    async def _deliver(self, webhook: Webhook, update: Payload) -> None:
        pause_s = 1.0
        async with self._in_order[_chat_id(update)]:
            while failure := await self._post(webhook, update):
                with self._world.changed:
                    self._world.webhook_failure = (int(self._world.now()), failure)
                await asyncio.sleep(pause_s)
                pause_s = min(2 * pause_s, limits.WEBHOOK_LONGEST_PAUSE_S)
        with self._world.changed:
            pending = self._world.updates.pending
            self._world.updates.pending = [other for other in pending if other is not update]
            self._world.changed.notify_all()
        del self._posts[id(update)]

    async def _post(self, webhook: Webhook, update: Payload) -> str | None:
        url, socket = routed(webhook.url, self._world.webhook_routes)
        connector = aiohttp.UnixConnector(socket) if socket else aiohttp.TCPConnector()
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        timeout = aiohttp.ClientTimeout(total=_ANSWER_WITHIN_S)
        try:
            async with (
                self._slots,
                aiohttp.ClientSession(connector=connector, timeout=timeout) as session,
                session.post(url, json=update, headers=headers) as answer,
            ):
                if 200 <= answer.status < 300:
                    return None
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return f"Connection failed: {type(error).__name__}"

    def _something_new(self) -> None:
        self._loop.call_soon_threadsafe(self._new.set)


def routed(url: str, routes: dict[str, str]) -> tuple[str, str | None]:
    """Where a public address really leads: an address on loopback and, for a route to
    `unix:<path>`, the socket."""
    for public, target in routes.items():
        if url.startswith(public):
            rest = url[len(public) :]
            if target.startswith("unix:"):
                return f"http://localhost{rest}", target.removeprefix("unix:")
            return target + rest, None
    return url, None


def _chat_id(update: dict[str, Any]) -> int:
    (content,) = (value for name, value in update.items() if name != "update_id")
    message = content.get("message", content)
    chat = message.get("chat", content.get("from", {}))
    number: int = chat.get("id", 0)
    return number
