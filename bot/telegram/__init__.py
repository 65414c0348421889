"""The Telegram bot: the only asynchronous part, and the only door to Telegram."""

import os

# The library's own switch to how its next version tells delays; without it each delay warns.
os.environ.setdefault("PTB_TIMEDELTA", "true")
