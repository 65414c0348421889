"""What is kept and what is told: state, tokens, logs, counts, webhooks, unreadable updates."""

import io
import logging
from pathlib import Path

import pytest
from telegram.error import InvalidToken

from bot.conversation.moves import EMPTY
from bot.telegram.state import REMEMBERED_S, Talks
from bot.telegram.wire import logs
from bot.telegram.wire.counts import Counts
from bot.telegram.wire.polling import Pulse, read_or_empty
from bot.telegram.wire.token import Token, find
from bot.telegram.wire.webhook import Webhook
from corpus.errors import BadToken, WrongUse

TOKEN = "7012345678:AAFq3uZkT0y1mW8cXh5bR2nV9dLsPjE6gKo"


def test_a_talk_is_forgotten_after_half_an_hour() -> None:
    now = [0.0]
    talks = Talks(lambda: now[0])
    talks.of(1, 1).language = "fr"
    now[0] = REMEMBERED_S - 1
    talks.of(2, 2)
    assert talks.of(1, 1).language == "fr"
    now[0] += REMEMBERED_S + 1
    assert talks.of(1, 1).language is None
    assert talks.of(1, 1).conversation == EMPTY


def test_names_of_talks_tell_nothing_and_differ_between_starts() -> None:
    talks = Talks()
    assert talks.name(1, 2) == talks.name(1, 2)
    assert talks.name(1, 2) != talks.name(2, 1)
    assert talks.name(1, 2) != Talks().name(1, 2)


def test_a_token_comes_from_file_environment_or_credential(tmp_path: Path) -> None:
    (tmp_path / "telegram-token").write_text(f"{TOKEN}\n")
    credential = {"CREDENTIALS_DIRECTORY": str(tmp_path)}
    variable = {"PINCITE_TELEGRAM_TOKEN": TOKEN}
    for environment, file in (
        ({}, tmp_path / "telegram-token"),
        (variable, None),
        (credential, None),
    ):
        token = find(environment, file)
        assert token.reveal() == TOKEN
        assert TOKEN.partition(":")[2] not in f"{token} {token!r} {[token]} {vars(Token)}"


@pytest.mark.parametrize("text", ["", "abc", "12:short", TOKEN + "\nmore", f"x{TOKEN}"])
def test_a_token_that_is_none_is_not_repeated(text: str) -> None:
    with pytest.raises(BadToken) as refused:
        find({"PINCITE_TELEGRAM_TOKEN": text}, None)
    assert text == "" or text not in str(refused.value)
    assert refused.value.exit_status == 2


def test_logs_hold_no_word_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    with monkeypatch.context() as patch:
        patch.setattr("sys.stderr", written)
        logs.configure(TOKEN)
        logging.getLogger("httpx").warning("POST /bot%s/sendMessage", TOKEN)
        logging.getLogger("telegram.ext").critical("Received %s", {"text": "kumquat"})
        try:
            raise InvalidToken("kumquat")
        except InvalidToken as error:
            logging.getLogger("asyncio").exception("of kumquat")
            reference = logs.report(error)
        logs.logger.info("mine and %s", TOKEN)
    root.handlers[:] = before
    root.setLevel(level)
    said = written.getvalue()
    assert "kumquat" not in said
    assert TOKEN not in said
    assert "httpx" in said
    assert f"error {reference}: InvalidToken at test_keeping.py" in said
    assert "mine and …" in said


def test_counts_below_five_are_not_told() -> None:
    counts = Counts()
    for what, times in (("answered", 5), ("outside", 4)):
        for _ in range(times):
            counts.count(what)
            counts.answered_in(0.2)
    assert counts.hour() == "answered=5"
    assert counts.hour() == "quiet"
    text = counts.prometheus()
    assert 'kind="answered"} 5' in text
    assert "outside" not in text
    assert 'le="0.25"} 5' in text
    assert "answer_seconds_count 5" in text


@pytest.mark.parametrize("listen", ["0.0.0.0:80", "127.0.0.1", "example.org:80", ":80"])
def test_a_webhook_listens_on_this_computer_alone(listen: str) -> None:
    with pytest.raises(WrongUse):
        Webhook(url="https://bot.example.org", listen=listen)


def test_a_webhook_without_a_path_gets_one() -> None:
    chosen = Webhook(url="https://bot.example.org", listen="unix:/run/hook")
    assert chosen.public_url == "https://bot.example.org/telegram"
    with pytest.raises(WrongUse):
        Webhook(url="bot.example.org", listen="127.0.0.1:80")


def test_an_unreadable_update_keeps_its_number_alone() -> None:
    unreadable = {"update_id": 7, "message": {"message_id": 1, "text": "kumquat"}}
    assert read_or_empty(unreadable) == {"update_id": 7}
    assert read_or_empty({"update_id": 8}) == {"update_id": 8}


def test_silence_is_noticed() -> None:
    now = [0.0]
    pulse = Pulse(lambda: now[0])
    now[0] = 40.0
    assert not pulse.is_lost
    now[0] = 50.0
    assert pulse.is_lost
    pulse.beat()
    assert not pulse.is_lost
    pulse.refused = True
    assert pulse.is_lost
