"""From the options of `pincite telegram` to a running bot."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.assemble import Pincite
from bot.settings import environment
from bot.telegram.application import Setup, run
from bot.telegram.desk import Choices
from bot.telegram.token import find
from bot.telegram.webhook import Webhook


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
    """Check the options before anything is loaded, then run; see `application.run`."""
    setup = Setup(
        token=find(environment(), token_file),
        choices=Choices(allowed=frozenset(allowed), inline=inline, source=source),
        base_url=base_url,
        proxy=proxy,
        webhook=Webhook(url=webhook, listen=listen) if webhook else None,
        metrics_port=metrics,
    )
    run(open_library(), setup)
