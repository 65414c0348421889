"""What is said in Telegram: texts with styles, in each language. Pure."""
