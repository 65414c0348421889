"""Limits of the Bot API, from core.telegram.org/bots/api unless a line says otherwise."""

MESSAGE_CHARACTERS = 4096
"""Code points of a message's text, after its entities are parsed."""
MESSAGE_BYTES = 1 << 15
"""UTF-8 bytes of a text before parsing; from the sources of the Bot API server."""
ENTITIES = 100
"""Entities of a message; the rest is silently dropped."""
ENTITY_BYTES = 9_000
"""Bytes of all entities in MTProto's encoding; measured by others, documented nowhere."""

BUTTONS_IN_A_ROW = 8
BUTTONS = 100
CALLBACK_DATA_BYTES = 64
COPY_TEXT_CHARACTERS = 256
CALLBACK_ANSWER_CHARACTERS = 200
CALLBACK_LIFETIME_S = 15.0
"""Seconds in which a pressed button can be answered; as people observe, documented nowhere."""

START_PARAMETER_CHARACTERS = 64
INLINE_QUERY_CHARACTERS = 256
INLINE_RESULTS = 50
INLINE_RESULT_ID_BYTES = 64
INLINE_LIFETIME_S = 15.0
INLINE_CACHE_S = 300

DELETABLE_S = 48 * 3600
"""Seconds after which a message can no longer be deleted."""
MESSAGES_DELETED_AT_ONCE = 100

COMMANDS = 100
COMMAND_DESCRIPTION_CHARACTERS = 256
DESCRIPTION_CHARACTERS = 512
SHORT_DESCRIPTION_CHARACTERS = 120
NAME_CHARACTERS = 64

UPDATES_AT_ONCE = 100
LONG_POLL_S = 50
"""Longest long poll; from the sources of the Bot API server."""
CONFLICT_PAUSE_S = 3.0
"""A second conflict within this time is told this much later; from the same sources."""
CLOSE_AFTER_S = 600
"""`close` is refused for so long after the bot was launched."""

WEBHOOK_PORTS = frozenset({443, 80, 88, 8443})
WEBHOOK_CONNECTIONS = 40
WEBHOOK_SECRET_CHARACTERS = 256
WEBHOOK_LONGEST_PAUSE_S = 60.0
"""Longest pause between two deliveries of an update; from the sources of the Bot API server."""
