"""The Telegram bot: the only asynchronous part, and the only door to Telegram."""
