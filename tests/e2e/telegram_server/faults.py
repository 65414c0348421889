"""Faults on order: what goes wrong, in which method, how often."""

from dataclasses import dataclass, field
from enum import Enum, auto


class Fault(Enum):
    """What a call meets instead of its answer."""

    TOO_MANY_REQUESTS = auto()
    """429 with `retry_after`; nothing done."""
    SERVER_ERROR = auto()
    """500 with a JSON body; nothing done."""
    BAD_GATEWAY = auto()
    """502 with a page of HTML, as from a proxy; nothing done."""
    UNAUTHORIZED = auto()
    NOT_FOUND = auto()
    CONFLICT = auto()
    """401, 404, 409 as Telegram words them; nothing done."""
    DROP_BEFORE = auto()
    """The connection is cut; nothing done."""
    DROP_AFTER = auto()
    """The work is done, then the connection is cut before a byte of the answer."""
    CUT_BODY = auto()
    """The work is done, then the connection is cut in the middle of the answer."""
    TRUNCATED_JSON = auto()
    """The work is done; the answer is complete to HTTP, but its JSON ends in the middle."""
    HANG = auto()
    """No answer for `seconds`, then the connection is cut; nothing done."""
    HANG_AFTER = auto()
    """The work is done, then as HANG."""


DO_THE_WORK = frozenset({Fault.DROP_AFTER, Fault.CUT_BODY, Fault.TRUNCATED_JSON, Fault.HANG_AFTER})


@dataclass(slots=True, kw_only=True)
class Order:
    """A fault for the next `times` calls of a method (None: for all), after `skip` good ones.

    `chat` restricts it to calls that concern a chat, or a person who asks inline.
    """

    method: str
    chat: int | None
    fault: Fault
    times: int | None
    skip: int
    seconds: float


@dataclass(slots=True)
class Faults:
    """The orders that stand, oldest first. A method named "*" means every method."""

    orders: list[Order] = field(default_factory=list)

    def take(self, method: str, chat: int | None) -> Order | None:
        """The order that this call meets, counted down."""
        for order in self.orders:
            if order.method not in ("*", method) or order.chat not in (None, chat):
                continue
            if order.skip > 0:
                order.skip -= 1
                continue
            if order.times is not None:
                order.times -= 1
                if order.times == 0:
                    self.orders.remove(order)
            return order
        return None
