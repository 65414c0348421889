"""What the emulated server takes, changes and refuses, method by method."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from raw_calls import Answer, call, done, entity, keyboard, refused
from telegram_server import Conversation, TelegramServer
from telegram_server.schema import unknown_fields


def test_chats_must_be_known(server: TelegramServer) -> None:
    refused(call(server, "sendMessage", text="x"), 400, "chat_id is empty")
    refused(call(server, "sendMessage", chat_id=77, text="x"), 400, "chat not found")
    server.private(server.person(77))
    refused(call(server, "sendMessage", chat_id=77, text="x"), 400, "chat not found")


def test_texts(send: Any) -> None:
    refused(send(""), 400, "message text is empty")
    refused(send(" \n "), 400, "message text is empty")
    refused(send("x" * 4097), 400, "message is too long")
    assert len(done(send("😀" * 4096))["text"]) == 4096
    message = done(send("  \nwords  ", entities=[entity("bold", 3, 5)]))
    assert (message["text"], message["entities"]) == ("words", [entity("bold", 0, 5)])


def test_offsets_are_utf16(send: Any) -> None:
    good = [entity("bold", 0, 2), entity("italic", 2, 1)]
    assert done(send("😀b", entities=good))["entities"] == good
    refused(send("😀b", entities=[entity("bold", 1, 2)]), 400, "in a middle of a UTF-16 symbol")
    refused(send("😀b", entities=[entity("bold", 0, 4)]), 400, "ends after the end of the text")
    refused(send("😀b", entities=[entity("bold", -1, 2)]), 400, "incorrect offset -1")
    refused(send("abc", entities=[{"type": "bold"}]), 400, "can't parse MessageEntity")


def test_what_telegram_drops_silently_is_a_complaint(server: TelegramServer, send: Any) -> None:
    quotes = [entity("blockquote", 0, 8), entity("expandable_blockquote", 2, 3)]
    assert len(done(send("a quoted", entities=quotes))["entities"]) == 1
    code = [entity("code", 0, 4), entity("bold", 0, 4)]
    assert len(done(send("code", entities=code))["entities"]) == 1
    many = [entity("bold", 2 * i, 1) for i in range(120)]
    assert len(done(send("b " * 120, entities=many))["entities"]) == 100
    done(send("wow", entities=[entity("sparkle", 0, 3)]))
    done(send("x", sparkle="yes"))
    complaints = "\n".join(server.complaints())
    for words in ("overlap", "100 are dropped", "sparkle is ignored", "not emulated: ['sparkle']"):
        assert words in complaints
    with pytest.raises(AssertionError, match="sparkle"):
        server.check()


def test_characters_that_telegram_does_not_keep(server: TelegramServer, send: Any) -> None:
    message = done(send("a\u202eb\tc\r\nd", entities=[entity("bold", 4, 4)]))
    assert message["text"] == "ab c\nd"
    assert message["entities"] == [entity("bold", 3, 3)]
    (complaint,) = server.complaints()
    assert "U+0009, U+000D, U+202E" in complaint


def test_entities_have_a_total_size(send: Any) -> None:
    url = "https://www.example.org/" + "p" * 200
    text = "link " * 60
    links = [entity("text_link", 5 * i, 4, url=url) for i in range(60)]
    refused(send(text, entities=links), 400, "ENTITIES_TOO_LONG")
    done(send(text, entities=links[:30]))


def test_links_and_buttons(send: Any) -> None:
    bad_link = [entity("text_link", 0, 1, url="not a link")]
    refused(send("x", entities=bad_link), 400, "entity URL 'not a link' is invalid")

    def with_buttons(*buttons: dict[str, Any]) -> Answer:
        answer: Answer = send("x", reply_markup=keyboard(*buttons))
        return answer

    done(with_buttons({"text": "b", "callback_data": "é" * 32}))
    refused(with_buttons({"text": "b", "callback_data": "é" * 33}), 400, "BUTTON_DATA_INVALID")
    done(with_buttons({"text": "b", "copy_text": {"text": "c" * 256}}))
    refused(with_buttons({"text": "b", "copy_text": {"text": "c" * 257}}), 400, "COPY_TEXT")
    done(with_buttons({"text": "b", "url": "https://www.example.org/a?b=c"}))
    for url in ("ftp://example.org", "https://nodots", ""):
        refused(with_buttons({"text": "b", "url": url}), 400, "URL")
    refused(with_buttons({"text": "b"}), 400, "Text buttons are unallowed")
    refused(with_buttons({"text": " ", "callback_data": "d"}), 400, "BUTTON_TEXT_INVALID")
    button = {"text": "b", "callback_data": "d"}
    refused(with_buttons(*[button] * 101), 400, "too long")
    refused(send("x", reply_markup={"inline_keyboard": [[button] * 9]}), 400, "ROW_TOO_LONG")
    refused(send("x", reply_markup="{"), 400, "can't parse reply markup JSON")


def test_telegram_finds_commands_and_links_itself(send: Any) -> None:
    message = done(send("/ask about https://www.example.org and @somebody"))
    assert {"bot_command", "mention"} <= {e["type"] for e in message["entities"]}


def test_markup_is_read_by_tdlib(send: Any) -> None:
    pytest.importorskip("tdjson", reason="TDLib's parser is needed")
    message = done(send("<b>a</b> &lt; <i>b</i>", parse_mode="HTML"))
    assert message["text"] == "a < b"
    assert message["entities"] == [entity("bold", 0, 1), entity("italic", 4, 1)]
    refused(send("a < b", parse_mode="HTML"), 400, "can't parse entities")
    overlapping = [entity("bold", 0, 4), entity("italic", 2, 4)]
    assert len(done(send("abcdef", entities=overlapping))["entities"]) == 3
    message = done(send("see 1.2.3.4 or A/HRC/46/2"))
    assert message["entities"] == [entity("url", 4, 7)]


def test_edits(server: TelegramServer, chat: Conversation, send: Any) -> None:
    button = keyboard({"text": "b", "callback_data": "d"})
    number = done(send("first", reply_markup=button))["message_id"]

    def edit(text: str, **fields: Any) -> Answer:
        where = {"chat_id": chat.id, "message_id": number} | fields
        return call(server, "editMessageText", text=text, **where)

    refused(edit("first", reply_markup=button), 400, "message is not modified")
    edited = done(edit("second"))
    assert edited["edit_date"]
    assert "reply_markup" not in edited
    refused(edit("x", message_id=9999), 400, "message to edit not found")
    refused(edit("x", message_id=chat.messages[0].id), 400, "message can't be edited")
    where = {"chat_id": chat.id, "message_id": number}
    done(call(server, "editMessageReplyMarkup", reply_markup=button, **where))
    refused(
        call(server, "editMessageReplyMarkup", reply_markup=button, **where), 400, "not modified"
    )
    (posting,) = chat.answers
    assert [version.text for version in posting.edits] == ["first", "second"]


def test_replies(server: TelegramServer, chat: Conversation, send: Any) -> None:
    said = chat.messages[0]
    message = done(send("x", reply_parameters={"message_id": said.id, "quote": "ell"}))
    assert message["reply_to_message"]["text"] == "hello"
    lost = {"message_id": 9999}
    refused(send("x", reply_parameters=lost), 400, "message to be replied not found")
    done(send("x", reply_parameters=lost | {"allow_sending_without_reply": True}))
    misquoted = {"message_id": said.id, "quote": "howdy"}
    refused(send("x", reply_parameters=misquoted), 400, "QUOTE_TEXT_INVALID")


def test_deletions(server: TelegramServer, chat: Conversation, send: Any) -> None:
    old = done(send("old"))["message_id"]
    server.advance(49 * 3600)
    young, theirs = done(send("young"))["message_id"], chat.says("mine").id

    def delete(number: int) -> Answer:
        return call(server, "deleteMessage", chat_id=chat.id, message_id=number)

    refused(delete(old), 400, "message can't be deleted for everyone")
    assert done(delete(young)) is True
    refused(delete(young), 400, "message to delete not found")
    many = [old, theirs, 12345]
    assert done(call(server, "deleteMessages", chat_id=chat.id, message_ids=many)) is True
    assert [posting.text for posting in chat.messages] == ["hello", "old"]
    group = server.group("Group", server.person(5002))
    number = group.says("not the bot's", by=server.person(5002)).id
    answer = call(server, "deleteMessage", chat_id=group.id, message_id=number)
    refused(answer, 400, "message can't be deleted")


def test_callback_answers(server: TelegramServer, chat: Conversation, send: Any) -> None:
    done(send("x", reply_markup=keyboard({"text": "b", "callback_data": "d"})))
    pressed = chat.answers[0].press("b")
    (update,) = [u for u in server.pending_updates if "callback_query" in u]
    number = update["callback_query"]["id"]

    def answer(text: str, number: str = number) -> Answer:
        return call(server, "answerCallbackQuery", callback_query_id=number, text=text)

    refused(answer("y" * 201), 400, "MESSAGE_TOO_LONG")
    done(answer("y" * 200))
    assert pressed.wait_for_answer()["text"] == "y" * 200
    refused(answer("y", "123"), 400, "query is too old")
    server.advance(60)
    refused(answer("y"), 400, "query is too old")


def test_inline_answers(server: TelegramServer) -> None:
    server.inline(server.person(5003), "camps")
    number = server.pending_updates[-1]["inline_query"]["id"]

    def article(identifier: str, **more: Any) -> dict[str, Any]:
        content = {"message_text": "text"}
        base = {"type": "article", "id": identifier, "title": "t"}
        return base | {"input_message_content": content} | more

    def answer(*results: dict[str, Any], number: str = number) -> Answer:
        return call(server, "answerInlineQuery", inline_query_id=number, results=list(results))

    refused(answer(*(article(str(i)) for i in range(51))), 400, "too many inline query results")
    refused(answer(article("i" * 65)), 400, "RESULT_ID_INVALID")
    refused(answer(article("1"), article("1")), 400, "RESULT_ID_DUPLICATE")
    too_long = {"message_text": "x" * 4097}
    refused(answer(article("1", input_message_content=too_long)), 400, "message is too long")
    refused(answer(article("1"), number="1"), 400, "query is too old")
    done(answer(article("1"), article("2")))


def test_the_profile(server: TelegramServer, chat: Conversation) -> None:
    commands = [{"command": "ask", "description": "Ask"}]
    private = {"type": "all_private_chats"}
    done(call(server, "setMyCommands", commands=commands, scope=private, language_code="ko"))
    got = call(server, "getMyCommands", scope=private, language_code="ko")
    assert done(got) == commands
    assert done(call(server, "getMyCommands")) == []
    done(call(server, "deleteMyCommands", scope=private, language_code="ko"))
    assert done(call(server, "getMyCommands", scope=private, language_code="ko")) == []
    bad = [{"command": "Ask Me", "description": "Ask"}]
    refused(call(server, "setMyCommands", commands=bad), 400, "BOT_COMMAND_INVALID")
    done(call(server, "setMyDescription", description="d" * 512))
    refused(call(server, "setMyDescription", description="d" * 513), 400, "TOO_LONG")
    done(call(server, "setMyShortDescription", short_description="d" * 120))
    refused(call(server, "setMyShortDescription", short_description="d" * 121), 400, "TOO_LONG")
    assert done(call(server, "getChat", chat_id=chat.id))["type"] == "private"
    refused(call(server, "sendChatAction", chat_id=chat.id, action="sing"), 400, "wrong parameter")
    assert call(server, "close")[0] == 429
    done(call(server, "logOut"))
    refused(call(server, "getMe"), 400, "logged out")


def test_leaving_a_group(server: TelegramServer) -> None:
    group = server.group("Group", server.person(5009))
    done(call(server, "leaveChat", chat_id=group.id))
    member = server.pending_updates[-1]["my_chat_member"]
    assert member["new_chat_member"]["status"] == "left"
    refused(call(server, "sendMessage", chat_id=group.id, text="x"), 403, "bot is not a member")


_COMPOSE = """
import json, sys
if sys.argv[1] == "without":
    sys.modules["tdjson"] = None
