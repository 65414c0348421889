"""What an update asks of the bot, and what it does not: groups, topics, edits, the stale."""

import datetime

import pytest
from telegram import (
    CallbackQuery,
    Chat,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberUpdated,
    InaccessibleMessage,
    InlineQuery,
    Message,
    MessageEntity,
    MessageOriginUser,
    PhotoSize,
    Update,
    User,
)

from bot.telegram.incoming import (
    STALE_S,
    Command,
    InlineAsked,
    Joined,
    Line,
    NoText,
    Press,
    person_of,
    read,
    waits_for_nothing,
)

NOW = datetime.datetime(2026, 1, 31, 12, tzinfo=datetime.UTC)
BOT = User(id=7, first_name="Pincite", is_bot=True, username="PinciteBot")
ANN = User(id=1, first_name="A", is_bot=False, language_code="fr")
PRIVATE = Chat(id=1, type=Chat.PRIVATE)
GROUP = Chat(id=-100, type=Chat.SUPERGROUP)
CHANNEL = Chat(id=-200, type=Chat.CHANNEL)
WELLS = "Which wells ran dry?"


def message(text=None, chat=PRIVATE, person=ANN, **fields):
    stated = {"message_id": 5, "date": NOW, "chat": chat, "from_user": person, "text": text}
    if text and text.startswith("/"):
        length = len(text.split()[0])
        stated["entities"] = [MessageEntity(MessageEntity.BOT_COMMAND, 0, length)]
    return Message(**{**stated, **fields})


def asked(said, *, edited=False, now=NOW):
    update = Update(1, **{"edited_message" if edited else "message": said})
    return read(update, BOT.id, BOT.username, now)


PICTURE = {"photo": [PhotoSize("f", "u", 1, 1)]}


def captioned(text, chat=PRIVATE):
    entity = MessageEntity(MessageEntity.BOT_COMMAND, 0, len(text.split()[0]))
    return message(chat=chat, caption=text, caption_entities=[entity], **PICTURE)


FORWARDED = {"forward_origin": MessageOriginUser(date=NOW, sender_user=ANN)}
FROM_BOT = message("An answer.", GROUP, BOT)
FROM_ANN = message("A remark.", GROUP)


def test_a_line_in_a_private_chat_is_asked_with_who_and_where():
    line = asked(message(WELLS))
    assert (line.text, line.edited) == (WELLS, False)
    sender = line.sender
    assert (sender.chat, sender.person, sender.message) == (1, 1, 5)
    assert (sender.language, sender.in_group, sender.topic) == ("fr", False, None)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (message(WELLS, GROUP), None),
        (message(WELLS, GROUP, reply_to_message=FROM_BOT), Line),
        (message(WELLS, GROUP, reply_to_message=FROM_ANN), None),
        (message(WELLS, CHANNEL), None),
        (message("/ask wells", GROUP), Command),
        (message("/ask", GROUP), None),
        (message("/help", GROUP), None),
        (message("/ask@PinciteBot wells", GROUP), Command),
        (message("/ask@pincitebot wells", GROUP), Command),
        (message("/ask@OtherBot wells", GROUP), None),
        (message("/help@PinciteBot", GROUP), Command),
        (message("/privacy@PinciteBot", GROUP), Command),
        (message("/forget@PinciteBot", GROUP), None),
        (message("/start@PinciteBot", GROUP), Command),
        (message("/start", GROUP), None),
        (message("/ask wells"), Command),
        (message("/ask@PinciteBot wells"), Command),
        (message("/ask@OtherBot wells"), None),
        (message("/unheardof"), Command),
        (message(WELLS, **FORWARDED), Line),
        (message("/ask wells", **FORWARDED), Line),
        (message("/forget", **FORWARDED), NoText),
        (message(WELLS, GROUP, **FORWARDED), None),
        (message("/ask@PinciteBot wells", GROUP, **FORWARDED), None),
        (message(**PICTURE), NoText),
        (message(caption=WELLS, **PICTURE), Line),
        (message(chat=GROUP, caption=WELLS, **PICTURE), None),
        (message(chat=GROUP, caption=WELLS, reply_to_message=FROM_BOT, **PICTURE), Line),
        (captioned("/ask@PinciteBot wells", GROUP), Command),
        (captioned("/ask@OtherBot wells", GROUP), None),
        (captioned("/ask wells"), Command),
        (message(), None),  # a service message: somebody joined, a title changed
        (message(WELLS, person=BOT), None),
        (message(WELLS, via_bot=BOT), None),
        (message(WELLS, person=None), None),
    ],
)
def test_a_message_is_for_the_bot_or_not(said, kind):
    found = asked(said)
    assert (found is None) if kind is None else isinstance(found, kind)


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/ask which wells?", "ask", "which wells?"),
        ("/ASK   which wells? ", "ask", "which wells?"),
        ("/ask@PinciteBot\nwhich wells?", "ask", "which wells?"),
        ("/start b7d1", "start", "b7d1"),
        ("/help", "help", ""),
    ],
)
def test_a_command_is_its_name_and_what_stands_after_it(text, name, argument):
    for said in (message(text), captioned(text)):
        command = asked(said)
        assert (command.name, command.argument) == (name, argument)


