"""The queue of updates that wait for the bot."""

from collections.abc import Callable
from dataclasses import dataclass, field

from .model import Payload

KINDS = frozenset(
    {
        "message", "edited_message", "channel_post", "edited_channel_post",
        "business_connection", "business_message", "edited_business_message",
        "deleted_business_messages", "message_reaction", "message_reaction_count",
        "inline_query", "chosen_inline_result", "callback_query", "shipping_query",
        "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer", "my_chat_member",
        "chat_member", "chat_join_request", "chat_boost", "removed_chat_boost", "guest_message",
        "managed_bot", "subscription", "stopped_message_generation",
    }
)  # fmt: skip
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True)
class UpdateQueue:
    """Updates in order, kept until the bot confirms them by asking for later ones.

    `allowed` filters what enters, so a change of it says nothing about what already waits.
    Ids rise by one; the first is arbitrary, as with Telegram.
    """

    next_id: int = 730_000_001
    pending: list[Payload] = field(default_factory=list)
    allowed: frozenset[str] = KINDS - NOT_BY_DEFAULT
    listeners: list[Callable[[], None]] = field(default_factory=list)
    copies: int = 0

    def put(self, kind: str, payload: Payload) -> Payload | None:
        """Queue an update and return it; None where the bot has not asked for this kind."""
        if kind not in self.allowed:
            return None
        update = {"update_id": self.next_id, kind: payload}
        self.next_id += 1
        self.pending += [dict(update) for _ in range(1 + self.copies)]
        self.copies = 0
        for listener in self.listeners:
            listener()
        return update

    def take(self, offset: int, limit: int) -> list[Payload]:
        """Forget all before `offset` (below 0: all but the last `-offset`), show the next."""
        if offset < 0:
            del self.pending[:offset]
        elif offset > 0:
            self.pending = [u for u in self.pending if u["update_id"] >= offset]
        return self.pending[:limit]

    def allow(self, kinds: list[str] | None) -> None:
        """Set what the bot wants: an empty list is the default, None leaves it as it is."""
        if kinds is not None:
            self.allowed = (frozenset(kinds) & KINDS) or (KINDS - NOT_BY_DEFAULT)
