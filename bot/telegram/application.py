"""The bot as a process: put together, started, watched, stopped."""

import asyncio
import contextlib
import secrets
import signal
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from telegram import LinkPreviewOptions, Update
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, Defaults, ExtBot, TypeHandler
from telegram.request import HTTPXRequest

from bot.assemble import Pincite
from bot.settings import environment
from bot.telegram.commands import menus
from bot.telegram.desk import Choices, Desk
from bot.telegram.engine import Engine
from bot.telegram.responder import Responder
from bot.telegram.wire import logs, metrics, webhook
from bot.telegram.wire.fairness import Lanes
from bot.telegram.wire.polling import LONG_POLL_S, PollingRequest, Pulse
from bot.telegram.wire.sending import Courier
from bot.telegram.wire.token import QuietBot, Token, find
from bot.telegram.wire.webhook import Webhook
from corpus.errors import BadToken, LostTelegram, WrongUse

# Four tries with their pauses stay within half a minute.
_READ_S, _CONNECT_S = 6.0, 5.0
_CONNECTIONS = 64
# Longer than any answer takes, with its tries; systemd's limit in the unit is longer still. Where
# Telegram is lost there is nobody to tell, and a minute after its last sign all is over.
_STOP_S, _LOST_S = 30.0, 5.0
# PTB tells Telegram at the end which updates it has got, and waits for the answer.
_CONFIRM_S = 5.0
_WATCH_S = 1.0
_HOUR_S = 3600.0

BotApplication = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How the bot is to run. `base_url` is a Bot API server's root, with or without `/bot`."""

    token: Token
    choices: Choices
    base_url: str
    proxy: str | None
    webhook: Webhook | None
    metrics_port: int | None


def serve(
    open_library: Callable[[], Pincite],
    *,
    token_file: Path | None,
    allowed: Sequence[int],
    inline: bool,
    webhook: str | None,
    listen: str,
    base_url: str,
    proxy: str | None,
    metrics: int | None,
    source: str,
) -> None:
    """Check the options before anything is loaded, then run; see `run`."""
    setup = Setup(
        token=find(environment(), token_file),
        choices=Choices(allowed=frozenset(allowed), inline=inline, source=source),
        base_url=base_url,
        proxy=proxy,
        webhook=Webhook(url=webhook, listen=listen) if webhook else None,
        metrics_port=metrics,
    )
    run(open_library(), setup)


def run(pincite: Pincite, setup: Setup) -> None:
    """Answer until told to stop; raises BadToken, WrongUse and LostTelegram."""
    logs.configure(setup.token.reveal())
    pincite.retriever  # noqa: B018  loads the model before anybody waits for it
    asyncio.run(_run(pincite, setup))


async def _run(pincite: Pincite, setup: Setup) -> None:
    asyncio.get_running_loop().set_exception_handler(logs.on_loop_error)
    with stop_signals() as stop:
        await _until(stop, pincite, setup)


@contextlib.contextmanager
def stop_signals() -> Iterator[asyncio.Event]:
    """An event of the running loop that SIGTERM and SIGINT set, in the main thread.

    The loop's own add_signal_handler is not for Windows.
    """
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    before = {
        number: signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    try:
        yield stop
    finally:
        # Who was told to stop is stopping: told again, it does not end by the signal.
        for number, handler in before.items():
            signal.signal(number, signal.SIG_IGN if stop.is_set() else handler)


async def _until(stop: asyncio.Event, pincite: Pincite, setup: Setup) -> None:
    pulse, courier = Pulse(), Courier()
    application, desk = _build(pincite, setup, pulse, courier)
    await _initialize(application)
    try:
        await application.start()
        async with _updates(application, desk, setup, pulse), _beside(desk, setup):
            logs.logger.info("started")
            await _watch(stop, pulse, courier, desk, polls=setup.webhook is None)
    finally:
        if application.running:
            # Finishes the answers under way and those that were got before.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(application.stop(), _STOP_S if stop.is_set() else _LOST_S)
        await application.shutdown()
        desk.engine.close()
        logs.logger.info("stopped")
    if not stop.is_set():
        raise LostTelegram(
            "Telegram refused the bot or could not be reached for too long; start it again."
        )


def _build(
    pincite: Pincite, setup: Setup, pulse: Pulse, courier: Courier
) -> tuple[BotApplication, Desk]:
    options: dict[str, Any] = {
        "proxy": setup.proxy,
        "read_timeout": _READ_S,
        "write_timeout": _READ_S,
        "connect_timeout": _CONNECT_S,
        "pool_timeout": _CONNECT_S,
    }
    polling = PollingRequest(
        pulse, **{**options, "read_timeout": LONG_POLL_S + _READ_S, "connection_pool_size": 2}
    )
    root = setup.base_url.rstrip("/").removesuffix("/bot")
    bot = QuietBot(
        setup.token.reveal(),
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=HTTPXRequest(connection_pool_size=_CONNECTIONS, **options),
        get_updates_request=polling,
        defaults=Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)),
        rate_limiter=courier,
    )
    courier.probes_by(bot.get_me)
    lanes = Lanes()
    desk = Desk(bot=bot, engine=Engine(pincite), choices=setup.choices, lanes=lanes)
    responder = Responder(desk, pulse)
    lanes.told(busy=responder.busy, full=responder.full)
    application = ApplicationBuilder().bot(bot).concurrent_updates(lanes).build()
    application.add_handler(TypeHandler(Update, responder.handle))
    return application, desk


