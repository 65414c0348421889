"""The bot's token is in no log, traceback, argument or repr, PINCITE_DEBUG or not."""

import pytest
from telegram.ext import ApplicationBuilder
from telegram_server import TelegramServer

from bot.telegram.wire.token import QuietBot, Token

OTHER = f"7012345678:{'Zyzzyva_' * 4}quag"
SECRETS = (OTHER, OTHER.partition(":")[2])


def no_secret(text: str) -> None:
    assert not [secret for secret in SECRETS if secret in text]


@pytest.fixture(scope="module")
def watched(watch):
    return watch()


def test_not_where_telegram_rejects_it(watched):
    told = {"PINCITE_TELEGRAM_TOKEN": OTHER, "PINCITE_DEBUG": "1"}
    with TelegramServer() as server:
        ran = watched.run("--no-reader", "telegram", "--base-url", server.url, **told)
    assert ran.returncode == 2
    assert "Traceback" in ran.stderr
    no_secret(ran.stdout + ran.stderr)


@pytest.mark.parametrize("given", [f"{OTHER}!", f"{OTHER}\n{OTHER}"])
def test_not_where_a_file_has_something_else(watched, given):
    (watched.folder / "here" / "token").write_text(given, encoding="utf-8")
    ran = watched.run("telegram", "--token-file", "token", PINCITE_DEBUG="1")
    assert ran.returncode == 2
    assert "malformed" in ran.stderr
    no_secret(ran.stdout + ran.stderr)
    assert "Zyzzyva" not in ran.stdout + ran.stderr


def test_not_in_what_the_parts_of_a_bot_are_printed_as():
    token, bot = Token(OTHER), QuietBot(OTHER)
    application = ApplicationBuilder().bot(bot).build()
    for part in (token, bot, application, application.updater):
        no_secret(f"{part!r} {part}")
