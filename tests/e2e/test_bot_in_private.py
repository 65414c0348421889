"""What a person sees in a private chat."""

import re
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from running import RunningBot
from telegram_server import Conversation, Fault, TelegramServer

CAMPS = "How many detainees are held in the torvas?"
FLED = "How many people fled to Kell in 2021?"
ELSEWHERE = "What happened to journalists in France in 1990?"


def test_the_bot_has_no_network_but_loopback(bot: RunningBot, alone: bool) -> None:
    if not alone:
        pytest.skip("this system gives the tests no network namespace of their own")
    devices = Path(f"/proc/{bot.process.pid}/net/dev").read_text("utf-8").splitlines()[2:]
    assert [line.partition(":")[0].strip() for line in devices] == ["lo"]


def test_start_says_what_this_is_and_offers_questions_that_are_answered(
    chat: Conversation,
) -> None:
    chat.says("/start")
    hello = chat.wait_for_answer()
    assert len(hello.text.splitlines()) == 4
    assert "Velmora" in hello.text
    assert "not end-to-end encrypted" in hello.text
    assert len(hello.buttons) == 3
    for question in hello.buttons:
        hello.press(question).wait_for_answer()
        answer = chat.wait_for_answer()
        assert question[1:] in answer.text.partition("You asked: ")[2].splitlines()[0]
        assert "Not answered" not in answer.text
        assert "Not in these reports" not in answer.text
        assert answer.marked("bold")


def test_a_question_gets_one_quotation_with_its_place(chat: Conversation) -> None:
    chat.says(CAMPS)
    answer = chat.wait_for_answer()
    quoted = [*answer.marked("blockquote"), *answer.marked("expandable_blockquote")]
    (quotation,), (bold,) = quoted, answer.marked("bold")
    assert bold in quotation
    assert "48,000" in quotation
    after = answer.text.partition(quotation)[2]
    assert "Lantern Watch" in after
    assert "section “Arrests and prisons”, para. 3" in after
    assert after.rstrip().endswith("4 more passages")
    assert answer.buttons == ["More", "← Before", "After →", "Copy quote", "👍", "👎"]
    copied = answer.copied("Copy quote")
    assert copied.startswith(f"“{bold}” (")
    assert "para. 3" in copied
    # An answer that is found at once overtakes it; test_server_with_a_bot sees it arrive.
    assert set(chat.actions) <= {"typing"}
    chat.stays_silent(0.5)


def test_buttons_move_through_the_answer(chat: Conversation) -> None:
    chat.says(FLED)
    answer = chat.wait_for_answer()
    first = answer.text
    answer.press("More").wait_for_answer()
    answer.wait_for_edit()
    assert answer.text.startswith(("Passage 2 of 5", "Only: year 2021\n\nPassage 2 of 5"))
    answer.press("After").wait_for_answer()
    answer.wait_for_edit()
    assert "Nearby in the report" in answer.text
    answer.press("Back").wait_for_answer()
    answer.wait_for_edit()
    assert answer.edits[0].text == first


def test_edits_keep_to_one_a_second(server: TelegramServer, chat: Conversation) -> None:
    chat.says(FLED)
    answer = chat.wait_for_answer()
    for _ in range(3):
        answer.press("More")
    for _ in range(3):
        answer.wait_for_edit()
    server.wait_until_idle()
    times = [r.answered_at for r in server.calls("editMessageText")[-3:] if r.answered_at]
    assert min(b - a for a, b in pairwise(times)) > 0.95


def test_the_end_of_an_answer_is_told(chat: Conversation) -> None:
    chat.says(FLED)
    chat.wait_for_answer()
    for number in range(2, 6):
        chat.says("more")
        assert f"Passage {number} of 5" in chat.wait_for_answer().text
    chat.says("/more")
    assert "no further passage" in chat.wait_for_answer().text


