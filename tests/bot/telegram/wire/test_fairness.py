"""Nobody waits for another, everybody's lines are answered in their order, and a flood is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Chat, Message, Update, User

from bot.telegram.wire import fairness
from bot.telegram.wire.fairness import MOST_NAMED, MOST_WAITING
from tests.bot.telegram.wire.at_work import NOW, at_work, inline, line, of_nobody, press, user


@at_work
async def test_a_free_lane_is_taken_at_once(work):
    await work.send(line(1, person=7))
    assert work.begun == [1]


@at_work
async def test_one_person_is_answered_one_line_after_the_other(work):
    await work.send(line(1, 7), line(2, 7), line(3, 7))
    assert work.begun == [1]
    await work.let_go(1)
    assert work.begun == [1, 2]
    await work.let_go(2, 3)
    assert work.ended == [1, 2, 3]


@at_work
async def test_nobody_waits_for_another(work):
    await work.send(line(1, 7), line(2, 7), line(3, 8), line(4, 9))
    assert work.begun == [1, 3, 4]
    await work.let_go(4, 3)
    assert work.ended == [4, 3]


@at_work
async def test_a_flood_of_one_person_delays_no_other(work):
    await work.send(*(line(number, 7) for number in range(1, 40)), line(99, 8))
    assert work.running == [1, 99]


@at_work
async def test_a_button_waits_for_the_line_before_it(work):
    await work.send(line(1, 7), press(2, 7))
    assert work.begun == [1]
    await work.let_go(1)
    assert work.begun == [1, 2]


@at_work
async def test_the_lines_of_one_person_in_two_chats_take_one_lane(work):
    elsewhere = Message(
        message_id=2,
        date=NOW,
        chat=Chat(id=-5, type=Chat.GROUP),
        from_user=user(7),
        text="and women?",
    )
    await work.send(line(1, 7), Update(2, message=elsewhere))
    assert work.begun == [1]


@at_work
async def test_who_writes_as_a_channel_has_the_channels_lane(work):
    def as_channel(number, channel):
        message = Message(
            message_id=number,
            date=NOW,
            chat=Chat(id=-5, type=Chat.SUPERGROUP),
            from_user=User(id=1087968824, first_name="Stand-in", is_bot=True),
            sender_chat=Chat(id=channel, type=Chat.CHANNEL),
            text="wells?",
        )
        return Update(number, message=message)

    await work.send(as_channel(1, -71), as_channel(2, -72), as_channel(3, -71))
    assert work.begun == [1, 2]


@at_work
async def test_a_question_while_typing_waits_for_nothing(work):
    await work.send(line(1, 7), inline(2, 7), inline(3, 7))
    assert work.begun == [1, 2, 3]


@pytest.mark.parametrize("text", ["/cancel", "/cancel@pincite_bot", " /cancel "])
def test_cancel_waits_for_nothing(text):
    async def story(work):
        await work.send(line(1, 7), line(2, 7), line(3, 7, text))
        assert work.begun == [1, 3]

    at_work(story)()


@pytest.mark.parametrize("text", ["/cancelled", "cancel", "/more", "/cancel all"])
def test_only_cancel_itself_waits_for_nothing(text):
    async def story(work):
        await work.send(line(1, 7), line(2, 7, text))
        assert work.begun == [1]

    at_work(story)()


@at_work
async def test_a_cancel_that_was_edited_in_later_waits_its_turn(work):
    await work.send(line(1, 7), line(2, 7, "/cancel", as_="edited_message"))
    assert work.begun == [1]


@at_work
async def test_what_comes_from_nobody_is_handled_at_once(work):
    await work.send(of_nobody(1), of_nobody(2))
    assert work.begun == [1, 2]


@at_work
async def test_an_update_that_comes_again_is_dropped(work):
    await work.send(line(1, 7), line(1, 7))
    await work.let_go(1)
    await work.send(line(1, 7))
    assert work.begun == [1]


@at_work
async def test_a_repeated_update_takes_no_room_in_the_lane(work):
    await work.send(line(1, 7), line(2, 7), *[line(2, 7)] * 20, line(3, 7))
    assert work.full == []
    await work.let_go(1, 2, 3)
    assert work.ended == [1, 2, 3]


def test_updates_are_remembered_for_as_long_as_they_may_come_again(monkeypatch):
    monkeypatch.setattr(fairness, "_REMEMBERED_UPDATES", 3)

    async def story(work):
        for number in (1, 2, 3):
            await work.send(line(number, 7))
            await work.let_go(number)
        await work.send(line(1, 7), line(3, 7))
        assert work.begun == [1, 2, 3]
        await work.send(line(4, 8), line(1, 7))
        assert work.begun == [1, 2, 3, 4, 1]
        await work.let_go(1)

    at_work(story)()


@at_work
async def test_so_many_wait_and_the_next_is_refused(work):
    many = [line(number, 7) for number in range(1, MOST_WAITING + 3)]
    await work.send(*many)
    refused = many[-1].update_id
    assert work.tasks[refused].done()
    assert not any(work.tasks[update.update_id].done() for update in many[:-1])
    while work.running:
        await work.let_go(*work.running)
    assert work.ended == [update.update_id for update in many[:-1]]


@at_work
async def test_room_comes_free_as_lines_are_answered(work):
    await work.send(*(line(number, 7) for number in range(1, MOST_WAITING + 2)))
    await work.let_go(1)
    await work.send(line(50, 7))
    assert work.full == []


@at_work
async def test_what_found_no_room_is_named_once_the_others_are_answered(work):
    numbers = range(1, 13)
    await work.send(*(line(number, 7) for number in numbers))
    assert work.full == []
    while work.running:
        await work.let_go(*work.running)
    assert work.ended == list(numbers[: MOST_WAITING + 1])
    assert work.full == [list(numbers[MOST_WAITING + 1 :])]
    assert work.beside == [0]


@at_work
async def test_a_flood_is_named_by_its_first_lines_and_counted(work):
    await work.send(*(line(number, 7) for number in range(1, 201)))
    while work.running:
        await work.let_go(*work.running)
    first = MOST_WAITING + 2
    assert work.full == [list(range(first, first + MOST_NAMED))]
    assert work.beside == [200 - MOST_WAITING - 1 - MOST_NAMED]
    assert work.lanes._lanes == {}


@at_work
async def test_what_was_cancelled_is_not_named(work):
    await work.send(*(line(number, 7) for number in range(1, 13)))
    work.lanes.drop_waiting(7)
    await work.let_go(1)
    assert work.full == []


def test_a_lane_goes_on_where_its_person_cannot_be_told():
    async def cannot_be_told(updates, beside):
        raise RuntimeError(beside)

    async def story(work):
        work.lanes.told(busy=_nobody, full=cannot_be_told)
        await work.send(*(line(number, 7) for number in range(1, 13)))
        while work.running:
            await work.let_go(*work.running)
        await work.send(line(50, 7))
        assert 50 in work.begun

    at_work(story)()


async def _nobody(update):
    pass


@at_work
async def test_a_person_is_told_once_that_it_takes_a_moment(work):
    await work.send(line(1, 7), line(2, 7))
    assert work.busy == []
    await work.send(line(3, 7), line(4, 7), line(5, 7))
    assert work.busy == [3]


@at_work
async def test_each_person_is_told_for_themselves(work):
    for person in (7, 8):
        await work.send(*(line(person * 100 + number, person) for number in range(3)))
    assert work.busy == [702, 802]


@at_work
async def test_once_all_is_answered_a_person_is_told_anew(work):
    await work.send(line(1, 7), line(2, 7), line(3, 7))
    await work.let_go(1, 2, 3)
    await work.send(line(4, 7), line(5, 7), line(6, 7))
    assert work.busy == [3, 6]


@at_work
async def test_an_error_lets_the_next_line_run(work):
    await work.send(line(1, 7), line(2, 7))
    await work.let_go(1, failing=True)
    assert work.begun == [1, 2]
    await work.let_go(2)
    assert work.ended == [2]


@at_work
async def test_an_error_in_the_last_line_frees_the_lane(work):
    await work.send(line(1, 7))
    await work.let_go(1, failing=True)
    await work.send(line(2, 7))
    assert work.begun == [1, 2]


@at_work
async def test_what_waits_is_dropped_and_counted_and_what_runs_goes_on(work):
    await work.send(line(1, 7), line(2, 7), line(3, 7))
    assert work.lanes.drop_waiting(7) == 2
    await work.let_go(1)
    assert work.begun == [1]
    assert work.ended == [1]
    assert work.tasks[2].done()
    assert work.tasks[3].done()


@at_work
async def test_the_lane_serves_again_after_what_waited_was_dropped(work):
    await work.send(line(1, 7), line(2, 7))
    work.lanes.drop_waiting(7)
    await work.send(line(3, 7))
    assert work.begun == [1]
    await work.let_go(1)
    assert work.begun == [1, 3]


@at_work
async def test_dropping_leaves_others_alone(work):
    await work.send(line(1, 7), line(2, 7), line(3, 8), line(4, 8))
    assert work.lanes.drop_waiting(7) == 1
    await work.let_go(3)
    assert work.begun == [1, 3, 4]


@at_work
async def test_there_may_be_nothing_to_drop(work):
    assert work.lanes.drop_waiting(7) == 0
    await work.send(line(1, 7))
    assert work.lanes.drop_waiting(7) == 0
    await work.let_go(1)
    assert work.lanes.drop_waiting(7) == 0


@at_work
async def test_a_lane_is_let_go_of_when_it_is_empty(work):
    await work.send(line(1, 7), line(2, 8))
    await work.let_go(1, 2)
    assert work.lanes._lanes == {}


STEPS = st.lists(st.tuples(st.integers(7, 9), st.booleans()), max_size=30)


@given(STEPS)
def test_whatever_comes_each_person_has_one_running_and_all_in_order(steps):
    """A step sends a line of a person or lets go of the one that runs for them."""

    async def story(work):
        owner = {}
        for number, (person, sends) in enumerate(steps, 1):
            running = [one for one in work.running if owner[one] == person]
            assert len(running) <= 1
            if sends:
                owner[number] = person
                await work.send(line(number, person))
                assert running or number in work.running
            elif running:
                await work.let_go(*running)
        while work.running:
            await work.let_go(*work.running)
        for person in (7, 8, 9):
            own = [number for number in work.ended if owner[number] == person]
            assert own == sorted(own)
        refused = {number for number in owner if number not in work.ended}
        assert all(work.tasks[number].done() for number in refused)
        assert {number for told in work.full for number in told} <= refused

    at_work(story)()
