"""Each fault on each method that the bot calls.

The rule: exactly one answer (two at most after a lost response), told within 30 s, alive
afterwards, or gone with a status other than zero within 60 s where it must be. The cases began
with the first end-to-end test and ran beside the others, since most of what they do is wait.
"""

import pytest
from fault_cases import (
    FAULTS,
    FOR_GOOD,
    GONE_WITHIN_S,
    IN_A_CHAT,
    LOST,
    REFUSALS,
    STARTS,
    TOLD_WITHIN_S,
    Cases,
    Outcome,
)
from telegram_server import Fault

# The unit's TimeoutStopSec.
STOPPED_WITHIN_S = 45.0


def keeps_the_rule(outcome: Outcome, most: int) -> None:
    assert 1 <= outcome.answers <= most, outcome
    assert outcome.told_s < TOLD_WITHIN_S, outcome


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
@pytest.mark.parametrize("method", IN_A_CHAT)
def test_in_a_chat(cases: Cases, method: str, fault: Fault) -> None:
    outcome = cases.outcome(method, fault)
    print(method, fault.name, outcome)
    keeps_the_rule(outcome, 2 if method == "sendMessage" and fault in LOST else 1)


@pytest.mark.parametrize(("method", "faults"), STARTS)
def test_at_a_start(cases: Cases, method: str, faults: tuple[Fault, ...]) -> None:
    outcome = cases.outcome(method, faults)
    print(method, "getMe, setMyCommands", [fault.name for fault in faults], outcome)
    keeps_the_rule(outcome, 1)


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault not in REFUSALS])
def test_while_polling(cases: Cases, fault: Fault) -> None:
    outcome = cases.outcome("getUpdates")[fault]
    print("getUpdates", fault.name, outcome)
    keeps_the_rule(outcome, 1)


@pytest.mark.parametrize("fault", FOR_GOOD)
def test_polling_that_is_lost_ends_the_process(cases: Cases, fault: Fault | None) -> None:
    outcome = cases.outcome("for good", fault)
    print("getUpdates for good", fault.name if fault else "nobody listens", outcome)
    assert outcome.status == 1
    assert outcome.told_s < GONE_WITHIN_S


def test_a_stop_does_not_wait_long_for_a_silent_telegram(cases: Cases) -> None:
    outcome = cases.outcome("stopped")
    print("stop in silence", outcome)
    assert outcome.status == 0
    assert outcome.told_s < STOPPED_WITHIN_S
