"""A line to a reply, the same for the chat and for Telegram."""
