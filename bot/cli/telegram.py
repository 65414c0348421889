"""The command `pincite telegram`."""

from pathlib import Path
from typing import Any

import click

from bot.cli.options import library_option, model_option, open_pincite, reader_option


@click.command()
@click.option("--token-file", type=click.Path(path_type=Path), help="A file with the token alone.")
@click.option("--allow", "allowed", type=int, multiple=True, metavar="CHAT", help="Only this chat.")
@click.option("--inline", is_flag=True, help="Answer inline queries, too.")
@click.option("--webhook", metavar="URL", help="Take updates at this public address; no polling.")
@click.option(
    "--listen",
    metavar="ADDRESS",
    default="127.0.0.1:8081",
    show_default=True,
    help="Where the webhook listens: 127.0.0.1:PORT or unix:PATH.",
)
@click.option(
    "--base-url",
    metavar="URL",
    default="https://api.telegram.org",
    show_default=True,
    help="A Bot API server.",
)
@click.option("--proxy", metavar="URL", help="http://..., https://... or socks5://...")
@click.option("--metrics", type=int, metavar="PORT", help="Prometheus's text on 127.0.0.1:PORT.")
@click.option(
    "--source",
    metavar="URL",
    default="Pincite, Apache-2.0",
    help="Where /privacy says that the source code is.",
)
@model_option
@reader_option
@library_option
@click.pass_context
def telegram(context: click.Context, /, **given: Any) -> None:
    """Answer in Telegram, until stopped.

    The token is taken from --token-file, else from PINCITE_TELEGRAM_TOKEN, else from a systemd
    credential named telegram-token; never from an argument.

    \b
    Example:
      pincite telegram --token-file token.txt
    """
    from bot.telegram.application import serve

    serve(lambda: open_pincite(context), **given)
