"""The catalogues say the same things with the same placeholders, and all that is asked of them."""

import re
import string
from pathlib import Path

import pytest
from telegram_server import tdlib

from bot.conversation.small_talk import SmallTalkKind
from bot.telegram.commands import menus
from bot.telegram.messages import catalogue as module
from bot.telegram.messages.catalogue import LANGUAGES, catalogue, language_for
from bot.telegram.messages.styled import LONGEST_MESSAGE, utf16

_CODE = Path(module.__file__).parent
# Keys that are made of a name: of a verdict, a kind of small talk, a filter, a command.
_MADE = {*map(str, SmallTalkKind), "country", "year", "report", "section", "closest"}
_MADE |= {"outside", "language_set"}
_MADE |= {"other_country", "other_year"}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text_with_its_placeholders(language: str) -> None:
    english, other = catalogue("en").texts, catalogue(language).texts
    assert list(other) == list(english)
    for key, text in english.items():
        assert placeholders(other[key]) == placeholders(text), key
        assert other[key].strip() == other[key] != "", key


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_texts_are_translated(language: str) -> None:
    english, other = catalogue("en").texts, catalogue(language).texts
    same = {key for key in english if english[key] == other[key]}
    assert same <= {"section", "report", "forget_no", "consent_no"}


def test_what_the_code_says_is_there_and_nothing_else() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in _CODE.parent.rglob("*.py"))
    said = set(re.findall(r'"([a-z_]+)"', code))
    texts = set(catalogue("en").texts)
    assert texts - said - _MADE - {key for key in texts if key.startswith("command_")} == set()
    asked = set(re.findall(r'\bsay\(\s*"([a-z_]+)"', code))
    assert asked <= texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_texts_fit_a_message_and_start_has_four_lines(language: str) -> None:
    texts = catalogue(language).texts
    assert all(utf16(text) < LONGEST_MESSAGE - 500 for text in texts.values())
    assert texts["start"].count("\n") == 3
    assert all(len(texts[key]) <= 200 for key in ("expired", "only_asker", "no_neighbour", "rated"))


@pytest.mark.skipif(not tdlib.available(), reason="tdjson has no wheel for this system")
@pytest.mark.parametrize("language", LANGUAGES)
def test_telegram_finds_commands_in_the_texts_and_nothing_else(language: str) -> None:
    for key, text in catalogue(language).texts.items():
        filled = text.format_map(dict.fromkeys(placeholders(text), "pincite_bot"))
        found = tdlib.detected(filled)
        assert {entity["type"] for entity in found} <= {"bot_command"}, (key, found)
        units = filled.encode("utf-16-le")
        for entity in found:
            cut = units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])]
            name = cut.decode("utf-16-le").removeprefix("/").removesuffix("@pincite_bot")
            assert f"command_{name}" in catalogue(language).texts, key


@pytest.mark.parametrize(
    ("code", "language"),
    [("es-MX", "es"), ("ko", "ko"), ("FR", "fr"), ("de", "en"), ("", "en"), (None, "en")],
)
def test_the_language_follows_telegrams(code: str | None, language: str) -> None:
    assert language_for(code) == language


def test_menus_name_every_command_in_every_language() -> None:
    found = menus()
    assert len(found) == 2 * len(LANGUAGES)
    private = "start ask more sources cite filter language help privacy forget cancel new settings"
    for menu, scope, _ in found:
        names = " ".join(command.command for command in menu)
        assert names == (private if scope.type == "all_private_chats" else "ask help privacy")
        assert all(1 <= len(command.description) <= 256 for command in menu)