def test_an_unanswerable_question_is_refused_with_proposals(chat: Conversation) -> None:
    chat.says(ELSEWHERE)
    refusal = chat.wait_for_answer()
    assert refusal.text.startswith("Not in these reports.")
    assert "does not mean that it did not happen" in refusal.text
    assert "The question is about France" in refusal.text
    assert "The library holds" in refusal.text
    assert not refusal.marked("blockquote")
    assert len(refusal.buttons) == 2
    for question in refusal.buttons:
        refusal.press(question).wait_for_answer()
        answer = chat.wait_for_answer()
        assert question[1:] in answer.text.partition("You asked: ")[2].splitlines()[0]
        assert answer.marked("bold")
        assert "Not answered" not in answer.text


def test_what_is_proposed_is_near_to_what_was_asked(chat: Conversation) -> None:
    chat.says("Were any journalists jailed in France for what they wrote?")
    assert chat.wait_for_answer().buttons[0] == "Silencing of critics"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("es", "La pregunta trata de France; los informes de aquí tratan de Velmora."),
        ("fr", "La question porte sur France ; les rapports d’ici portent sur Velmora."),
        ("ko", "질문은 France에 대한 것이고, 여기 보고서는 Velmora에 대한 것입니다."),
    ],
)
def test_the_reason_of_a_refusal_is_in_the_persons_language(
    server: TelegramServer, bot: RunningBot, people: Iterator[int], code: str, reason: str
) -> None:
    chat = server.private(server.person(next(people), "Ana", code))
    chat.says(ELSEWHERE)
    assert reason in chat.wait_for_answer().text.splitlines()


def test_follow_ups_show_what_is_carried_over_until_new(chat: Conversation) -> None:
    chat.says(CAMPS)
    chat.wait_for_answer()
    chat.says("and who runs them?")
    assert "Carried over: " in chat.wait_for_answer().text
    chat.says("/sources")
    assert "accessed" in chat.wait_for_answer().text
    chat.says("what comes after that")
    assert "Nearby in the report" in chat.wait_for_answer().text
    chat.says("/new")
    assert "Forgotten" in chat.wait_for_answer().text
    chat.says("why?")
    assert "whole question" in chat.wait_for_answer().text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("x" * 501, "501 characters"),
        ("🌍🌦", "Ask me in words"),
        ("/start inline", "not end-to-end encrypted"),
        ("/start ../../etc/passwd", "does not have this passage"),
        ("/filter planet Mars", "nothing for"),
        (f"/filter country {'x' * 4000}", "nothing for"),
        ("/language Klingon", "I speak"),
        (
            "북한의 수용소에는 몇 명이 있습니까?",
            "영어로 된 질문과 보고서를 읽습니다. 이 질문을 영어로 해 주세요. Pincite reads",
        ),
        ("???", "whole question"),
        ("thanks", "You are welcome"),
        ("hello", "Ask me what the reports say"),
        ("/ask", "/ask and your question"),
        ("/more", "no further passage"),
        ("/sources", "Ask a question first"),
        ("/cancel", "Nothing was waiting"),
        ("/help", "/ask@pincite_bot"),
        ("/nonsense", "/ask@pincite_bot"),
        ("/start 0123456789abcdef", "does not have this passage"),
    ],
)
def test_other_lines_get_a_sentence(chat: Conversation, line: str, words: str) -> None:
    chat.says(line)
    assert words in chat.wait_for_answer().text
    chat.stays_silent(0.3)


def test_five_hundred_characters_are_searched(chat: Conversation) -> None:
    chat.says(f"{FLED} {'x' * (499 - len(FLED))}")
    assert "217" in chat.wait_for_answer().text


def test_an_edited_question_edits_its_answer(chat: Conversation) -> None:
    question = chat.says(FLED)
    answer = chat.wait_for_answer()
    question.edit(CAMPS)
    answer.wait_for_edit()
    assert "48,000" in answer.text
    chat.stays_silent(0.3)


def test_an_edited_question_may_become_a_command(chat: Conversation) -> None:
    question = chat.says(FLED)
    answer = chat.wait_for_answer()
    question.edit("/privacy")
    assert "30 minutes" in chat.wait_for_answer().text
    question.edit(f"/ask {CAMPS}")
    answer.wait_for_edit()
    assert "48,000" in answer.text
    chat.stays_silent(0.3)


