"""Flood control: how often a bot may send."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

from .model import Chat


@dataclass(frozen=True, slots=True, kw_only=True)
class FloodLimits:
    """How many messages are let through in how many seconds.

    The rates are those of core.telegram.org/bots/faq; Telegram says that short bursts above one
    a second in a chat are let through and does not say how long.
    """

    burst_in_a_chat: int = 3
    chat_period_s: float = 1.0
    in_a_group: int = 20
    group_period_s: float = 60.0
    overall: int = 30
    overall_period_s: float = 1.0


TELEGRAMS_LIMITS = FloodLimits()


@dataclass(slots=True)
class FloodControl:
    """Counts sends and edits; refused ones do not count."""

    limits: FloodLimits | None
    _chats: dict[int, tuple[float, float]] = field(default_factory=dict)
    _groups: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _all: deque[float] = field(default_factory=deque)

    def wait_s(self, chat: Chat, now_s: float) -> int:
        """0 where a message may be sent now, and counts it; else whole seconds to wait."""
        if (limits := self.limits) is None:
            return 0
        tokens, since = self._chats.get(chat.id, (float(limits.burst_in_a_chat), now_s))
        tokens = min(limits.burst_in_a_chat, tokens + (now_s - since) / limits.chat_period_s)
        group = self._groups[chat.id]
        wait_s = max(
            (1 - tokens) * limits.chat_period_s,
            _window_s(self._all, limits.overall, limits.overall_period_s, now_s),
            _window_s(group, limits.in_a_group, limits.group_period_s, now_s)
            if chat.kind == "supergroup"
            else 0.0,
        )
        if wait_s > 0:
            return max(1, math.ceil(wait_s))
        self._chats[chat.id] = (tokens - 1, now_s)
        self._all.append(now_s)
        group.append(now_s)
        return 0


def _window_s(sent: deque[float], most: int, period_s: float, now_s: float) -> float:
    while sent and sent[0] <= now_s - period_s:
        sent.popleft()
    return sent[-most] + period_s - now_s if len(sent) >= most else 0.0