async def _initialize(application: BotApplication) -> None:
    try:
        await application.initialize()
    except (InvalidToken, Forbidden):
        raise BadToken(
            "Telegram rejects the token; take the current one from @BotFather."
        ) from None
    except TelegramError as error:
        raise LostTelegram(
            f"Telegram cannot be reached ({type(error).__name__}); check the network, the "
            "proxy and the Bot API server."
        ) from None


@contextlib.asynccontextmanager
async def _updates(
    application: BotApplication, desk: Desk, setup: Setup, pulse: Pulse
) -> AsyncIterator[None]:
    """Get updates by polling or webhook for as long as the context lasts."""
    allowed = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]
    if setup.choices.inline:
        allowed.append(Update.INLINE_QUERY)
    if setup.webhook is None:
        assert application.updater is not None
        try:
            await application.updater.start_polling(
                timeout=LONG_POLL_S,
                allowed_updates=allowed,
                bootstrap_retries=2,
                error_callback=lambda _: desk.counts.count("poll_error"),
            )
            pulse.beat()
        except TelegramError as error:
            raise LostTelegram(f"Telegram does not answer ({type(error).__name__}).") from None
        yield
        # What ended the polling is raised again here; the watch has seen it.
        with contextlib.suppress(TelegramError, TimeoutError):
            await asyncio.wait_for(application.updater.stop(), _CONFIRM_S)
        return
    secret = secrets.token_urlsafe(32)
    server = webhook.serve(setup.webhook, secret, desk.bot, application.update_queue.put)
    try:
        await _set_webhook(desk.bot, setup.webhook, secret, allowed)
        yield
    finally:
        await webhook.stop(server, setup.webhook)


async def _set_webhook(bot: ExtBot[int], chosen: Webhook, secret: str, allowed: list[str]) -> None:
    try:
        await bot.set_webhook(chosen.public_url, secret_token=secret, allowed_updates=allowed)
    except BadRequest:
        raise WrongUse(
            f"Telegram does not take the webhook {chosen.public_url}; it wants a known host, https "
            "and port 443, 80, 88 or 8443."
        ) from None
    except TelegramError as error:
        raise LostTelegram(f"Telegram does not answer ({type(error).__name__}).") from None


@contextlib.asynccontextmanager
async def _beside(desk: Desk, setup: Setup) -> AsyncIterator[None]:
    """What runs beside the answering: menus, hourly counts, metrics, forgetting."""
    tasks = [asyncio.create_task(work) for work in (_set_menus(desk), _tell_hourly(desk))]
    server = metrics.serve(desk.counts, setup.metrics_port) if setup.metrics_port else None
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if server:
            server.stop()


async def _set_menus(desk: Desk) -> None:
    """Make the menus and the example questions ready; a menu that fails is for the next start."""
    await desk.examples()
    for menu, scope, language in menus():
        try:
            await desk.bot.set_my_commands(menu, scope=scope, language_code=language)
        except TelegramError as error:
            logs.report(error)


async def _tell_hourly(desk: Desk) -> None:
    while True:
        await asyncio.sleep(_HOUR_S)
        logs.logger.info("last hour: %s", desk.counts.hour())


async def _watch(
    stop: asyncio.Event, pulse: Pulse, courier: Courier, desk: Desk, *, polls: bool
) -> None:
    """Wait until told to stop, or until Telegram is lost; forget what is old meanwhile.

    Who leaves loses what is not delivered yet: as long as that is tried, silence is no reason to.
    """
    while not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _WATCH_S)
        desk.talks.expire()
        desk.talks.shrink()
        if pulse.refused or (polls and pulse.is_lost and not courier.owes):
            logs.logger.error("Telegram is lost")
            return
