"""What goes to Telegram and comes from it: calls, updates, pace, the token."""
