"""Groups, the allow-list, and passages sent into any chat."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from beside import beside
from running import RunningBot, running_bot
from telegram_server import Conversation, Fault, TelegramServer, User

FLED = "How many people fled to Kell in 2021?"


@pytest.fixture
def alice(people: Iterator[int], server: TelegramServer) -> User:
    return server.person(next(people), "Alice")


@pytest.fixture
def bob(people: Iterator[int], server: TelegramServer) -> User:
    return server.person(next(people), "Bob")


@pytest.fixture
def group(server: TelegramServer, bot: RunningBot, alice: User, bob: User) -> Conversation:
    server.set_flood(None)
    return server.group("Researchers", alice, bob)


def test_only_what_is_for_the_bot_is_answered(group: Conversation, alice: User, bob: User) -> None:
    group.promotes_bot(alice)
    group.says("good morning", by=alice)
    group.says(f"@pincite_bot {FLED}", by=alice)
    group.says(f"/ask {FLED}", by=alice)
    group.says("/ask@another_bot who?", by=alice)
    group.says("/filter@pincite_bot", by=alice)
    group.sends("photo", by=bob)
    group.stays_silent(0.7)
    asked = group.says(f"/ask@pincite_bot {FLED}", by=alice)
    answer = group.wait_for_answer()
    assert "217" in answer.text
    assert answer.reply_to == asked.id
    group.says("and to Norland?", by=alice, reply_to=asked)
    group.stays_silent(0.7)
    follow_up = group.says("and to Norland?", by=alice, reply_to=answer)
    second = group.wait_for_answer()
    assert second.reply_to == follow_up.id
    assert "Carried over" in second.text
    group.says("/privacy@pincite_bot", by=bob)
    assert "30 minutes" in group.wait_for_answer().text


def test_a_group_is_told_once_how_to_ask_and_then_the_name_is_not_needed(
    server: TelegramServer, bot: RunningBot, alice: User, bob: User
) -> None:
    group = server.group("Newcomers", alice, bob, with_bot=False)
    group.adds_bot(server.person(bob.id, "Bob", "es"))
    assert "/ask@pincite_bot" in group.wait_for_answer().text
    assert group.answers[0].text.startswith("Para preguntar")
    group.stays_silent(0.5)
    asked = group.says(f"/ask {FLED}", by=alice)
    answer = group.wait_for_answer()
    assert "217" in answer.text
    assert answer.reply_to == asked.id
    group.says("/start@pincite_bot", by=alice)
    told = group.wait_for_answer()
    assert told.marked("bot_command") == ["/ask@pincite_bot"]
    assert told.text.count("\n") == 0
    group.promotes_bot(alice)
    group.says(f"/ask {FLED}", by=alice)
    group.stays_silent(0.7)


def test_where_it_cannot_be_told_who_else_hears_a_question_it_is_answered(
    server: TelegramServer, group: Conversation, alice: User
) -> None:
    group.says("/start@pincite_bot", by=alice)
    group.wait_for_answer()
    server.fail("getChatMember", Fault.UNAUTHORIZED, chat=group.id, times=4)
    group.says(f"/ask {FLED}", by=alice)
    assert "217" in group.wait_for_answer(20).text


def test_a_picture_in_a_group_is_read_where_a_text_would_be(
    group: Conversation, alice: User
) -> None:
    group.says(f"/ask@pincite_bot {FLED}", by=alice)
    answer = group.wait_for_answer()
    group.promotes_bot(alice)
    group.sends("photo", caption=FLED, by=alice)
    group.stays_silent(0.5)
    group.sends("photo", caption="What is the brannik?", by=alice, reply_to=answer)
    assert "register of standing" in group.wait_for_answer().text
    group.sends("photo", caption=f"/ask@pincite_bot {FLED}", by=alice)
    assert "217" in group.wait_for_answer().text


def test_help_in_a_group_names_the_commands_of_groups(group: Conversation, alice: User) -> None:
    group.says("/help@pincite_bot", by=alice)
    helped = group.wait_for_answer()
    named = set(helped.marked("bot_command"))
    assert named == {f"/{name}@pincite_bot" for name in ("ask", "help", "privacy")}


def test_an_answer_goes_to_the_topic_of_its_question(
    server: TelegramServer, group: Conversation, alice: User
) -> None:
    asked = group.says(f"/ask@pincite_bot {FLED}", by=alice, topic=77)
    answer = group.wait_for_answer()
    assert answer.message.thread["message_thread_id"] == 77
    assert answer.reply_to == asked.id
    for method in ("sendChatAction", "sendMessage"):
        here = [c for c in server.calls(method) if c.arguments["chat_id"] == str(group.id)]
        assert here
        assert {call.arguments.get("message_thread_id") for call in here} == {"77"}
    asked.delete()
    answer.press("More", by=alice).wait_for_answer()
    follow_up = group.says("and to Norland?", by=alice, reply_to=answer, topic=77)
    follow_up.delete()
    assert group.wait_for_answer().message.thread["message_thread_id"] == 77


def test_an_administrator_who_writes_in_the_groups_name_is_answered(
    group: Conversation, alice: User
) -> None:
    asked = group.says_unnamed(f"/ask@pincite_bot {FLED}")
    answer = group.wait_for_answer()
    assert "217" in answer.text
    assert answer.reply_to == asked.id
    answer.press("More", by=alice).wait_for_answer()
    answer.wait_for_text("Passage 2 of 5")


def test_a_group_that_becomes_a_supergroup_is_answered_there(
    server: TelegramServer, group: Conversation, alice: User
) -> None:
    server.fail("sendMessage", Fault.TOO_MANY_REQUESTS, chat=group.id, seconds=1)
    group.says(f"/ask@pincite_bot {FLED}", by=alice)
    moved = group.becomes_supergroup()
    assert "217" in moved.wait_for_answer().text


def test_a_group_that_removed_the_bot_costs_nothing(
    server: TelegramServer, bot: RunningBot, group: Conversation, alice: User
) -> None:
    errors = bot.said.count("error ")
    group.says(f"/ask@pincite_bot {FLED}", by=alice)
    group.removes_bot(alice)
    private = server.private(alice)
    private.says("thanks")
    private.wait_for_answer()
    assert bot.said.count("error ") == errors


def test_a_group_answer_is_short_and_leads_to_the_private_chat(
    server: TelegramServer, group: Conversation, alice: User
) -> None:
    group.says(f"/ask@pincite_bot {FLED}", by=alice)
    answer = group.wait_for_answer()
    assert answer.buttons == ["More", "Continue in private", "Copy quote"]
    private = server.follow(alice, answer.url("Continue in private"))
    assert "217" in private.wait_for_answer().text
    private.says("what comes after that")
    assert "section “Freedom of movement”" in private.wait_for_answer().text


def test_a_refusal_in_a_group_offers_the_private_chat_alone(
    group: Conversation, alice: User
) -> None:
    group.says("/ask@pincite_bot What happened to journalists in France in 1990?", by=alice)
    refusal = group.wait_for_answer()
    assert "The question is about France" in refusal.text
    assert "The library holds" in refusal.text
    assert refusal.text.endswith("Ask in other words.")
    assert refusal.buttons == ["Continue in private"]
    assert refusal.url("Continue in private") == "https://t.me/pincite_bot"


def test_only_the_askers_buttons_work(group: Conversation, alice: User, bob: User) -> None:
    group.says(f"/ask@pincite_bot {FLED}", by=alice)
    answer = group.wait_for_answer()
    refused = answer.press("More", by=bob).wait_for_answer()
    assert "Only the one who asked" in refused["text"]
    assert not answer.edits
    answer.press("More", by=alice)
    answer.wait_for_text("Passage 2 of 5")
    assert "Continue in private" in answer.buttons


def test_inline_passages_carry_their_citations(
    server: TelegramServer, bot: RunningBot, alice: User, bob: User
) -> None:
    asked = server.inline(alice, "torva")
    results = asked.wait_for_results()
    assert 1 <= len(results) <= 10
    for result in results:
        content = result["input_message_content"]
        assert "Lantern Watch, “Velmora”" in content["message_text"]
        assert any("blockquote" in entity["type"] for entity in content["entities"])
    assert server.inline(bob, "torva").from_cache
    assert server.inline(alice, "to").wait_for_results() == []
    chat = server.private(alice)
    sent = asked.chooses(0, chat)
    assert sent.text == results[0]["input_message_content"]["message_text"]
    chat.stays_silent(0.5)


@beside
def test_an_allow_list_is_kept(library: Path, folder: Path) -> None:
    with TelegramServer() as server:
        friend, stranger = server.person(1), server.person(2)
        with running_bot(server, library, folder / "log", "--allow", str(friend.id)):
            group = server.group("Elsewhere", stranger, with_bot=False)
            group.adds_bot(stranger)
            server.wait_for_call("leaveChat")
            assert group.chat.membership == "left"
            chat = server.private(stranger)
            chat.says(FLED)
            assert "not open" in chat.wait_for_answer().text
            known = server.private(friend)
            known.says(FLED)
            assert "217" in known.wait_for_answer().text
        server.check()