def test_an_edit_that_asks_nothing_leaves_the_talk_as_it_is(chat: Conversation) -> None:
    question = chat.says(FLED)
    chat.wait_for_answer()
    question.edit("thanks")
    assert "You are welcome" in chat.wait_for_answer().text
    chat.says("more")
    assert "Passage 2 of 5" in chat.wait_for_answer().text


def test_an_edit_into_more_goes_on_with_what_was_shown_last(chat: Conversation) -> None:
    chat.says(CAMPS)
    chat.wait_for_answer()
    question = chat.says(FLED)
    answered = chat.wait_for_answer().text
    question.edit("more")
    further = chat.wait_for_answer().text
    assert "Passage 2 of 5" in further
    assert ("Only: year 2021" in further) == ("Only: year 2021" in answered)


def test_more_keeps_to_a_filter_that_was_chosen_since(chat: Conversation) -> None:
    chat.says(CAMPS)
    chat.wait_for_answer()
    chat.says("/filter country Velmora")
    chat.wait_for_answer()
    chat.says("more")
    further = chat.wait_for_answer().text
    assert "Only: country Velmora" in further
    assert "Passage 2 of 5" in further


def test_more_after_the_button_goes_on_from_where_the_button_came_to(chat: Conversation) -> None:
    chat.says(CAMPS)
    answer = chat.wait_for_answer()
    answer.press("More").wait_for_answer()
    answer.wait_for_text("Passage 2 of 5", 20)
    chat.says("more")
    assert "Passage 3 of 5" in chat.wait_for_answer().text


def test_an_edited_question_whose_answer_is_gone_is_answered_anew(chat: Conversation) -> None:
    question = chat.says(FLED)
    chat.wait_for_answer().delete()
    question.edit(CAMPS)
    assert "48,000" in chat.wait_for_answer().text


def test_a_reply_to_an_old_answer_is_a_line_like_any_other(chat: Conversation) -> None:
    chat.says(FLED)
    old = chat.wait_for_answer()
    chat.says("/new")
    chat.wait_for_answer()
    chat.says(CAMPS, reply_to=old)
    assert "48,000" in chat.wait_for_answer().text


def test_stale_and_repeated_updates_are_answered_once_at_most(
    server: TelegramServer, chat: Conversation
) -> None:
    chat.says(FLED, age_s=700)
    chat.stays_silent(0.7)
    server.duplicate(2)
    chat.says(FLED)
    chat.wait_for_answer()
    chat.stays_silent(0.7)


def test_a_deep_link_opens_a_passage(server: TelegramServer, chat: Conversation) -> None:
    (asked,) = [server.inline(server.person(19_001), "torva colonies")]
    name = asked.wait_for_results()[0]["id"]
    link = f"https://t.me/pincite_bot?start={name}"
    opened = server.follow(server.person(chat.id), link).wait_for_answer()
    assert re.search(r"accessed \d+ \w+ \d{4}", opened.text)
    chat.says("next paragraph")
    assert chat.wait_for_answer().text


def test_filters_stay_until_cleared(chat: Conversation) -> None:
    chat.says("/filter")
    menu = chat.wait_for_answer()
    menu.press("country Velmora")
    assert "country Velmora" in chat.wait_for_answer().text
    chat.says(FLED)
    assert "Only: country Velmora" in chat.wait_for_answer().text
    chat.says("/filter year 1999")
    assert "nothing for" in chat.wait_for_answer().text
    chat.says("/filter none")
    assert "The filter is off" in chat.wait_for_answer().text


@pytest.mark.parametrize(
    ("code", "words"),
    [("ko", "보고서"), ("es-MX", "informes"), ("fr", "rapports"), ("de", "reports")],
)
def test_the_interface_speaks_the_persons_language(
    server: TelegramServer, bot: RunningBot, people: Iterator[int], code: str, words: str
) -> None:
    chat = server.private(server.person(next(people), "Ana", code))
    chat.says("/start")
    assert words in chat.wait_for_answer().text