@pytest.mark.parametrize(("text", "named"), [("/ask wells", False), ("/ask@PinciteBot w", True)])
def test_a_command_says_whether_it_names_the_bot(text, named):
    assert asked(message(text, GROUP)).named is named


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (message(caption=WELLS, **PICTURE), WELLS),
        (message(WELLS, **FORWARDED), WELLS),
        (message("/ask@OtherBot wells", **FORWARDED), "wells"),
    ],
)
def test_a_caption_and_a_forwarded_text_are_lines(said, text):
    assert asked(said).text == text


def test_a_command_within_a_line_is_a_line():
    entity = MessageEntity(MessageEntity.BOT_COMMAND, 4, 5)
    assert isinstance(asked(message("try /help", entities=[entity])), Line)


@pytest.mark.parametrize(("age", "is_asked"), [(0, True), (STALE_S, True), (STALE_S + 1, False)])
def test_what_waited_longer_than_ten_minutes_is_not_answered(age, is_asked):
    now = NOW + datetime.timedelta(seconds=age)
    assert (asked(message(WELLS), now=now) is not None) is is_asked


def test_an_edit_counts_from_when_it_was_made():
    later = NOW + datetime.timedelta(hours=5)
    edited = message(WELLS, edit_date=later)
    assert asked(edited, edited=True, now=later).edited
    assert asked(message(WELLS), edited=True, now=later) is None


def test_an_edited_picture_is_not_told_off_again():
    assert asked(message(**PICTURE), edited=True) is None


def test_pictures_of_an_album_are_told_apart_from_others():
    assert asked(message(media_group_id="9", **PICTURE)).album == "9"
    assert asked(message(**PICTURE)).album is None
    assert asked(message(caption=WELLS, media_group_id="9", **PICTURE)).album == "9"


def test_who_writes_as_a_channel_or_as_the_group_is_that_chat():
    stand_in = User(id=777, first_name="Channel", is_bot=True)
    said = message("/ask@PinciteBot wells", GROUP, stand_in, sender_chat=CHANNEL)
    assert asked(said).sender.person == CHANNEL.id


@pytest.mark.parametrize(("is_topic", "topic"), [(True, 12), (None, None)])
def test_a_topic_of_a_forum_is_answered_in_and_a_thread_of_replies_is_none(is_topic, topic):
    said = message("/help@PinciteBot", GROUP, is_topic_message=is_topic, message_thread_id=12)
    assert asked(said).sender.topic == topic


def pressed(said, data="more:abc"):
    query = CallbackQuery("q", ANN, "chat", message=said, data=data)
    return read(Update(1, callback_query=query), BOT.id, BOT.username, NOW)


def test_a_press_is_of_who_pressed_in_the_chat_of_the_button():
    press = pressed(message("An answer.", GROUP, BOT, is_topic_message=True, message_thread_id=3))
    assert isinstance(press, Press)
    assert (press.sender.person, press.sender.chat, press.sender.topic) == (1, -100, 3)
    assert (press.data, press.sender.in_group, press.sender.message) == ("more:abc", True, 5)


def test_a_button_under_a_message_too_old_to_be_seen_can_be_pressed():
    assert isinstance(pressed(InaccessibleMessage(PRIVATE, 5)), Press)


def test_a_press_without_data_or_message_asks_nothing():
    assert pressed(None) is None
    assert pressed(message("An answer.", person=BOT), data=None) is None


def test_an_inline_query_is_of_its_person_in_their_language():
    query = InlineQuery("i", ANN, "wells", "")
    found = read(Update(1, inline_query=query), BOT.id, BOT.username, NOW)
    assert found == InlineAsked(query=query, person=1, language="fr")


LEFT, MEMBER = ChatMemberLeft(BOT), ChatMemberMember(BOT)
ADMINISTRATOR = ChatMemberAdministrator(BOT, *[False] * 13)


@pytest.mark.parametrize(
    ("chat", "before", "now", "in_group"),
    [
        (GROUP, LEFT, MEMBER, True),
        (GROUP, ChatMemberBanned(BOT, NOW), ADMINISTRATOR, True),
        (CHANNEL, LEFT, ADMINISTRATOR, False),
        (GROUP, MEMBER, LEFT, None),
        (GROUP, MEMBER, ADMINISTRATOR, None),
        (PRIVATE, LEFT, MEMBER, None),
    ],
)
def test_the_bot_is_told_of_groups_that_it_comes_into(chat, before, now, in_group):
    change = ChatMemberUpdated(chat, ANN, NOW, before, now)
    found = read(Update(1, my_chat_member=change), BOT.id, BOT.username, NOW)
    if in_group is None:
        assert found is None
    else:
        assert isinstance(found, Joined)
        sender = found.sender
        assert (sender.chat, sender.language, sender.in_group) == (chat.id, "fr", in_group)


def test_an_update_of_a_kind_that_is_not_asked_for_asks_nothing():
    assert read(Update(1), BOT.id, BOT.username, NOW) is None
    assert person_of(Update(1)) is None


@pytest.mark.parametrize(
    ("text", "at_once"),
    [("/cancel", True), ("/cancel@PinciteBot", True), ("/cancelled", False), (WELLS, False)],
)
def test_only_cancelling_goes_past_what_waits(text, at_once):
    assert waits_for_nothing(Update(1, message=message(text))) is at_once
