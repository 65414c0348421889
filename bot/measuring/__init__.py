"""Question sets and feedback: how right the answers are."""