from telegram_server.entities import compose
from telegram_server.tdlib import available
assert available() == (sys.argv[1] == "with")
print(json.dumps([compose(text, "", given, print) for text, given in json.load(sys.stdin)]))
"""


def test_with_and_without_tdlib_good_messages_are_stored_alike() -> None:
    pytest.importorskip("tdjson", reason="TDLib's parser is needed")
    messages = [
        (" /ask@pincite_bot about 😀 camps ", [entity("bold", 26, 5)]),
        ("quoted words\ncited", [entity("expandable_blockquote", 0, 12), entity("bold", 0, 6)]),
        ("quoted\nquoted", [entity("blockquote", 0, 7), entity("blockquote", 7, 6)]),
        ("see page", [entity("text_link", 4, 4, url="https://www.example.org/")]),
        ("@somebody", []),
    ]
    texts = [
        subprocess.run(
            [sys.executable, "-c", _COMPOSE, tdlib],
            input=json.dumps(messages),
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[1],
        ).stdout
        for tdlib in ("with", "without")
    ]
    assert json.loads(texts[0]) == json.loads(texts[1])


def test_what_the_server_says_fits_the_schema(server: TelegramServer, chat: Conversation) -> None:
    types = pytest.importorskip("aiogram.types", reason="the independent schema is needed")
    alice, bob = server.person(5001), server.person(5010, "Bob", "ko", username="bob")
    for kind in ("photo", "voice", "sticker", "document", "location", "contact"):
        chat.sends(kind, caption="words")
    said = chat.says("/ask @somebody", reply_to=chat.messages[0])
    chat.forwards("words of another")
    said.edit("changed")
    button = keyboard({"text": "b", "callback_data": "d"})
    sent = done(call(server, "sendMessage", chat_id=chat.id, text="x", reply_markup=button))
    chat.answers[0].press("b")
    asked = server.inline(alice, "camps", where=chat)
    content = {"message_text": "text"}
    article = {"type": "article", "id": "1", "title": "t", "input_message_content": content}
    results = [article | {"reply_markup": button}]
    number = server.pending_updates[-1]["inline_query"]["id"]
    done(call(server, "answerInlineQuery", inline_query_id=number, results=results))
    asked.chooses(0, chat).press("b", by=bob)
    group = server.group("Group", alice, bob, with_bot=False)
    group.adds_bot(bob)
    group.promotes_bot(bob)
    group.says("words", by=bob)
    group.removes_bot(alice)
    chat.blocks_bot()
    objects = [
        *((types.Update, update) for update in server.pending_updates),
        (types.Message, sent),
        (types.User, done(call(server, "getMe"))),
        (types.ChatFullInfo, done(call(server, "getChat", chat_id=group.id))),
        (
            types.ChatMemberMember,
            done(call(server, "getChatMember", chat_id=group.id, user_id=bob.id)),
        ),
        (types.WebhookInfo, done(call(server, "getWebhookInfo"))),
    ]
    faults = [f for kind, value in objects for f in unknown_fields(kind(**value), kind.__name__)]
    assert faults == []
    kinds = {name for update in server.pending_updates for name in update}
    assert kinds >= {"edited_message", "callback_query", "chosen_inline_result", "my_chat_member"}