def test_the_language_is_changed_and_quotations_stay(chat: Conversation) -> None:
    chat.says("/settings")
    chat.wait_for_answer().press("한국어")
    assert "한국어" in chat.wait_for_answer().text
    chat.says(CAMPS)
    answer = chat.wait_for_answer()
    assert "48,000" in answer.text
    assert "인용문 복사" in answer.buttons


def test_a_button_pressed_twice_at_once_does_no_harm(chat: Conversation) -> None:
    chat.says(FLED)
    answer = chat.wait_for_answer()
    data = answer.button("More")["callback_data"]
    for _ in range(6):
        answer.press_data(data)
    answer.wait_for_text("Passage 5 of 5", 20)
    chat.stays_silent(1)


def test_old_buttons_say_ask_again(chat: Conversation) -> None:
    chat.says(FLED)
    answer = chat.wait_for_answer()
    key = answer.button("More")["callback_data"].partition(":")[2]
    for data in (f"rate:{key}:splendid", f"consent:{key}:maybe", f"jump:{key}", "f", "l:tlh", ":"):
        answer.press_data(data).wait_for_answer()
    assert answer.press_data(f"rate:{key}:splendid").wait_for_answer()["text"]
    assert not answer.edits
    chat.chat.read = len(chat.answers)
    assert "ask again" in answer.press_data("more:AAAAAAAA").wait_for_answer()["text"]
    assert "ask again" in answer.press_data("from another time").wait_for_answer()["text"]
    assert "ask again" in answer.press_data("q:0123456789abcdef").wait_for_answer()["text"]


def test_eight_quick_questions_are_all_answered(server: TelegramServer, chat: Conversation) -> None:
    server.set_flood(None)
    asked = [f"What is said about {word}?" for word in ["food", "water", "camps", "health", "work"]]
    for question in [*asked, FLED, CAMPS, "Who may travel abroad?"]:
        chat.says(question)
    texts = [chat.wait_for_answer(20).text for _ in range(9)]
    assert sum("One moment" in text for text in texts) == 1
    chat.stays_silent(0.5)


@pytest.mark.parametrize(("count", "answers", "notices"), [(2, 2, []), (3, 3, ["One moment"])])
def test_one_question_runs_and_one_waits_without_a_word(
    server: TelegramServer, chat: Conversation, count: int, answers: int, notices: list[str]
) -> None:
    """The first is held for a second, so that the others find it running."""
    server.fail("sendMessage", Fault.TOO_MANY_REQUESTS, chat=chat.id, seconds=1)
    for _ in range(count):
        chat.says(CAMPS)
    texts = [chat.wait_for_answer(20).text for _ in range(answers + len(notices))]
    assert sum("48,000" in text for text in texts) == answers
    assert [text[:10] for text in texts if "48,000" not in text] == notices
    chat.stays_silent(0.5)


def test_cancel_drops_what_waits(chat: Conversation) -> None:
    for number in range(7):
        chat.says(f"What is said about valley {number}?")
    chat.says("/cancel")
    texts = []
    while not any("Dropped what was waiting" in text for text in texts):
        texts.append(chat.wait_for_answer(20).text)
    time.sleep(4)
    assert len(chat.answers) < 7


def test_privacy_stands_in_the_chat_whole(chat: Conversation) -> None:
    chat.says("/privacy")
    text = chat.wait_for_answer().text
    for words in ("30 minutes", "end-to-end", "/forget", "Source code", "nothing on any disk"):
        assert words in text


def test_topics_are_buttons_that_ask(chat: Conversation) -> None:
    chat.says("list of topics")
    topics = chat.wait_for_answer()
    assert "Right to health" in topics.buttons
    topics.press("Right to health").wait_for_answer()
    assert "Tell me about Right to health" in chat.wait_for_answer().text


def test_a_press_takes_a_changed_word_back(chat: Conversation) -> None:
    chat.says("who offered inoculatoin?")
    answer = chat.wait_for_answer()
    assert "Read “inoculatoin” as “inoculation”" in answer.text
    answer.press("As typed").wait_for_answer()
    again = chat.wait_for_answer()
    assert "“inoculatoin”" in again.text
    assert "Read “" not in again.text
